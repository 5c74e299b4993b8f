"""What a hospital has published of one day, and which slots a session adds to it.

A slot that was taken back is in nobody's way, unless somebody was seen then. It stays as it is,
with what people had of it: new slots stand beside it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, exists, or_, select, text

from askdoc.care.referrals.days_said import clock_words
from askdoc.care.referrals.errors import SessionOverlaps
from askdoc.care.referrals.slots import NewSlot, Session, cut
from askdoc.care.referrals.terms import Terms
from askdoc.storage.slot_tables import LIVE, bookings, slots

# A doctor, and from which minute to which.
_Time = tuple[str, int, int]
_STANDS = or_(
    slots.c.is_offered,
    exists().where(bookings.c.slot == slots.c.id, text(f"bookings.{LIVE}")),
)


@dataclass(slots=True)
class PublishedDay:
    """A day's times that stand, and those that were taken back. `places`: which place is the next
    at a doctor's time; `count`: how many slots there are in all."""

    standing: set[_Time] = field(default_factory=set)
    gone: set[_Time] = field(default_factory=set)
    places: Counter[tuple[str, int]] = field(default_factory=Counter)
    count: int = 0

    def take_in(self, session: Session, terms: Terms, anew: bool) -> list[dict[str, Any]]:
        """The rows of a session's slots; none where the same is there already, or was and comes
        back only `anew`. Raises SessionOverlaps: nobody sees two people at once."""
        made = list(cut(session, terms, self.count))
        times = {_time(one) for one in made}
        if times <= self.standing or (not anew and times <= self.standing | self.gone):
            return []
        for doctor, begins, ends in self.standing:
            if doctor == session.doctor and begins < session.ends and session.begins < ends:
                said = {"begins": clock_words(session.begins), "ends": clock_words(session.ends)}
                raise SessionOverlaps(doctor=doctor, day=session.day, **said)
        rows = [self._row(one) for one in made]
        for one, row in zip(made, rows, strict=True):
            self.add(_time(one), row["place"], stands=True)
        return rows

    def add(self, time: _Time, place: int, stands: bool) -> None:
        """Note a slot that is there."""
        (self.standing if stands else self.gone).add(time)
        self.places[time[:2]] = max(self.places[time[:2]], place + 1)
        self.count += 1

    def _row(self, new: NewSlot) -> dict[str, Any]:
        of = new.session
        first = self.places[of.doctor, new.begins]
        return {
            "hospital": of.hospital,
            "department": of.department,
            "doctor": of.doctor,
            "day": of.day,
            "begins": new.begins,
            "ends": new.ends,
            "place": first + new.number % of.persons,
            "pool": new.pool,
            "entitled_from": new.entitled_from,
            "public_from": new.public_from,
            "is_offered": True,
        }


def day_at(connection: Connection, hospital: str, day: date) -> PublishedDay:
    """What is there of a day. The hospital's row is locked, so nobody adds to it meanwhile."""
    found = PublishedDay()
    asked = select(
        slots.c.doctor, slots.c.begins, slots.c.ends, slots.c.place, _STANDS.label("stands")
    ).where(slots.c.hospital == hospital, slots.c.day == day)
    for row in connection.execute(asked):
        found.add((row.doctor, row.begins, row.ends), row.place, row.stands)
    return found


def _time(new: NewSlot) -> _Time:
    return new.session.doctor, new.begins, new.ends
