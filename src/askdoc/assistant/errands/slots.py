"""A slot in a conversation: for whom, where, when; three choices; held, and then confirmed.

What a reader would not guess: a slot is held as soon as it is chosen, since the choice is the
person's word and a hold ends by itself; it is booked only after it was read back. Where no schedule
is here, a request goes to staff, and nobody says "booked" before they have entered the result.
"""

from datetime import date, timedelta

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.fee import fee_lines
from askdoc.assistant.errands.patients import patient_meant, who_words
from askdoc.assistant.errands.slot_book import SlotBook
from askdoc.assistant.proposal import Proposal
from askdoc.care.patients import Patient
from askdoc.care.referrals.asking import days_said, meaning_of
from askdoc.care.referrals.bookings import Found, Wanted
from askdoc.care.referrals.days_said import clock_words, day_words
from askdoc.care.referrals.errors import UnclearDay
from askdoc.care.referrals.grants import Grant
from askdoc.care.referrals.slots import Hospital
from askdoc.care.referrals.spoken import grant_words, reason_words, slot_fields
from askdoc.wording import phrase

WITHIN = timedelta(days=28)
MOST_CHOICES = 3
_MOST_DEPARTMENTS = 8
TOLD = "errands.told"


def find_slot(errand: Errand) -> Answer:
    """Three free slots for a patient, why they may have them, and what a referral changes."""
    patient = patient_meant(errand)
    if isinstance(patient, Answer):
        return patient
    book = errand.context.slots
    if book is None:
        return errand.declines("slot.no_desk")
    department = errand.known.get("department")
    if department is None:
        return _which_department(book, errand)
    unclear = _unclear_days(errand)
    if unclear is not None:
        return unclear
    places = _places(book, patient, errand)
    names = offered_as(str(department.value), book, errand)
    if not names or not places or "hospital_named" in errand.known:
        return _by_staff(patient, str(department.value), errand)
    wanted = wanted_in(names, places, errand)
    found = book.find(patient.resident, wanted, errand.now)
    if errand.chosen("slot") is not None:
        return _hold(patient, found, errand)
    return _shown(patient, wanted, found, errand) if found else _wait(patient, wanted, errand)


def offered_as(department: str, book: SlotBook, errand: Errand) -> tuple[str, ...]:
    """What the schedules call a department that people call so: 心内科, 心血管内科."""
    words = errand.context.lexicon.departments
    wanted = meaning_of(department, words)
    return tuple(one for one in book.departments() if meaning_of(one, words) == wanted)


def wanted_in(names: tuple[str, ...], places: list[Hospital], errand: Errand) -> Wanted:
    """What is looked for, by the days and hours that were said."""
    first, last = days_wanted(errand) or (errand.day, errand.day + WITHIN)
    begins, ends = _pair(errand, "hours", "-") or ("0", str(24 * 60))
    return Wanted(
        departments=names,
        hospitals=tuple(one.id for one in places),
        first=first,
        last=last,
        begins=int(begins),
        ends=int(ends),
    )


def days_wanted(errand: Errand) -> tuple[date, date] | None:
    """The first and last day that were said."""
    found = _pair(errand, "days", "/")
    return None if found is None else (date.fromisoformat(found[0]), date.fromisoformat(found[1]))


def spread(found: list[Found]) -> list[Found]:
    """The choices to show: the earliest of each half day and hospital first, in order of time."""
    first: dict[tuple[str, date, bool], Found] = {}
    for one in found:
        half = (one.slot.hospital.id, one.slot.day, one.slot.begins < 12 * 60)
        first.setdefault(half, one)
    chosen = [*first.values(), *(one for one in found if one not in first.values())]
    return sorted(chosen[:MOST_CHOICES], key=lambda one: (one.slot.day, one.slot.begins))


def slot_choices(found: list[Found], errand: Errand) -> tuple[Choice, ...]:
    """The slots to choose from."""
    return tuple(
        Choice(
            errand.phrase("slot.choice", **slot_fields(one.slot, errand.lang)),
            {"slot": str(one.slot.id)},
        )
        for one in spread(found)
    )


def grant_lines(found: list[Found], errand: Errand) -> list[str]:
    """Why these slots may be given, each reason once; how sure an early opening is."""
    shown = spread(found)
    # Of the same reason with other days, that of the first choice; a hold tells its own.
    reasons = {one.name: one for found in reversed(shown) for one in found.grant.reasons}
    told = (reason_words(one, errand.lang) for one in reversed(reasons.values()))
    why = phrase("assistant.semicolon", errand.lang).join(told)
    lines = [errand.phrase("slot.why", why=why)]
    if any(one.grant.door == "priority" for one in shown):
        lines.append(phrase("referrals.cli.priority_unverified", errand.lang))
    return lines


def span_words(first: date, last: date, errand: Errand) -> str:
    """Days as they are read back, in full."""
    begins, ends = day_words(first, errand.lang), day_words(last, errand.lang)
    return begins if first == last else errand.phrase("slot.span", first=begins, last=ends)


def _days_words(wanted: Wanted, errand: Errand) -> str:
    """The days that are looked in, with the part of the day where one was said."""
    days = span_words(wanted.first, wanted.last, errand)
    if "hours" not in errand.known:
        return days
    return errand.phrase(
        "slot.hours",
        days=days,
        begins=clock_words(wanted.begins),
        ends=clock_words(wanted.ends),
    )


def asked_by(patient: Patient, errand: Errand) -> dict[str, str]:
    """What every doer of slots is told: whose, how they are called, in which language."""
    return {
        "resident": patient.resident,
        "who": who_words(patient, errand),
        "lang": errand.lang,
    }


def _pair(errand: Errand, name: str, apart: str) -> tuple[str, str] | None:
    said = errand.known.get(name)
    if said is None:
        return None
    first, _, last = str(said.value).partition(apart)
    return first, last


def _which_department(book: SlotBook, errand: Errand) -> Answer:
    names = list(book.departments())[:_MOST_DEPARTMENTS]
    ways = tuple(Choice(one, {"department": one}) for one in names)
    line = errand.phrase("slot.which_department")
    return Answer("ask", (line,), missing=("department",), choices=ways, lang=errand.lang)


def _unclear_days(errand: Errand) -> Answer | None:
    if "days" in errand.known:
        return None
    try:
        days_said(errand.reading.text, errand.day)
    except UnclearDay as unclear:
        lines = (unclear.sentence(errand.lang),)
        return Answer("ask", lines, missing=("days",), lang=errand.lang)
    return None


def _places(book: SlotBook, patient: Patient, errand: Errand) -> list[Hospital]:
    """The hospitals to look in: the one that was said, else those of the contract, else all."""
    every = list(book.hospitals())
    hospital = errand.known.get("hospital")
    if hospital is not None:
        return [one for one in every if one.id == hospital.value]
    combination = book.standing(patient.resident, errand.day).combination
    inside = [one for one in every if one.id in combination] if combination else every
    tier = errand.known.get("tier")
    if tier is not None and tier.origin != "profile":
        inside = [one for one in inside if one.tier == tier.value]
    return inside


def _shown(patient: Patient, wanted: Wanted, found: list[Found], errand: Errand) -> Answer:
    shown = spread(found)
    places = dict.fromkeys(one.slot.hospital.name for one in shown)
    head = errand.phrase(
        "slot.head",
        who=who_words(patient, errand),
        department=shown[0].slot.department,
        days=_days_words(wanted, errand),
        hospitals=phrase("assistant.comma", errand.lang).join(places),
    )
    fee = fee_lines([one.slot.hospital for one in shown], errand)
    lines = [head, *grant_lines(found, errand), *fee.lines, errand.phrase("slot.choose")]
    return Answer(
        "ask",
        tuple(lines),
        missing=("slot",),
        choices=slot_choices(found, errand),
        sources=fee.sources,
        values=fee.values,
        confidence=fee.confidence,
        brief=(head, lines[-1]),
        lang=errand.lang,
    )


def _hold(patient: Patient, found: list[Found], errand: Errand) -> Answer:
    """The order to hold what was chosen; what else is free stays to choose, should it be gone."""
    chosen = errand.chosen("slot")
    others = [one for one in found if str(one.slot.id) != chosen]
    proposal = Proposal(
        doer="hold_slot",
        details={**asked_by(patient, errand), "slot": int(chosen or 0)},
        done=TOLD,
        at_once=True,
    )
    ways = slot_choices(others, errand)
    line = errand.phrase("slot.choose")
    return Answer("ask", (line,), choices=ways, lang=errand.lang, proposal=proposal)


def _wait(patient: Patient, wanted: Wanted, errand: Errand) -> Answer:
    book = errand.context.slots
    closed = None if book is None else book.closed(patient.resident, wanted, errand.now)
    line = errand.phrase(
        "slot.nothing",
        who=who_words(patient, errand),
        department=wanted.departments[0],
        days=_days_words(wanted, errand),
    )
    one = wanted.hospitals[0] if len(wanted.hospitals) == 1 else None
    details = {
        **asked_by(patient, errand),
        "department": wanted.departments[0],
        "hospital": one,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "begins": wanted.begins,
        "ends": wanted.ends,
    }
    proposal = Proposal(doer="wait_for_slot", details=details, done=TOLD)
    lines = (line, *closed_lines(closed, errand))
    return Answer("ask", lines, lang=errand.lang, proposal=proposal)


def closed_lines(closed: Grant | None, errand: Errand) -> tuple[str, ...]:
    """That there are slots which are not open yet: from when, and what would open them earlier."""
    if closed is None:
        return ()
    told = phrase("assistant.semicolon", errand.lang).join(grant_words(closed, errand.lang))
    return (errand.phrase("slot.closed", why=told),)


def _by_staff(patient: Patient, department: str, errand: Errand) -> Answer:
    """The slots are on a city's platform: a request that staff carry there."""
    first, last = days_wanted(errand) or (errand.day, errand.day + WITHIN)
    hospital = errand.known.get("hospital_named")
    place = "" if hospital is None else str(hospital.value)
    line = errand.phrase(
        "slot.by_staff",
        who=who_words(patient, errand),
        said=f"{place}{department}",
        days=span_words(first, last, errand),
    )
    details = {
        **asked_by(patient, errand),
        "said": f"{place}{department}",
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    proposal = Proposal(doer="apply_for_slot", details=details, done=TOLD)
    return Answer("ask", (line,), lang=errand.lang, proposal=proposal)
