"""What a patient has of slots: told, moved to another time, or given up."""

from collections.abc import Mapping
from dataclasses import dataclass

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.patients import patient_meant, who_words
from askdoc.assistant.errands.slot_book import SlotBook
from askdoc.assistant.errands.slots import (
    TOLD,
    asked_by,
    closed_lines,
    days_wanted,
    grant_lines,
    offered_as,
    slot_choices,
    span_words,
    wanted_in,
)
from askdoc.assistant.proposal import Proposal
from askdoc.care.patients import Patient
from askdoc.care.referrals.bookings import Booking
from askdoc.care.referrals.days_said import day_words, time_words
from askdoc.care.referrals.requests import OPEN, Arranged, Request
from askdoc.care.referrals.spoken import slot_fields
from askdoc.wording import phrase


@dataclass(frozen=True, slots=True)
class Had:
    """Something that a patient has: its kind with its id, and how it is told.

    `elsewhere`: staff booked it on a city's platform, and it is cancelled there.
    """

    name: str
    told: str
    booking: Booking | None = None
    elsewhere: bool = False


def my_slots(errand: Errand) -> Answer:
    """What the patient has booked, holds, waits for and has applied for."""
    met = _met(errand)
    if isinstance(met, Answer):
        return met
    patient, book = met
    had = _all_of(patient, book, errand)
    if not had:
        return errand.says("mine.none", who=who_words(patient, errand))
    head = errand.phrase("mine.head", who=who_words(patient, errand))
    ways = [Choice(errand.phrase("mine.cancel"), {"frame": "cancel_slot"})]
    if any(_is_movable(one) for one in had):
        ways.insert(0, Choice(errand.phrase("mine.move"), {"frame": "move_slot"}))
    lines = (head, *(f"· {one.told}" for one in had))
    return Answer("answer", lines, choices=tuple(ways), brief=lines, lang=errand.lang)


def move_slot(errand: Errand) -> Answer:
    """Propose another time for a booking, from three that are free."""
    met = _met(errand)
    if isinstance(met, Answer):
        return met
    patient, book = met
    one = _which([had for had in _all_of(patient, book, errand) if _is_movable(had)], errand)
    if isinstance(one, Answer):
        return one
    if one is None or one.booking is None:
        return errand.says("move.none", who=who_words(patient, errand))
    days = days_wanted(errand)
    if days is None:
        line = errand.phrase("move.when", booking=one.told)
        return Answer("ask", (line,), missing=("days",), lang=errand.lang)
    slot = one.booking.slot
    wanted = wanted_in(offered_as(slot.department, book, errand), [slot.hospital], errand)
    found = [
        free for free in book.find(patient.resident, wanted, errand.now) if free.slot.id != slot.id
    ]
    chosen = next((free for free in found if str(free.slot.id) == errand.chosen("slot")), None)
    if chosen is not None:
        new = errand.phrase("slot.choice", **slot_fields(chosen.slot, errand.lang))
        line = errand.phrase("move.readback", who=who_words(patient, errand), old=one.told, new=new)
        details = {
            **asked_by(patient, errand),
            "booking": one.booking.id,
            "slot": chosen.slot.id,
        }
        return _proposed("move_slot", details, line, errand)
    span = span_words(*days, errand)
    if not found:
        nothing = errand.phrase("move.nothing", booking=one.told, days=span)
        closed = book.closed(patient.resident, wanted, errand.now)
        lines = (nothing, *closed_lines(closed, errand))
        return Answer("ask", lines, missing=("days",), lang=errand.lang)
    head = errand.phrase("move.head", booking=one.told, days=span)
    ways = tuple(
        Choice(way.label, {**way.sets, "booking": one.name}) for way in slot_choices(found, errand)
    )
    lines = (head, *grant_lines(found, errand))
    return Answer("ask", lines, missing=("slot",), choices=ways, lang=errand.lang)


def cancel_slot(errand: Errand) -> Answer:
    """Propose to give up a booking, a hold, a place on the waiting list or a request."""
    met = _met(errand)
    if isinstance(met, Answer):
        return met
    patient, book = met
    one = _which(_all_of(patient, book, errand), errand)
    if one is None:
        return errand.says("mine.none", who=who_words(patient, errand))
    if isinstance(one, Answer):
        return one
    if one.elsewhere:
        return errand.says("cancel.elsewhere", booking=one.told)
    line = errand.phrase("cancel.readback", who=who_words(patient, errand), booking=one.told)
    details = {**asked_by(patient, errand), "name": one.name}
    return _proposed("cancel_slot", details, line, errand)


def _met(errand: Errand) -> tuple[Patient, SlotBook] | Answer:
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    book = errand.context.slots
    return errand.declines("slot.no_desk") if book is None else (patient, book)


def _proposed(doer: str, details: Mapping[str, object], line: str, errand: Errand) -> Answer:
    proposal = Proposal(doer=doer, details=details, done=TOLD)
    return Answer("ask", (line,), lang=errand.lang, proposal=proposal)


def _all_of(patient: Patient, book: SlotBook, errand: Errand) -> list[Had]:
    found = [
        Had(f"booking:{one.id}", _booking_words(one, errand), one)
        for one in book.bookings(patient.resident, errand.now)
    ]
    for one in book.waiting(patient.resident):
        days = span_words(one.wanted.first, one.wanted.last, errand)
        told = errand.phrase("mine.waiting", department=one.wanted.departments[0], days=days)
        found.append(Had(f"wish:{one.id}", told))
    for asked in book.requests(patient.resident):
        given = asked.arranged
        if asked.state in OPEN:
            found.append(Had(f"request:{asked.id}", _request_words(asked, errand)))
        elif given is not None and given.day >= errand.day:
            told = _arranged_words(given, errand)
            found.append(Had(f"request:{asked.id}", told, elsewhere=True))
    return found


def _booking_words(one: Booking, errand: Errand) -> str:
    state = phrase(f"referrals.state.{one.state}", errand.lang)
    return errand.phrase("mine.line", **slot_fields(one.slot, errand.lang), state=state, id=one.id)


def _request_words(one: Request, errand: Errand) -> str:
    """A request that staff have not answered: applied for, and never called booked."""
    days = span_words(one.wanted.first, one.wanted.last, errand)
    said = "".join(one.wanted.departments)
    return errand.phrase("mine.applied", said=said, days=days, id=one.id)


def _arranged_words(given: Arranged, errand: Errand) -> str:
    """What staff entered of the platform's result."""
    lang = errand.lang
    day, time = day_words(given.day, lang), time_words(given.begins, given.ends, lang)
    when = phrase("referrals.day_and_time", lang, day=day, time=time)
    where = {name: getattr(given, name) for name in ("hospital", "department", "doctor", "number")}
    return phrase("referrals.request.arranged", lang, when=when, **where)


def _is_movable(had: Had) -> bool:
    return had.booking is not None and had.booking.state == "booked"


def _which(had: list[Had], errand: Errand) -> Had | Answer | None:
    """The one that is meant; the question which, of several; None of none."""
    chosen = errand.chosen("booking")
    department = errand.known.get("department")
    if chosen is not None:
        had = [one for one in had if one.name == chosen]
    elif department is not None:
        had = [one for one in had if str(department.value) in one.told] or had
    if len(had) < 2:
        return had[0] if had else None
    ways = tuple(Choice(one.told, {"booking": one.name}) for one in had)
    line = errand.phrase("mine.which")
    return Answer("ask", (line,), missing=("booking",), choices=ways, lang=errand.lang)
