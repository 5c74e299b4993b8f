"""`askdoc slots`: find, hold and book; requests that staff carry."""

from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.options import Day, For, Json, Language
from askdoc.cli.words import asked_lang, option_day
from askdoc.settings import read_settings

slots = typer.Typer(rich_markup_mode=None, help="Find, hold and book slots.")


@slots.command("import")
def import_slots(
    file: Path,
    clinic: Annotated[
        str | None, typer.Option(help="Whose staff keep the schedule of these hospitals.")
    ] = None,
    lang: Language = None,
    json: Json = False,
) -> None:
    """Publish a schedule (CSV)."""
    from askdoc.cli.slots import import_schedule

    import_schedule(House(read_settings()), file, clinic, asked_lang(lang), json)


@slots.command("sign")
def sign_contract(
    district: str,
    municipal: Annotated[str, typer.Argument()] = "",
    person: For = "me",
    lang: Language = None,
    json: Json = False,
) -> None:
    """Record a contract from today on, with the hospitals of its combination."""
    from askdoc.cli.slots import sign_contract

    sign_contract(House(read_settings()), person, (district, municipal), asked_lang(lang), json)


@slots.command("refer")
def refer_patient(
    hospital: str,
    department: str,
    reason: Annotated[str, typer.Option(help="Why.")],
    diagnosis: Annotated[str, typer.Option(help="What it is.")],
    from_place: Annotated[str, typer.Option("--from", help="The clinic that refers.")],
    urgency: Annotated[str, typer.Option(help="routine, soon, urgent.")] = "routine",
    used: Annotated[list[str] | None, typer.Option(help="A listed medicine in use.")] = None,
    used_off: Annotated[list[str] | None, typer.Option(help="One off the catalogue.")] = None,
    none_used: Annotated[bool, typer.Option(help="No medicine is in use.")] = False,
    person: For = "me",
    lang: Language = None,
    json: Json = False,
) -> None:
    """For doctors: refer somebody to a department, which opens its kept slots to them."""
    from askdoc.cli.referring import order_of, refer

    words = {
        "person": person,
        "from_place": from_place,
        "to_hospital": hospital,
        "department": department,
        "reason": reason,
        "diagnosis": diagnosis,
        "urgency": urgency,
    }
    house = House(read_settings())
    order = order_of(house, words, (used or [], used_off or []))
    refer(house, order, none_used, asked_lang(lang), json)


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
