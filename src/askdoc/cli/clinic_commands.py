"""The commands of `askdoc clinic` and their options; what each does is in the modules they name."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.options import Day, Json, Language
from askdoc.cli.words import asked_lang, option_day
from askdoc.settings import read_settings

clinic = typer.Typer(rich_markup_mode=None, help="Refills at a clinic.")


@clinic.command("import")
def import_feed(
    file: Path,
    of: Annotated[str, typer.Option("--clinic", help="The clinic's id.")],
    until: Annotated[
        str | None,
        typer.Option(help="The moment up to which it tells all: 2026-11-25T06:00+08:00."),
    ] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Import residents, prescriptions or collections (CSV, XLSX, FHIR R4B)."""
    from askdoc.cli.clinic import import_records

    import_records(House(read_settings()), file, of, until, asked_lang(lang), json)


@clinic.command("list")
def list_clinic(
    what: str,
    of: Annotated[str, typer.Option("--clinic", help="The clinic's id.")],
    csv: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """List what is due, overdue, to do and coming; a wrong name says which lists there are."""
    from askdoc.cli.clinic import show_list

    show_list(House(read_settings()), what, of, csv, asked_lang(lang), json)


@clinic.command("report")
def report_clinic(
    of: Annotated[str, typer.Option("--clinic", help="The clinic's id.")], lang: Language = None
) -> None:
    """The page for Monday morning."""
    from askdoc.cli.clinic import show_report

    show_report(House(read_settings()), of, asked_lang(lang))


@clinic.command("discharge")
def discharge_patient(
    resident: str, day: Day = None, lang: Language = None, json: Json = False
) -> None:
    """Home from hospital: its prescriptions go to the resident's clinic, with a task to follow."""
    from askdoc.care.discharge import Discharge
    from askdoc.cli.referring import discharge

    home = option_day(day) or date.today()  # noqa: DTZ011  the clinic's calendar day
    told = Discharge(resident, home)
    discharge(House(read_settings()), told, asked_lang(lang), json)


@clinic.command("close")
def close_clinic_task(
    number: int,
    outcome: str,
    by: Annotated[str, typer.Option(help="Who did it.")],
    lang: Language = None,
) -> None:
    """End a task with what became of it."""
    from askdoc.cli.clinic import end_task

    end_task(House(read_settings()), number, outcome, by, asked_lang(lang))


@clinic.command("set")
def set_clinic(
    of: Annotated[str, typer.Argument(help="The clinic's id.")],
    region: Annotated[str | None, typer.Option(help="Whose rules hold: cn/shanghai.")] = None,
    weekends: Annotated[bool | None, typer.Option(help="Open at weekends.")] = None,
    feed_limit: Annotated[
        int | None, typer.Option(min=1, help="Hours after which records are too old.")
    ] = None,
    lang: Language = None,
) -> None:
    """Set what a clinic says of itself; without options, show it."""
    from askdoc.cli.clinic_settings import Wanted, set_up

    wanted = Wanted(region=region, open_at_weekends=weekends, feed_limit_hours=feed_limit)
    set_up(House(read_settings()), of, wanted, asked_lang(lang))


@clinic.command("day")
def set_clinic_day(
    of: Annotated[str, typer.Argument(help="The clinic's id.")],
    day: Annotated[str, typer.Argument(help="2026-12-24.")],
    how: Annotated[str, typer.Argument(help="open, closed, or usual: as the calendar says.")],
    lang: Language = None,
) -> None:
    """Open or close a clinic on a day, whatever the calendar says."""
    from askdoc.cli.clinic_settings import set_day

    when = option_day(day) or date.max
    set_day(House(read_settings()), of, when, how, asked_lang(lang))


@clinic.command("staff")
def set_clinic_staff(
    of: Annotated[str, typer.Argument(help="The clinic's id.")],
    member: Annotated[str | None, typer.Argument(help="Who; without, all are shown.")] = None,
    role: Annotated[str, typer.Option(help="What they are there.")] = "nurse",
    route: Annotated[str | None, typer.Option(help="How notices reach them: CHANNEL:CHAT.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take them off the list.")] = False,
    lang: Language = None,
) -> None:
    """Keep who works at a clinic and hears when its records are old."""
    from askdoc.cli.clinic_settings import Kept, keep_staff, list_members

    house = House(read_settings())
    if member is None:
        list_members(house, of, asked_lang(lang))
    else:
        keep_staff(house, of, Kept(member, role, route, remove), asked_lang(lang))


@clinic.command("long-prescription")
def ask_gate(
    days: int,
    facts: Annotated[list[str] | None, typer.Argument(help="stable_condition=yes …")] = None,
    region: Annotated[str, typer.Option(help="Region path, such as cn/shanghai.")] = "cn",
    day: Day = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Whether so many days may be prescribed at once, and what is missing."""
    from askdoc.cli.long_prescription import show_gate

    place = (region, option_day(day) or date.today())  # noqa: DTZ011  the clinic's calendar day
    show_gate(House(read_settings()), days, facts or [], place, asked_lang(lang), json)


@clinic.command("deliver")
def begin_clinic_delivery(
    prescription: str,
    by: Annotated[str, typer.Option(help="Who writes it.")],
    region: Annotated[str, typer.Option(help="Whose rules of delivery hold.")],
    lang: Language = None,
) -> None:
    """Begin the delivery of a continuous prescription, as its doctor."""
    from askdoc.cli.long_prescription import By, begin_delivery

    house = House(read_settings())
    begin_delivery(house, prescription, region, By(by, "doctor"), asked_lang(lang))


@clinic.command("step")
def step_clinic_delivery(
    delivery: str,
    step: str,
    by: Annotated[str, typer.Option(help="Who takes it.")],
    role: Annotated[str, typer.Option(help="physician, pharmacist, staff, courier.")],
    region: Annotated[str, typer.Option(help="Whose rules of delivery hold.")],
    detail: Annotated[str, typer.Option(help="A reason, who signed, where the photo is.")] = "",
    lang: Language = None,
) -> None:
    """Take the next step of a delivery."""
    from askdoc.cli.long_prescription import By, step_delivery

    house = House(read_settings())
    step_delivery(house, delivery, region, (step, detail), By(by, role), asked_lang(lang))


@clinic.command("delivery")
def show_clinic_delivery(delivery: str, lang: Language = None) -> None:
    """Show who did what when."""
    from askdoc.cli.long_prescription import show_delivery

    show_delivery(House(read_settings()), delivery, asked_lang(lang))


@clinic.command("changes")
def list_clinic_changes(
    of: Annotated[str, typer.Option("--clinic", help="The clinic's id.")],
    lang: Language = None,
    json: Json = False,
) -> None:
    """Compare editions and values now; all changes that wait for a doctor, or were decided."""
    from askdoc.cli.rule_changes import look_for_changes

    look_for_changes(House(read_settings()), of, asked_lang(lang), json)


@clinic.command("propose-change")
def propose_clinic_change(
    id: str,
    of: Annotated[str, typer.Option("--clinic", help="The clinic's id.")],
    about: Annotated[str, typer.Option(help="What changes.")],
    old: Annotated[str, typer.Option(help="What holds now.")],
    new: Annotated[str, typer.Option(help="What will hold.")],
    begins: Annotated[str, typer.Option("--from", help="From which day.")],
    source: Annotated[str, typer.Option(help="Where it is written.")],
    medicine: Annotated[str, typer.Option(help="Only those who take it: its id.")] = "",
    lang: Language = None,
) -> None:
    """Lay a changed rule before the doctor: whom does it touch?"""
    from askdoc.care.rule_changes import Change
    from askdoc.cli.rule_changes import propose_change

    day = option_day(begins) or date.max
    change = Change(
        id=id, clinic=of, medicine=medicine, about=about, old=old, new=new, day=day, source=source
    )
    propose_change(House(read_settings()), change, asked_lang(lang))


@clinic.command("change")
def show_clinic_change(id: str, lang: Language = None) -> None:
    """Show a changed rule and whom it touches."""
    from askdoc.cli.rule_changes import show_change

    show_change(House(read_settings()), id, asked_lang(lang))


@clinic.command("decide-change")
def decide_clinic_change(
    id: str,
    by: Annotated[str, typer.Option(help="The doctor who decides.")],
    approve: Annotated[bool, typer.Option("--approve/--refuse", help="Tell residents, or not.")],
    lang: Language = None,
) -> None:
    """Tell residents of a changed rule, or do not."""
    from askdoc.cli.rule_changes import Decision, decide_change

    decide_change(House(read_settings()), Decision(id, by, approve), asked_lang(lang))
