"""Slots, bookings and what goes with them, as they are told: each day in words beside its date."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel

from askdoc.care.referrals.bookings import Booking, Found, Waiting
from askdoc.care.referrals.days_said import clock_words, day_words, time_words
from askdoc.care.referrals.requests import Arranged, Request
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.spoken import grant_words, reason_words, slot_words
from askdoc.wording import Lang, phrase

STATE = Literal[
    "held", "unknown", "booked", "leaving", "attended", "missed",
    "lapsed", "given_back", "cancelled", "moved", "withdrawn", "refused",
]  # fmt: skip
DOOR = Literal["public", "priority"]


class SlotTold(BaseModel):
    """A half hour of a doctor; `when` is day and time in full."""

    id: int
    when: str
    day: date
    begins: str
    ends: str
    hospital: str
    hospital_name: str
    region: str
    tier: str
    department: str
    doctor: str


class FreeTold(BaseModel):
    """A half hour that is free: how many places, by which door, and why it may be given."""

    slot: SlotTold
    left: int
    door: DOOR
    why: list[str]


class BookingTold(BaseModel):
    """What somebody has of a slot. `held_until` is the end of a hold or offer."""

    id: str
    resident: str
    state: STATE
    state_shown: str
    slot: SlotTold
    door: DOOR
    why: list[str]
    made_at: datetime
    held_until: datetime | None
    is_offer: bool
    replaces: str | None


class WaitingTold(BaseModel):
    """A place on the waiting list; `because` says what ranks it."""

    id: str
    resident: str
    department: str
    hospital: str | None
    first: date
    last: date
    when: str
    because: str
    since: datetime


class ArrangedTold(BaseModel):
    """What the city's platform gave, as staff read it there."""

    when: str
    hospital: str
    department: str
    doctor: str
    number: str


class RequestTold(BaseModel):
    """A wish for a slot of the city's platform; booked only when it is `arranged`."""

    id: str
    resident: str
    words: str
    first: date
    last: date
    state: Literal["applied", "unclear", "arranged", "refused", "taken_back"]
    state_shown: str
    arranged: ArrangedTold | None
    note: str
    made_at: datetime


def slot_told(slot: Slot, lang: Lang) -> dict[str, Any]:
    """A slot as it is told."""
    return {
        "id": slot.id,
        "when": slot_words(slot, lang),
        "day": slot.day.isoformat(),
        "begins": clock_words(slot.begins),
        "ends": clock_words(slot.ends),
        "hospital": slot.hospital.id,
        "hospital_name": slot.hospital.name,
        "region": slot.hospital.region,
        "tier": slot.hospital.tier,
        "department": slot.department,
        "doctor": slot.doctor,
    }


def free_told(same: list[Found], lang: Lang) -> dict[str, Any]:
    """The free places of one doctor's half hour as they are told."""
    first = same[0]
    return {
        "slot": slot_told(first.slot, lang),
        "left": len(same),
        "door": first.grant.door,
        "why": grant_words(first.grant, lang),
    }


def booking_told(booking: Booking, lang: Lang) -> dict[str, Any]:
    """A booking as it is told."""
    return {
        "id": booking.id,
        "resident": booking.person,
        "state": booking.state,
        "state_shown": phrase(f"referrals.state.{booking.state}", lang),
        "slot": slot_told(booking.slot, lang),
        "door": booking.door,
        "why": [reason_words(reason, lang) for reason in booking.reasons],
        "made_at": booking.made_at.isoformat(),
        "held_until": booking.held_until.isoformat() if booking.held_until else None,
        "is_offer": booking.is_offer,
        "replaces": booking.replaces,
    }


def waiting_told(one: Waiting, lang: Lang) -> dict[str, Any]:
    """A place on the waiting list as it is told."""
    days = [day_words(day, lang) for day in (one.wanted.first, one.wanted.last)]
    return {
        "id": one.id,
        "resident": one.person,
        "department": one.wanted.departments[0],
        "hospital": one.wanted.hospitals[0] if one.wanted.hospitals else None,
        "first": one.wanted.first.isoformat(),
        "last": one.wanted.last.isoformat(),
        "when": phrase("referrals.between", lang, first=days[0], last=days[1]),
        "because": phrase(f"referrals.priority.{one.because or 'none'}", lang),
        "since": one.since.isoformat(),
    }


def request_told(one: Request, lang: Lang) -> dict[str, Any]:
    """A request as it is told."""
    return {
        "id": one.id,
        "resident": one.person,
        "words": "；".join(one.wanted.departments),
        "first": one.wanted.first.isoformat(),
        "last": one.wanted.last.isoformat(),
        "state": one.state,
        "state_shown": phrase(f"referrals.request.state.{one.state}", lang),
        "arranged": None if one.arranged is None else _arranged_told(one.arranged, lang),
        "note": one.note,
        "made_at": one.made_at.isoformat(),
    }


def _arranged_told(one: Arranged, lang: Lang) -> dict[str, str]:
    day, time = day_words(one.day, lang), time_words(one.begins, one.ends, lang)
    return {
        "when": phrase("referrals.day_and_time", lang, day=day, time=time),
        "hospital": one.hospital,
        "department": one.department,
        "doctor": one.doctor,
        "number": one.number,
    }
