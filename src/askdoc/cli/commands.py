"""The commands and their options; what each does is in the module of its name."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.clinic_commands import clinic
from askdoc.cli.enrol_commands import enrol
from askdoc.cli.library_commands import library
from askdoc.cli.options import Day, Json, Language, Region, Scheme, Speaker, Status
from askdoc.cli.slot_commands import slots
from askdoc.cli.words import asked_lang, asked_speaker, option_day
from askdoc.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=False)
medicines = typer.Typer(rich_markup_mode=None, help="Editions of the national list.")
app.add_typer(medicines, name="medicines")
for part, name in ((library, "library"), (slots, "slots"), (clinic, "clinic"), (enrol, "enrol")):
    app.add_typer(part, name=name)


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
    speaker: Speaker = "resident",
    json: Json = False,
) -> None:
    """Answer a question in free words."""
    from askdoc.cli.ask import ask_question
    from askdoc.cli.progress import watched_house

    flags = {"region": region, "scheme": scheme, "status": status, "tier": tier}
    ask_question(
        watched_house(asked_lang(lang)),
        question,
        flags,
        option_day(day),
        asked_lang(lang) if lang else None,
        questions,
        json,
        asked_speaker(speaker),
    )


@app.command()
def model(
    agree: Annotated[bool, typer.Option("--agree", help="Let an outside model help.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="End that.")] = False,
    lang: Language = None,
) -> None:
    """Which model answers, and whether you agreed to an outside one."""
    from askdoc.cli.model import show_model

    settings = read_settings()
    show_model(settings, agree, withdraw, asked_lang(lang) if lang else settings.lang)


@app.command()
def chat(
    day: Day = None,
    lang: Language = None,
    speaker: Speaker = "resident",
    conversation: Annotated[
        str | None, typer.Option(help="Go on with the conversation of this id.")
    ] = None,
    patients: Annotated[
        list[str] | None,
        typer.Option("--for", help="For whom else you act: parent:ID:Mum. Repeatable."),
    ] = None,
) -> None:
    """Talk: follow-ups, corrections, choices, refills and slots."""
    from askdoc.cli.chat import chat, speaking
    from askdoc.cli.progress import watched_house

    chat(
        watched_house(asked_lang(lang)),
        option_day(day),
        asked_lang(lang) if lang else None,
        speaking(asked_speaker(speaker), patients or []),
        conversation,
    )


@app.command()
def transcript(
    conversation: Annotated[
        str | None, typer.Argument(help="Its id; without, the one that was opened last.")
    ] = None,
    struck: Annotated[
        bool, typer.Option("--struck", help="Only turns in which a model's words were struck.")
    ] = False,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Show what was kept of a conversation, and why words of a model were struck."""
    from askdoc.cli.transcript import show_transcript

    house = House(read_settings())
    show_transcript(house, conversation, struck, asked_lang(lang), json)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Sample people, a fixed day.")] = False,
    lang: Language = None,
) -> None:
    """Serve the pages and the HTTP API."""
    from askdoc.cli.progress import watched_house
    from askdoc.cli.serve import serve

    serve(watched_house(asked_lang(lang)), host, port, demo, asked_lang(lang))


@app.command()
def people(
    action: Annotated[str, typer.Argument(help="add.")],
    role: Annotated[str, typer.Argument(help="resident, doctor, clinic_staff …")],
    name: Annotated[str, typer.Option(help="How they are called; kept sealed.")] = "",
    resident: Annotated[str | None, typer.Option(help="The patient's record it is.")] = None,
    clinic: Annotated[str | None, typer.Option(help="Where a doctor or staff works.")] = None,
    staff: Annotated[str | None, typer.Option(help="Their id in the clinic's records.")] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Add a person who signs in; the key is shown once."""
    from askdoc.cli.serve import add_person
    from askdoc.cli.words import BadOption

    if action != "add":
        raise BadOption(option="ACTION", said=action, allowed="add")
    record = {"resident": resident, "clinic": clinic, "staff": staff}
    add_person(House(read_settings()), (role, name), record, asked_lang(lang), json)


@app.command()
def cases() -> None:
    """Print what staff corrected as evaluation cases; names and numbers are masked."""
    from askdoc.cli.cases import print_cases

    print_cases(House(read_settings()))


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
def search(
    question: str,
    region: Region = None,
    scheme: Scheme = None,
    status: Status = None,
    day: Day = None,
    lang: Language = None,
    count: Annotated[int, typer.Option(min=1, max=50, help="How many passages at most.")] = 5,
    history: Annotated[
        bool, typer.Option(help="Search history and proposals instead of what holds.")
    ] = False,
    json: Json = False,
) -> None:
    """Find the passages that hold, with document and article."""
    from askdoc.cli.progress import watched_house
    from askdoc.cli.search import Wish, search_library

    flags = {"region": region, "scheme": scheme, "status": status}
    asked = asked_lang(lang) if lang else None
    wish = Wish(count, history)
    search_library(
        watched_house(asked_lang(lang)), question, flags, option_day(day), asked, wish, json
    )


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


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Send what is due now, and leave.")] = False,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Plan reminders and send what waits."""
    from askdoc.cli.worker import run_worker

    run_worker(House(read_settings()), once, asked_lang(lang), json)


@app.command()
def bot(
    name: Annotated[str, typer.Argument(help="telegram, wechat …")],
    webhook: Annotated[
        str | None, typer.Option(help="HOST:PORT where the platform calls; without, poll.")
    ] = None,
    lang: Language = None,
) -> None:
    """Run a messaging app: keep what comes in, answer it, send what is due."""
    from askdoc.cli.bot import run_bot
    from askdoc.cli.progress import watched_house

    run_bot(watched_house(asked_lang(lang)), name, webhook, asked_lang(lang))
