"""The commands and their options; what each does is in the module of its name."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.clinic_commands import clinic
from askdoc.cli.words import asked_lang, asked_speaker, option_day
from askdoc.settings import read_settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=False)
medicines = typer.Typer(rich_markup_mode=None, help="Editions of the national list.")
app.add_typer(medicines, name="medicines")
library = typer.Typer(rich_markup_mode=None, help="The documents that are searched.")
app.add_typer(library, name="library")
slots = typer.Typer(rich_markup_mode=None, help="Find, hold and book slots.")
app.add_typer(slots, name="slots")


app.add_typer(clinic, name="clinic")


enrol = typer.Typer(rich_markup_mode=None, help="Codes, consents and stops of residents.")
app.add_typer(enrol, name="enrol")

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Language = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
Region = Annotated[str | None, typer.Option(help="Region path, such as cn/shanghai.")]
Scheme = Annotated[str | None, typer.Option(help="employee or resident.")]
Status = Annotated[str | None, typer.Option(help="active, retired, adult, senior, child, student.")]
Speaker = Annotated[str, typer.Option(help="resident or doctor.")]
For = Annotated[str, typer.Option("--for", help="Whose slot it is.")]
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
    speaker: Speaker = "resident",
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
) -> None:
    """Talk: follow-ups, corrections, choices."""
    from askdoc.cli.chat import chat

    chat(
        House(read_settings()),
        option_day(day),
        asked_lang(lang) if lang else None,
        asked_speaker(speaker),
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
    from askdoc.cli.serve import serve

    serve(House(read_settings()), host, port, demo, asked_lang(lang))


@app.command()
def people(
    action: Annotated[str, typer.Argument(help="add.")],
    role: Annotated[str, typer.Argument(help="resident, doctor, clinic_staff …")],
    name: Annotated[str, typer.Option(help="How they are called; kept sealed.")] = "",
    lang: Language = None,
    json: Json = False,
) -> None:
    """Add a person who signs in; the key is shown once."""
    from askdoc.cli.serve import add_person
    from askdoc.cli.words import BadOption

    if action != "add":
        raise BadOption(option="ACTION", said=action, allowed="add")
    add_person(House(read_settings()), role, name, asked_lang(lang), json)


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
    from askdoc.cli.search import Wish, search_library

    flags = {"region": region, "scheme": scheme, "status": status}
    asked = asked_lang(lang) if lang else None
    wish = Wish(count, history)
    search_library(House(read_settings()), question, flags, option_day(day), asked, wish, json)


@library.command("add")
def add_to_library(
    files: list[Path],
    region: Region = None,
    scheme: Annotated[str | None, typer.Option(help="employee, resident or both: a,b.")] = None,
    begins: Annotated[str | None, typer.Option("--from", help="First day in force.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="Last day in force.")] = None,
    id: Annotated[str | None, typer.Option(help="Its id; otherwise from the file name.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issued it.")] = None,
    number: Annotated[str | None, typer.Option(help="Its document number.")] = None,
    confidence: Annotated[
        str | None, typer.Option(help="official, secondary or unverified.")
    ] = None,
    lang: Language = None,
    json: Json = False,
) -> int:
    """Add PDF, DOCX, HTML, TXT or Markdown files; one of the same id is replaced."""
    from askdoc.cli.library import add_files

    flags = {"region": region, "schemes": scheme, "from": begins, "to": ends, "id": id}
    flags |= {"title": title, "issuer": issuer, "number": number, "confidence": confidence}
    return add_files(House(read_settings()), files, flags, asked_lang(lang), json)


@library.command("list")
def list_library(lang: Language = None, json: Json = False) -> None:
    """List all documents."""
    from askdoc.cli.library import list_documents

    list_documents(House(read_settings()), asked_lang(lang), json)


@library.command("show")
def show_from_library(id: str, lang: Language = None, json: Json = False) -> None:
    """Show a document, passage by passage."""
    from askdoc.cli.library import show_document

    show_document(House(read_settings()), id, asked_lang(lang), json)


@library.command("remove")
def remove_from_library(id: str, lang: Language = None) -> None:
    """Remove a document of your own."""
    from askdoc.cli.library import remove_document

    remove_document(House(read_settings()), id, asked_lang(lang))


@library.command("rebuild")
def rebuild_library(lang: Language = None) -> None:
    """Make all vectors and the index anew."""
    from askdoc.cli.library import make_anew

    make_anew(House(read_settings()), asked_lang(lang))


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


@slots.command("import")
def import_slots(file: Path, lang: Language = None, json: Json = False) -> None:
    """Publish a schedule (CSV)."""
    from askdoc.cli.slots import import_schedule

    import_schedule(House(read_settings()), file, asked_lang(lang), json)


@slots.command("sign")
def sign_contract(
    hospitals: list[str], person: For = "me", lang: Language = None, json: Json = False
) -> None:
    """Record a contract with the hospitals of its combination."""
    from askdoc.cli.slots import sign_contract

    sign_contract(House(read_settings()), person, hospitals, asked_lang(lang), json)


@slots.command("find")
def find_slot(said: str, person: For = "me", lang: Language = None, json: Json = False) -> None:
    """Free slots, such as "下周心内科上午"."""
    from askdoc.cli.slots import find

    find(House(read_settings()), person, said, asked_lang(lang), json)


@slots.command("hold")
def hold_slot(slot: int, person: For = "me", lang: Language = None, json: Json = False) -> None:
    """Hold a slot for some minutes."""
    from askdoc.cli.slots import hold

    hold(House(read_settings()), person, slot, asked_lang(lang), json)


@slots.command("book")
def book_slot(
    booking: Annotated[str | None, typer.Argument(help="Without: your only hold.")] = None,
    person: For = "me",
    lang: Language = None,
    json: Json = False,
) -> None:
    """Confirm a hold."""
    from askdoc.cli.slots import book

    book(House(read_settings()), person, booking, asked_lang(lang), json)


@slots.command("move")
def move_booking(
    booking: str, slot: int, person: For = "me", lang: Language = None, json: Json = False
) -> None:
    """Move a booking to another slot."""
    from askdoc.cli.slots import move

    move(House(read_settings()), person, booking, slot, asked_lang(lang), json)


@slots.command("cancel")
def cancel_booking(
    booking: str, person: For = "me", lang: Language = None, json: Json = False
) -> None:
    """Give a hold or booking back."""
    from askdoc.cli.slots import give_back

    give_back(House(read_settings()), person, booking, asked_lang(lang), json)


@slots.command("wait")
def wait_for_slot(said: str, person: For = "me", lang: Language = None, json: Json = False) -> None:
    """Be put on the waiting list."""
    from askdoc.cli.slots import wait

    wait(House(read_settings()), person, said, asked_lang(lang), json)


@slots.command("mine")
def my_bookings(person: For = "me", lang: Language = None, json: Json = False) -> None:
    """What you hold, have booked and wait for."""
    from askdoc.cli.slots import show_mine

    show_mine(House(read_settings()), person, asked_lang(lang), json)


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

    run_bot(House(read_settings()), name, webhook, asked_lang(lang))


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
    lang: Language = None,
) -> None:
    """Record a consent to be reminded that a resident gave to staff."""
    from askdoc.cli.enrol import record_consent

    record_consent(
        House(read_settings()),
        resident,
        "telephone" if telephone else "desk",
        staff,
        not withdraw,
        asked_lang(lang),
    )


@enrol.command("stopped")
def enrol_stopped(lang: Language = None, json: Json = False) -> None:
    """List whom nothing is sent to any more, and why."""
    from askdoc.cli.enrol import list_stopped

    list_stopped(House(read_settings()), asked_lang(lang), json)


@slots.command("apply")
def apply_for_slot(
    said: str, person: For = "me", lang: Language = None, json: Json = False
) -> None:
    """Ask staff to book on the city's platform, such as "市一医院 心内科 下周"."""
    from askdoc.cli.slot_staff import apply_for

    apply_for(House(read_settings()), person, said, asked_lang(lang), json)


@slots.command("requests")
def slot_requests(lang: Language = None, json: Json = False) -> None:
    """For staff: the requests that are open."""
    from askdoc.cli.slot_staff import show_open

    show_open(House(read_settings()), asked_lang(lang), json)


@slots.command("answer")
def answer_request(
    request: str,
    hospital: Annotated[str | None, typer.Option(help="The platform's hospital.")] = None,
    department: Annotated[str | None, typer.Option(help="Its department.")] = None,
    doctor: Annotated[str | None, typer.Option(help="Its doctor.")] = None,
    day: Day = None,
    time: Annotated[str | None, typer.Option(help="Such as 9:00-9:30.")] = None,
    number: Annotated[str | None, typer.Option(help="The platform's number.")] = None,
    none: Annotated[str | None, typer.Option(help="Nothing was to be had: why.")] = None,
    unclear: Annotated[str | None, typer.Option(help="What is not known yet.")] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """For staff: enter what the platform gave."""
    from askdoc.cli.slot_staff import Said, answer

    told = {"hospital": hospital, "department": department, "doctor": doctor, "number": number}
    said = Said(option_day(day), time, told, none, unclear)
    answer(House(read_settings()), request, said, asked_lang(lang), json)


@slots.command("tend")
def tend_slots(lang: Language = None, json: Json = False) -> None:
    """For staff: end what is over and offer what is free to those who wait."""
    from askdoc.cli.slot_staff import tend

    tend(House(read_settings()), asked_lang(lang), json)
