"""Slots whose time or doctor a hospital changed, while it calls them as before.

Who has booked such a slot has it still, as it is now: the hospital moved the visit. They are told
once, with others that they could have instead. Who only holds it has chosen something else than
what it is by now: that hold ends, and confirming says so.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from askdoc.care.referrals.bookings import UPCOMING
from askdoc.care.referrals.hospital_system import Offered
from askdoc.care.referrals.slots import Session, whole
from askdoc.care.referrals.terms import Terms
from askdoc.storage.booking_ends import change_state
from askdoc.storage.booking_office import LockedSlot, Office, add_missing, lock_slot
from askdoc.storage.schedule import nearest_free
from askdoc.storage.slot_letters import recall_of
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_tables import bookings, doctors, slots
from askdoc.storage.waiting_list import settle_wish


def differs(row: Any, listed: Offered) -> bool:
    """Whether a row of `slots` is no longer what the hospital lists."""
    names = ("department", "doctor", "day", "begins", "ends")
    return any(getattr(row, name) != getattr(listed, name) for name in names)


def session_of(hospital: str, listed: Offered) -> Session:
    """A slot that a hospital lists, as a session of its own."""
    return Session(
        hospital=hospital,
        department=listed.department,
        doctor=listed.doctor,
        day=listed.day,
        begins=listed.begins,
        ends=listed.ends,
    )


def change_slots(
    office: Office,
    connection: Connection,
    changed: Iterable[tuple[int, Offered]],
    terms: Terms,
    now: datetime,
) -> int:
    """Make slots what the hospital lists now; how many. What is between us and it waits a round."""
    made = 0
    for id, listed in sorted(changed, key=lambda one: one[0]):
        locked = lock_slot(connection, id)
        of_slot = bookings.c.slot == id
        live = select(bookings.c.id, bookings.c.person, bookings.c.state).where(of_slot)
        has = connection.execute(live.where(bookings.c.state.in_(UPCOMING))).one_or_none()
        if has is not None and has.state in ("unknown", "leaving"):
            continue
        if has is not None and has.state == "held":
            change_state(connection, has.id, ("held",), "lapsed", now)
            settle_wish(connection, has.id, "waiting")
        _put(connection, locked, listed, terms)
        made += 1
        if has is not None and has.state == "booked":
            _tell_changed(office, connection, id, (has.id, has.person), now)
    return made


def _put(connection: Connection, locked: LockedSlot, listed: Offered, terms: Terms) -> None:
    hospital = locked.slot.hospital.id
    named = {"hospital": hospital, "id": listed.doctor, "name": listed.doctor_name}
    add_missing(connection, doctors, named)
    beside = select(func.max(slots.c.place)).where(
        slots.c.hospital == hospital,
        slots.c.doctor == listed.doctor,
        slots.c.day == listed.day,
        slots.c.begins == listed.begins,
    )
    last = connection.execute(beside).scalar_one()
    told: dict[str, Any] = {
        "department": listed.department,
        "doctor": listed.doctor,
        "day": listed.day,
        "begins": listed.begins,
        "ends": listed.ends,
        "place": 0 if last is None else last + 1,
    }
    if listed.day != locked.slot.day:
        of_day = select(func.count()).where(slots.c.hospital == hospital, slots.c.day == listed.day)
        before = connection.execute(of_day).scalar_one()
        new = whole(session_of(hospital, listed), terms, before)
        days = {"entitled_from": new.entitled_from, "public_from": new.public_from}
        told |= {"pool": new.pool} | days
    connection.execute(update(slots).where(slots.c.id == locked.slot.id).values(**told))


def _tell_changed(
    office: Office, connection: Connection, slot: int, of: tuple[str, str], now: datetime
) -> None:
    booking, person = of
    # What waits to be sent names the old time.
    recall_of(connection, booking, "changed", now)
    others = nearest_free(office, connection, person, lock_slot(connection, slot), now)
    # A visit may be changed more than once.
    tell(connection, person, f"changed-{now:%Y%m%dT%H%M%S}", booking, now, others)
