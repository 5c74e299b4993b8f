"""The commands and their options; what each does is in the module of its name."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.words import asked_lang, option_day
from askdoc.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=False)
medicines = typer.Typer(rich_markup_mode=None, help="Editions of the national list.")
app.add_typer(medicines, name="medicines")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Language = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
Region = Annotated[str | None, typer.Option(help="Region path, such as cn/shanghai.")]
Scheme = Annotated[str | None, typer.Option(help="employee or resident.")]
Status = Annotated[str | None, typer.Option(help="active, retired, adult, senior, child, student.")]
Day = Annotated[str | None, typer.Option(help="The day of care, such as 2026-11-25.")]


@app.command()
def ask(
    question: str,
    region: Region = None,
    scheme: Scheme = None,
    status: Status = None,
    tier: Annotated[str | None, typer.Option(help="primary, secondary or tertiary.")] = None,
    day: Day = None,
    lang: Language = None,
    questions: Annotated[
        bool, typer.Option(help="Ask back for what is missing; without, a range is given.")
    ] = True,
    json: Json = False,
) -> None:
    """Answer a question in free words."""
    from askdoc.cli.ask import ask_question

    flags = {"region": region, "scheme": scheme, "status": status, "tier": tier}
    ask_question(
        House(read_settings()),
        question,
        flags,
        option_day(day),
        asked_lang(lang) if lang else None,
        questions,
        json,
    )


@app.command()
def cost(
    case: Annotated[Path, typer.Option(help="A case as YAML or JSON.")],
    compare: Annotated[bool, typer.Option(help="The same bill at every tier.")] = False,
    year: Annotated[bool, typer.Option(help="The same bill every month for a year.")] = False,
    alternatives: Annotated[
        bool, typer.Option(help="Each medicine against its alternatives.")
    ] = False,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Compute a case to the fen."""
    from askdoc.cli.cost import Also, show_cost

    also = Also(compare=compare, year=year, alternatives=alternatives)
    show_cost(House(read_settings()), case, also, asked_lang(lang), json)


@app.command()
def explain(before: Path, after: Path, lang: Language = None, json: Json = False) -> None:
    """Say why two bills of one person differ."""
    from askdoc.cli.explain import show_difference

    show_difference(House(read_settings()), before, after, asked_lang(lang), json)


@app.command()
def medicine(
    name: str,
    also: Annotated[
        str | None, typer.Option("--with", help="Another medicine: is it the same ingredient?")
    ] = None,
    region: Region = None,
    scheme: Scheme = None,
    day: Day = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Look a medicine up by name, brand or insurance code."""
    from askdoc.cli.medicine import show_medicine

    show_medicine(
        House(read_settings()),
        (name, also),
        (region, scheme),
        option_day(day),
        asked_lang(lang),
        json,
    )


@medicines.command("import")
def import_edition(
    file: Path,
    edition: Annotated[str, typer.Option(help="Its name, such as nrdl-2024.")],
    begins: Annotated[str, typer.Option("--from", help="First day in force.")],
    ends: Annotated[str, typer.Option("--to", help="Last day in force.")],
    lang: Language = None,
    json: Json = False,
) -> None:
    """Import an edition of the national list from CSV or XLSX."""
    from askdoc.cli.medicine import import_list

    days = (option_day(begins) or date.min, option_day(ends) or date.max)
    import_list(House(read_settings()), file, edition, days, asked_lang(lang), json)


@app.command()
def check(
    months: Annotated[int, typer.Option(min=0, help="List values not checked for so long.")] = 12,
    day: Day = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Validate all knowledge and list what is to be confirmed."""
    from askdoc.cli.check import show_check

    show_check(House(read_settings()), option_day(day), months, asked_lang(lang), json)


@app.command()
def profile(
    action: Annotated[str, typer.Argument(help="set, show or forget.")],
    facts: Annotated[list[str] | None, typer.Argument(help="fact=value …")] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Keep what askdoc may take for granted about you."""
    from askdoc.cli.profile import keep_profile

    keep_profile(House(read_settings()), action, facts or [], asked_lang(lang), json)
