"""Finding free slots by words and fields, the same for the interface and for the pages."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from askdoc.api.acting import office_in, patient_of
from askdoc.api.calls import Call
from askdoc.api.slot_shapes import free_told
from askdoc.care.referrals.asking import departments_named, read_wanted
from askdoc.care.referrals.bookings import Found, Wanted
from askdoc.china_days import today_of
from askdoc.storage.booking_ends import lapse_holds
from askdoc.storage.database import Kept
from askdoc.storage.schedule import all_hospitals, departments
from askdoc.storage.slot_search import find_slots
from askdoc.wording import phrase

_WITHIN_DAYS = 28
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for: `words` may name all of it, the others narrow it."""

    words: str = ""
    department: str = ""
    hospital: str = ""
    tier: str = ""


def wanted(kept: Kept, call: Call, wish: Wish) -> Wanted:
    """The wish as slots are looked for. Raises UnknownHospital and UnclearDay."""
    office = office_in(call, kept)
    every = all_hospitals(office)
    places = [one for one in every if wish.tier in ("", one.tier)]
    said = f"{wish.words} {wish.department} {wish.hospital}"
    words = call.front.house.assistant.lexicon.departments
    named = departments_named(said, departments(office), words)
    read = read_wanted(said, today_of(call.now), named, places, _WITHIN_DAYS)
    if read.hospitals or len(places) == len(every):
        return read
    return Wanted(
        departments=read.departments,
        first=read.first,
        last=read.last,
        hospitals=tuple(one.id for one in places),
        begins=read.begins,
        ends=read.ends,
    )


def free(kept: Kept, call: Call, wish: Wish, resident: str | None) -> list[dict[str, Any]]:
    """The free half hours, earliest first. Raises as `wanted` and `patient_of` do."""
    patient = patient_of(kept, call, resident)
    looked_for = wanted(kept, call, wish)
    found = find_slots(office_in(call, kept), patient.resident, looked_for, call.now, _LOOKED_AT)
    call.note(kept, "slots.find", patient.resident)
    return [free_told(list(same), call.lang) for _, same in groupby(found, key=_half_hour)]


def _half_hour(one: Found) -> tuple[date, int, str, str, str]:
    slot = one.slot
    return slot.day, slot.begins, slot.hospital.id, slot.doctor, one.grant.door


def priority_note(items: list[dict[str, Any]], call: Call) -> str | None:
    """How sure the rules of opening early are, where anything shown was opened early."""
    if not any(one["door"] == "priority" for one in items):
        return None
    return phrase("referrals.cli.priority_unverified", call.lang)


def end_what_is_over(call: Call) -> None:
    """End holds past their end first, so that nobody is told of them as taken."""
    lapse_holds(call.front.house.booking_office, call.now)
