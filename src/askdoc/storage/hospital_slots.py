"""What a hospital's own system has, as slots here: new ones, changed ones, those free no more.

A slot that the hospital gave to somebody else is withdrawn from sale here and nobody is told: who
has it through us keeps it, until the hospital cancels the booking itself.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from askdoc.care.referrals.errors import UnknownHospital
from askdoc.care.referrals.hospital_system import Offered
from askdoc.care.referrals.slots import NewSlot, whole
from askdoc.care.referrals.terms import Terms
from askdoc.china_days import today_of
from askdoc.storage.booking_office import Office, add_missing, own_terms_from
from askdoc.storage.hospital_changes import change_slots, differs, session_of
from askdoc.storage.slot_tables import LIVE, bookings, doctors, hospitals, slots

# A statement takes only so many values.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many slots are new, no longer for sale, for sale again, and otherwise than before."""

    new: int
    gone: int
    again: int
    changed: int = 0


def take_in(office: Office, hospital: str, listed: Sequence[Offered], now: datetime) -> TakenIn:
    """Make the slots of a hospital's system what it lists now. Raises UnknownHospital.

    `listed` is all that it has from today on: what is not in it is not free.
    """
    today = today_of(now)
    with office.database.writing() as connection:
        row = connection.execute(
            select(hospitals).where(hospitals.c.id == hospital).with_for_update(key_share=True)
        ).one_or_none()
        if row is None:
            raise UnknownHospital(said=hospital, known="")
        terms = office.terms(row.region, own_terms_from(row.own_terms), today)
        known = _known(connection, hospital, today, {one.ref for one in listed})
        new = [one for one in listed if one.ref not in known and one.is_free and one.day >= today]
        changed = [
            (known[one.ref].id, one)
            for one in listed
            if one.ref in known and differs(known[one.ref], one)
        ]
        free = {one.ref for one in listed if one.is_free}
        gone = [one.id for ref, one in known.items() if one.is_offered and ref not in free]
        again = [one.id for ref, one in known.items() if not one.is_offered and ref in free]
        _publish(connection, hospital, new, terms)
        return TakenIn(
            changed=change_slots(office, connection, changed, terms, now),
            new=len(new),
            gone=_sell(connection, gone, is_offered=False),
            again=_sell(connection, again, is_offered=True),
        )


def _known(
    connection: Connection, hospital: str, today: date, refs: Collection[str]
) -> dict[str, Any]:
    """What is here of days to come, and of days gone by what is listed again for another day."""
    there = select(slots).where(slots.c.hospital == hospital, slots.c.ref.is_not(None))
    found = {row.ref: row for row in connection.execute(there.where(slots.c.day >= today))}
    others = [ref for ref in refs if ref not in found]
    for begins in range(0, len(others), _AT_ONCE):
        some = there.where(slots.c.ref.in_(others[begins : begins + _AT_ONCE]))
        found |= {row.ref: row for row in connection.execute(some)}
    return found


def _publish(connection: Connection, hospital: str, new: list[Offered], terms: Terms) -> None:
    of_day = Counter(dict(_counts(connection, hospital, (slots.c.day,))))
    beside = Counter(
        dict(_counts(connection, hospital, (slots.c.doctor, slots.c.day, slots.c.begins)))
    )
    rows = []
    for one in new:
        add_missing(
            connection, doctors, {"hospital": hospital, "id": one.doctor, "name": one.doctor_name}
        )
        half = (one.doctor, one.day, one.begins)
        made = whole(session_of(hospital, one), terms, of_day[one.day])
        rows.append(_row(made, beside[half], one.ref))
        of_day[one.day] += 1
        beside[half] += 1
    if rows:
        connection.execute(insert(slots), rows)


def _counts(connection: Connection, hospital: str, by: tuple[Any, ...]) -> list[tuple[Any, int]]:
    asked = select(*by, func.count()).where(slots.c.hospital == hospital).group_by(*by)
    return [
        (row[0] if len(by) == 1 else tuple(row[:-1]), row[-1]) for row in connection.execute(asked)
    ]


def _row(new: NewSlot, place: int, ref: str) -> dict[str, object]:
    return {
        "hospital": new.session.hospital,
        "department": new.session.department,
        "doctor": new.session.doctor,
        "day": new.session.day,
        "begins": new.begins,
        "ends": new.ends,
        "place": place,
        "pool": new.pool,
        "entitled_from": new.entitled_from,
        "public_from": new.public_from,
        "is_offered": True,
        "ref": ref,
    }


def _sell(connection: Connection, ids: list[int], is_offered: bool) -> int:
    """Put slots on sale or take them off; what somebody has here is left as it is."""
    changed = update(slots).where(
        slots.c.id.in_(ids),
        slots.c.id.not_in(select(bookings.c.slot).where(text(LIVE))),
    )
    return connection.execute(changed.values(is_offered=is_offered)).rowcount
