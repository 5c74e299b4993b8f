"""Options that several commands take, with the words of their help."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Language = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
Region = Annotated[str | None, typer.Option(help="Region path, such as cn/shanghai.")]
Scheme = Annotated[str | None, typer.Option(help="employee or resident.")]
Status = Annotated[str | None, typer.Option(help="active, retired, adult, senior, child, student.")]
Speaker = Annotated[str, typer.Option(help="resident or doctor.")]
For = Annotated[str, typer.Option("--for", help="Whose slot it is.")]
Day = Annotated[str | None, typer.Option(help="The day of care, such as 2026-11-25.")]
