"""`askdoc enrol`: codes, consents and stops of residents."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from askdoc.bootstrap import House
from askdoc.cli.options import Json, Language
from askdoc.cli.words import asked_lang
from askdoc.settings import read_settings

enrol = typer.Typer(rich_markup_mode=None, help="Codes, consents and stops of residents.")


@enrol.command("sheets")
def enrol_sheets(
    roster: Annotated[Path, typer.Argument(help="CSV: resident, label, relation, facts.")],
    out: Annotated[Path, typer.Option(help="The page to print.")],
    link: Annotated[str, typer.Option(help="What a phone opens, with {code} in it.")],
    clinic: Annotated[str, typer.Option(help="The clinic, as it is printed.")],
    staff: Annotated[str, typer.Option(help="Who makes them.")],
    lang: Language = None,
) -> None:
    """Make one-time codes and a page of sheets with them."""
    from askdoc.cli.enrol import make_sheets

    make_sheets(House(read_settings()), roster, out, (link, clinic, staff), asked_lang(lang))


@enrol.command("consent")
def enrol_consent(
    resident: str,
    staff: Annotated[str, typer.Option(help="Who heard it.")],
    telephone: Annotated[bool, typer.Option(help="On the telephone, not at the desk.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="The consent ends.")] = False,
    abroad: Annotated[
        bool, typer.Option(help="Also by apps whose servers stand abroad; to withdraw: only those.")
    ] = False,
    lang: Language = None,
) -> None:
    """Record a consent to be reminded that a resident gave to staff."""
    from askdoc.cli.enrol import Kinds, record_consent

    kinds: Kinds = {"reminders": not withdraw}
    if abroad:
        kinds = {"cross_border": False} if withdraw else {"reminders": True, "cross_border": True}
    heard: tuple[Literal["desk", "telephone"], str] = ("telephone" if telephone else "desk", staff)
    record_consent(House(read_settings()), resident, heard, kinds, asked_lang(lang))


@enrol.command("stopped")
def enrol_stopped(lang: Language = None, json: Json = False) -> None:
    """List whom nothing is sent to any more, and why."""
    from askdoc.cli.enrol import list_stopped

    list_stopped(House(read_settings()), asked_lang(lang), json)
