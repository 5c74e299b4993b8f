"""`askdoc slots`: find a slot, hold it, book it, move it, give it back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.care.feed import Contract
from askdoc.care.referrals.asking import departments_named, read_wanted
from askdoc.care.referrals.bookings import Booking, Found
from askdoc.care.referrals.days_said import clock_words
from askdoc.care.referrals.errors import BadSchedule, UnknownBooking
from askdoc.care.referrals.schedule_file import read_schedule
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.spoken import grant_words, reason_words, slot_fields
from askdoc.china_days import CHINA, today_of
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import mine
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.schedule import (
    Doctor,
    add_hospital,
    all_hospitals,
    departments,
    let_keep,
    publish,
)
from askdoc.storage.slot_search import find_slots
from askdoc.storage.standing import sign
from askdoc.storage.waiting_list import wait_for, waiting
from askdoc.wording import Lang, phrase

_WITHIN_DAYS = 28


def import_schedule(house: House, file: Path, clinic: str | None, lang: Lang, json: bool) -> None:
    """Publish the sessions of a CSV file; `clinic`: whose staff keep them. Raises BadSchedule."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failed:
        raise BadSchedule(place=file.name, said=type(failed).__name__) from failed
    read = read_schedule(text, file.name)
    for hospital in read.hospitals:
        if hospital.region not in house.book.regions:
            raise BadSchedule(place=file.name, said=hospital.region)
        add_hospital(house.booking_office, hospital)
    if clinic is not None:
        with house.database.writing() as kept:
            for hospital in read.hospitals:
                let_keep(kept, hospital.id, clinic)
    people = [Doctor(*one) for one in read.doctors]
    made = publish(house.booking_office, people, read.sessions, datetime.now(UTC))
    if json:
        print_json({"sessions": len(read.sessions), "new_slots": made})
        return
    lines([phrase("referrals.cli.imported", lang, sessions=len(read.sessions), slots=made)])


def sign_contract(
    house: House, person: str, hospitals: tuple[str, str], lang: Lang, json: bool
) -> None:
    """Keep a contract from today on: the hospital of the district, and that of the city or ''."""
    signed = Contract(
        resident=person,
        since=today_of(datetime.now(UTC)),
        until=None,
        doctor="",
        district_hospital=hospitals[0],
        municipal_hospital=hospitals[1],
    )
    sign(house.booking_office, signed)
    if json:
        print_json(signed)
        return
    lines([phrase("referrals.cli.signed", lang, hospitals="、".join(filter(None, hospitals)))])


def find(house: House, person: str, said: str, lang: Lang, json: bool) -> None:
    """Free slots for what was said. Raises UnknownHospital."""
    now, office = datetime.now(UTC), house.booking_office
    places = all_hospitals(office)
    named = departments_named(said, departments(office), house.assistant.lexicon.departments)
    wanted = read_wanted(said, today_of(now), named, places, _WITHIN_DAYS)
    found = find_slots(office, person, wanted, now)
    if json:
        print_json([_found_plain(one) for one in found])
        return
    if not found:
        lines([phrase("referrals.cli.nothing", lang)])
        return
    lines([phrase("referrals.cli.free", lang), *_free_lines(found, lang)])
    told = [phrase("referrals.cli.then_hold", lang, slot=found[0].slot.id)]
    if any(one.grant.door == "priority" for one in found):
        told.append(phrase("referrals.cli.priority_unverified", lang))
    lines(told)


def _free_lines(found: list[Found], lang: Lang) -> Iterator[str]:
    """A line for each doctor's half hour; why it is open only where that is not for all."""
    halves: dict[tuple[str, str, date, int], list[Found]] = {}
    for one in found:
        slot = one.slot
        key = (slot.hospital.id, slot.doctor, slot.day, slot.begins)
        halves.setdefault(key, []).append(one)
    told: list[str] = []
    for same in halves.values():
        first = same[0]
        yield phrase(
            "referrals.cli.free_line",
            lang,
            slot=first.slot.id,
            left=len(same),
            **slot_fields(first.slot, lang),
        )
        why = "；".join(grant_words(first.grant, lang))
        if first.grant.door == "priority" and why not in told:
            told.append(why)
    yield from (phrase("referrals.cli.why", lang, why=why) for why in told)


def hold(house: House, person: str, slot: int, lang: Lang, json: bool) -> None:
    """Hold a slot. Raises SlotTaken and its kin."""
    held = hold_slot(house.booking_office, person, slot, datetime.now(UTC))
    until = held.held_until
    clock = "" if until is None else until.astimezone(CHINA).strftime("%H:%M")
    told = phrase(
        "referrals.cli.held", lang, **slot_fields(held.slot, lang), until=clock, id=held.id
    )
    _tell(held, [told], lang, json)


def book(house: House, person: str, booking: str | None, lang: Lang, json: bool) -> None:
    """Confirm a hold; without its number, the only one. Raises HoldOver, UnknownBooking."""
    now = datetime.now(UTC)
    id = booking or _only_hold(house, person, now)
    # The same hold confirmed twice is one booking: the hold itself is the key.
    booked = confirm(house.booking_office, person, id, f"cli-{id}", now)
    said = "booked" if booked.state == "booked" else "asked_hospital"
    told = phrase(f"referrals.cli.{said}", lang, **slot_fields(booked.slot, lang), id=booked.id)
    _tell(booked, [told], lang, json)


def move(house: House, person: str, booking: str, slot: int, lang: Lang, json: bool) -> None:
    """Move a booking to another slot. Raises SlotTaken and its kin."""
    key = f"cli-{booking}-{slot}"
    booked = reschedule(house.booking_office, person, booking, slot, key, datetime.now(UTC))
    told = phrase("referrals.cli.moved", lang, **slot_fields(booked.slot, lang), id=booked.id)
    _tell(booked, [told], lang, json)


def give_back(house: House, person: str, booking: str, lang: Lang, json: bool) -> None:
    """Give a hold or booking back. Raises UnknownBooking, SlotOver."""
    gone = cancel(house.booking_office, person, booking, datetime.now(UTC))
    said = "leaving" if gone.state == "leaving" else "cancelled"
    told = phrase(f"referrals.cli.{said}", lang, **slot_fields(gone.slot, lang))
    _tell(gone, [told], lang, json)


def wait(house: House, person: str, said: str, lang: Lang, json: bool) -> None:
    """Put a person on the waiting list."""
    now, office = datetime.now(UTC), house.booking_office
    places = all_hospitals(office)
    named = departments_named(said, departments(office), house.assistant.lexicon.departments)
    wanted = read_wanted(said, today_of(now), named, places, _WITHIN_DAYS)
    kept = wait_for(office, person, wanted, now)
    if json:
        print_json(kept)
        return
    because = phrase(f"referrals.priority.{kept.because or 'none'}", lang)
    lines(
        [phrase("referrals.cli.waiting", lang, department=wanted.departments[0], because=because)]
    )


def show_mine(house: House, person: str, lang: Lang, json: bool) -> None:
    """What a person holds, has booked and waits for."""
    now, office = datetime.now(UTC), house.booking_office
    found, waits = mine(office, person, now), waiting(office, person)
    if json:
        print_json({"bookings": [_booking_plain(one) for one in found], "waiting": waits})
        return
    if not found:
        lines([phrase("referrals.cli.none", lang)])
    else:
        table(
            phrase("referrals.cli.mine", lang),
            _heads(("id", "when", "hospital", "department", "doctor", "state"), lang),
            [
                (one.id, *_slot_cells(one.slot, lang), phrase(f"referrals.state.{one.state}", lang))
                for one in found
            ],
        )
    lines(
        phrase("referrals.cli.waits", lang, department=one.wanted.departments[0],
               first=one.wanted.first, last=one.wanted.last)
        for one in waits
    )  # fmt: skip


def _only_hold(house: House, person: str, now: datetime) -> str:
    held = [one.id for one in mine(house.booking_office, person, now) if one.state == "held"]
    if len(held) != 1:
        raise UnknownBooking
    return held[0]


def _tell(booking: Booking, told: list[str], lang: Lang, json: bool) -> None:
    if json:
        print_json(_booking_plain(booking))
        return
    if booking.door == "priority" and booking.state in ("held", "booked", "unknown"):
        told += [
            phrase("referrals.cli.why", lang, why=reason_words(reason, lang))
            for reason in booking.reasons
        ]
    lines(told)


def _slot_cells(slot: Slot, lang: Lang) -> tuple[str, ...]:
    return tuple(slot_fields(slot, lang).values())


def _heads(names: tuple[str, ...], lang: Lang) -> list[str]:
    return [phrase(f"referrals.head.{name}", lang) for name in names]


def _found_plain(found: Found) -> dict[str, object]:
    reasons = [{"name": one.name, **one.fields} for one in found.grant.reasons]
    return {"slot": _slot_plain(found.slot), "door": found.grant.door, "reasons": reasons}


def _booking_plain(booking: Booking) -> dict[str, object]:
    return {
        "id": booking.id,
        "state": booking.state,
        "slot": _slot_plain(booking.slot),
        "held_until": booking.held_until,
        "door": booking.door,
        "reasons": [{"name": one.name, **one.fields} for one in booking.reasons],
    }


def _slot_plain(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id,
        "hospital": slot.hospital.id,
        "department": slot.department,
        "doctor": slot.doctor,
        "day": slot.day,
        "begins": clock_words(slot.begins),
        "ends": clock_words(slot.ends),
        "pool": slot.pool,
    }
