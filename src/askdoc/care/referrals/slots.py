"""Hospitals and their half-hour slots, and which of them are kept for priority.

A slot is one person's place in one half hour; several slots may share the half hour. Times are
minutes of the hospital's own day: a plan on the wall knows no time zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from askdoc.care.referrals.terms import Terms
from askdoc.china_days import CHINA

Pool = Literal["public", "priority"]
HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Hospital:
    """Where slots are; `tier` is primary, secondary or tertiary, `region` a path of the book."""

    id: str
    name: str
    region: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One doctor's half day: from `begins` to `ends`, so many persons in each half hour."""

    hospital: str
    department: str
    doctor: str
    day: date
    begins: int
    ends: int
    persons: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlot:
    """A slot as it is published; `number` counts within its session.

    `entitled_from` and `public_from` are the days on which it opens to those with priority and to
    all: they stand with the slot, so that what was promised outlives a change of the terms.
    """

    session: Session
    number: int
    begins: int
    ends: int
    pool: Pool
    entitled_from: date
    public_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A published slot, as somebody looking for one sees it."""

    id: int
    hospital: Hospital
    department: str
    doctor: str
    day: date
    begins: int
    ends: int
    pool: Pool
    entitled_from: date
    public_from: date

    def starts_at(self) -> datetime:
        """The moment at which it begins."""
        return moment(self.day, self.begins)


def moment(day: date, minute: int) -> datetime:
    """A minute of a day in China, as an aware moment in UTC."""
    begun = datetime(day.year, day.month, day.day, tzinfo=CHINA)
    return (begun + timedelta(minutes=minute)).astimezone(UTC)


def cut(session: Session, terms: Terms, before: int = 0) -> Iterator[NewSlot]:
    """The slots of a session. `before`: how many the hospital has on that day already.

    Priority slots are spread evenly and counted over the hospital's day, so that of n slots exactly
    the whole part of n times the share is kept: rounding happens once a day, not once a session.
    """
    for number in range((session.ends - session.begins) // HALF_HOUR * session.persons):
        begins = session.begins + number // session.persons * HALF_HOUR
        times = (begins, begins + HALF_HOUR)
        yield _new(session, terms, number, times, before + number)


def whole(session: Session, terms: Terms, before: int = 0) -> NewSlot:
    """The session as one slot, the way a hospital's own system has cut it."""
    return _new(session, terms, 0, (session.begins, session.ends), before)


def _new(
    session: Session, terms: Terms, number: int, times: tuple[int, int], of_day: int
) -> NewSlot:
    kept = is_kept(of_day, terms.priority_share)
    early, late = (
        (terms.priority_lead_days, terms.kept_until_days)
        if kept
        else (terms.public_lead_days, terms.public_lead_days)
    )
    return NewSlot(
        session=session,
        number=number,
        begins=times[0],
        ends=times[1],
        pool="priority" if kept else "public",
        entitled_from=session.day - timedelta(days=early),
        public_from=session.day - timedelta(days=late),
    )


def is_kept(at: int, share: Decimal) -> bool:
    """Whether the slot with this running number, from 0, is one of the kept share."""
    return int((at + 1) * share) > int(at * share)
