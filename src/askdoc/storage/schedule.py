"""Schedules: sessions become slots, and a hospital may take slots back.

Publishing the same session again changes nothing, so a file may be imported twice, also after its
day was taken back: that comes back by hand alone, or one old file would sell an absent doctor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, insert, select, update

from askdoc.assistant.talk.transcript import whole_text
from askdoc.care.referrals.bookings import UPCOMING, Wanted
from askdoc.care.referrals.errors import UnknownHospital
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.referrals.terms import OwnTerms, Terms
from askdoc.china_days import today_of
from askdoc.storage.booking_office import (
    LockedSlot,
    Office,
    add_missing,
    lock_slots,
    own_terms_from,
)
from askdoc.storage.published_day import day_at
from askdoc.storage.record_links import name_clinic
from askdoc.storage.slot_letters import recall_of
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import BOOKINGS
from askdoc.storage.slot_search import free_slots
from askdoc.storage.slot_tables import bookings, doctors, hospitals, slots
from askdoc.storage.waiting_list import settle_wish

_ALTERNATIVES = 3
_ALTERNATIVE_DAYS = 14
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Doctor:
    """A doctor of a hospital's schedule."""

    hospital: str
    id: str
    name: str


def add_hospital(office: Office, hospital: Hospital, own: OwnTerms | None = None) -> None:
    """Add a hospital, or change its name, tier and terms."""
    told = {
        "name": hospital.name,
        "region": hospital.region,
        "tier": hospital.tier,
        "own_terms": None if own is None else own.plain(),
    }
    with office.database.writing() as connection:
        if not add_missing(connection, hospitals, told | {"id": hospital.id}):
            connection.execute(
                update(hospitals).where(hospitals.c.id == hospital.id).values(**told)
            )


def all_hospitals(office: Office) -> list[Hospital]:
    """Every hospital that has a schedule here."""
    with office.database.reading() as connection:
        rows = connection.execute(select(hospitals).order_by(hospitals.c.id)).all()
    return [Hospital(row.id, row.name, row.region, row.tier) for row in rows]


def let_keep(connection: Connection, hospital: str, clinic: str) -> None:
    """Let one clinic's staff keep a hospital's schedule. Raises UnknownHospital."""
    name_clinic(connection, whole_text(clinic))
    kept = update(hospitals).where(hospitals.c.id == hospital).values(keeper=whole_text(clinic))
    if connection.execute(kept).rowcount == 0:
        raise UnknownHospital(said=hospital, known=", ".join(_ids(connection)))


def kept_by(connection: Connection, clinic: str | None) -> dict[str, str]:
    """The names of the hospitals whose schedule a clinic's staff keep, by their ids."""
    asked = select(hospitals.c.id, hospitals.c.name).where(hospitals.c.keeper == (clinic or ""))
    return {row.id: row.name for row in connection.execute(asked.order_by(hospitals.c.id))}


def departments(office: Office) -> list[str]:
    """Every department that has slots."""
    with office.database.reading() as connection:
        asked = select(slots.c.department).distinct().order_by(slots.c.department)
        return list(connection.execute(asked).scalars())


def publish(
    office: Office,
    people: Iterable[Doctor],
    sessions: Iterable[Session],
    now: datetime,
    *,
    anew: bool = False,
) -> int:
    """Publish sessions by the terms of today; how many slots are new.

    `anew`: the same that was taken back comes back. Raises UnknownHospital and SessionOverlaps.
    """
    made = 0
    whole = sorted(sessions, key=lambda one: (one.hospital, one.day, one.begins, one.doctor))
    with office.database.writing() as connection:
        for one in people:
            named = {"hospital": one.hospital, "id": one.id, "name": one.name}
            add_missing(connection, doctors, named)
        for (hospital, day), of_day in groupby(whole, key=lambda one: (one.hospital, one.day)):
            terms = _locked_terms(office, connection, hospital, now)
            there = day_at(connection, hospital, day)
            rows = [row for one in of_day for row in there.take_in(one, terms, anew)]
            if rows:
                connection.execute(insert(slots), rows)
            made += len(rows)
    return made


def _locked_terms(office: Office, connection: Connection, hospital: str, now: datetime) -> Terms:
    """A hospital's terms of today. Nobody else publishes for it until the transaction ends."""
    row = connection.execute(
        select(hospitals).where(hospitals.c.id == hospital).with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise UnknownHospital(said=hospital, known=", ".join(_ids(connection)))
    return office.terms(row.region, own_terms_from(row.own_terms), today_of(now))


def withdraw(office: Office, hospital: str, doctor: str, day: date, now: datetime) -> int:
    """The hospital cancels a doctor's day; how many people had booked or held.

    Each of them is told once, with free slots of the same department that they may take.
    """
    asked = select(slots.c.id).where(
        slots.c.hospital == hospital, slots.c.doctor == doctor, slots.c.day == day
    )
    with office.database.writing() as connection:
        # All of them first: what is being taken back is no alternative.
        locked = lock_slots(connection, list(connection.execute(asked).scalars()))
        ids = [one.slot.id for one in locked]
        connection.execute(update(slots).where(slots.c.id.in_(ids)).values(is_offered=False))
        return sum(tell_withdrawn(office, connection, one, now) for one in locked)


def tell_withdrawn(
    office: Office, connection: Connection, locked: LockedSlot, now: datetime
) -> bool:
    """End what somebody has of a slot that is no longer offered, and tell them what else is free;
    whether anybody had it."""
    live = BOOKINGS.where(bookings.c.slot == locked.slot.id, bookings.c.state.in_(UPCOMING))
    row = connection.execute(live).one_or_none()
    if row is None:
        return False
    changed = update(bookings).where(bookings.c.id == row.booking)
    connection.execute(changed.values(state="withdrawn", changed_at=now))
    recall_of(connection, row.booking, "withdrawn", now)
    settle_wish(connection, row.booking, "waiting")
    nearest = nearest_free(office, connection, row.person, locked, now)
    tell(connection, row.person, "withdrawn", row.booking, now, nearest)
    return True


def nearest_free(
    office: Office, connection: Connection, person: str, locked: LockedSlot, now: datetime
) -> list[int]:
    """Free slots that may stand in for one, its own hospital's first."""
    near = Wanted(
        departments=(locked.slot.department,),
        first=today_of(now),
        last=locked.slot.day + timedelta(days=_ALTERNATIVE_DAYS),
    )
    found = free_slots(office, connection, person, near, now, _LOOKED_AT)
    found.sort(key=lambda one: _distance(one.slot.hospital.id, one.slot.day, locked))
    return [one.slot.id for one in found[:_ALTERNATIVES]]


def _distance(hospital: str, day: date, locked: LockedSlot) -> tuple[bool, int]:
    return hospital != locked.slot.hospital.id, abs((day - locked.slot.day).days)


def _ids(connection: Connection) -> list[str]:
    return list(connection.execute(select(hospitals.c.id).order_by(hospitals.c.id)).scalars())
