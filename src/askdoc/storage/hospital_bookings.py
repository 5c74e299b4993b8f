"""Bookings in a hospital's own system: written down before and after it is asked, never while.

A booking is `unknown` from the moment the hospital may have heard of it until it has said what
became of it, and `leaving` until it has cancelled what the person gave back. Whoever crashes in
between leaves it so and asks again. The key that the hospital gets is the booking's id.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from askdoc.care.referrals.bookings import Booking, State
from askdoc.care.referrals.errors import UnknownBooking
from askdoc.care.referrals.hospital_system import Declined, HospitalSystem, NoAnswer, Visit
from askdoc.care.referrals.slots import moment
from askdoc.china_days import today_of
from askdoc.storage.booking_ends import cancelled_there
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office, lock_slot
from askdoc.storage.schedule import tell_withdrawn
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import BOOKINGS, booking_from
from askdoc.storage.slot_tables import bookings, slots

# A system that is silent so often in a row is left alone until the next round.
_MOST_SILENT = 3
# What ended here by the person's word or by the hospital's no, and must not stand there.
_OVER: tuple[State, ...] = ("cancelled", "refused")


def settle(
    office: Office, system: HospitalSystem, booking: str, now: datetime, is_again: bool = False
) -> Booking:
    """Ask the hospital for what is `unknown`; it stays so when there is no answer.

    `is_again`: somebody may have asked before, so first what became of that. Raises UnknownBooking.
    """
    row = _row_of(office, booking)
    if row.state != "unknown":
        return booking_of(office, row.person, booking)
    try:
        if not is_again or system.find(booking) is None:
            _book(system, _visit(row))
    except NoAnswer:
        return _unanswered(office, row, now)
    except Declined:
        return _record(office, booking, "refused", now)
    return _record(office, booking, "booked", now)


def _book(system: HospitalSystem, visit: Visit) -> None:
    """Raises Declined, but not where an earlier asking of ours, late, has taken the slot."""
    try:
        system.book(visit)
    except Declined:
        if system.find(visit.key) is None:
            raise


def let_go(office: Office, system: HospitalSystem, booking: str, now: datetime) -> Booking:
    """Ask the hospital to cancel what is `leaving`; it stays so when there is no answer.

    Raises UnknownBooking.
    """
    row = _row_of(office, booking)
    if row.state != "leaving":
        return booking_of(office, row.person, booking)
    try:
        system.cancel(booking)
    except NoAnswer:
        return _unanswered(office, row, now)
    return cancelled_there(office, row.person, booking, now)


def reconcile(office: Office, hospital: str, system: HospitalSystem, now: datetime) -> int:
    """Ask again for everything that is unknown or leaving at a hospital; how many were settled."""
    ways: dict[str, Callable[[str], Booking]] = {
        "unknown": lambda one: settle(office, system, one, now, is_again=True),
        "leaving": lambda one: let_go(office, system, one, now),
    }
    asked = (
        select(bookings.c.id, bookings.c.state)
        .join(slots, slots.c.id == bookings.c.slot)
        .where(bookings.c.state.in_(ways), slots.c.hospital == hospital, slots.c.ref.is_not(None))
        .order_by(bookings.c.changed_at, bookings.c.id)
    )
    with office.database.reading() as connection:
        waiting = connection.execute(asked).all()
    settled = silent = 0
    for one in waiting:
        if ways[one.state](one.id).state in ways:
            silent += 1
        else:
            settled, silent = settled + 1, 0
        if silent == _MOST_SILENT:
            break
    return settled


def note_cancelled(office: Office, hospital: str, system: HospitalSystem, now: datetime) -> int:
    """End what the hospital has cancelled, and tell each person once; how many. Raises NoAnswer."""
    keys = system.cancelled(today_of(now))
    asked = (
        select(bookings.c.id)
        .join(slots, slots.c.id == bookings.c.slot)
        .where(bookings.c.state == "booked", slots.c.hospital == hospital, slots.c.ref.is_not(None))
        .where(bookings.c.id.in_(keys))
        .order_by(bookings.c.id)
    )
    with office.database.reading() as connection:
        ids = list(connection.scalars(asked))
    return sum(_withdraw(office, one, now) for one in ids if _is_gone(system, one))


def cancel_strays(office: Office, hospital: str, system: HospitalSystem, now: datetime) -> int:
    """Cancel there what stands there and nobody has here any more; how many. Raises NoAnswer.

    A request that was slow may arrive after it was given back here, or after we were told no.
    """
    keys = system.standing(today_of(now))
    asked = (
        select(bookings.c.id)
        .join(slots, slots.c.id == bookings.c.slot)
        .where(bookings.c.state.in_(_OVER), slots.c.hospital == hospital)
        .where(bookings.c.id.in_(keys))
        .order_by(bookings.c.id)
    )
    with office.database.reading() as connection:
        strays = list(connection.scalars(asked))
    for key in strays:
        system.cancel(key)
    return len(strays)


def _is_gone(system: HospitalSystem, key: str) -> bool:
    try:
        return system.find(key) is None
    except Declined:
        return True


def _withdraw(office: Office, booking: str, now: datetime) -> bool:
    mine = select(bookings.c.slot, bookings.c.state).where(bookings.c.id == booking)
    with office.database.writing() as connection:
        locked = lock_slot(connection, connection.execute(mine).one().slot)
        if connection.execute(mine).one().state != "booked":
            # Given back meanwhile: the slot may be somebody else's by now.
            return False
        gone = update(slots).where(slots.c.id == locked.slot.id).values(is_offered=False)
        connection.execute(gone)
        return tell_withdrawn(office, connection, locked, now)


def _row_of(office: Office, booking: str) -> Row[Any]:
    asked: Select[Any] = (
        select(
            bookings.c.id,
            bookings.c.person,
            bookings.c.state,
            slots.c.ref,
            slots.c.day,
            slots.c.begins,
            slots.c.ends,
        )
        .join(slots, slots.c.id == bookings.c.slot)
        .where(bookings.c.id == booking)
    )
    with office.database.reading() as connection:
        row = connection.execute(asked).one_or_none()
    if row is None:
        raise UnknownBooking
    return row


def _visit(row: Row[Any]) -> Visit:
    return Visit(
        ref=row.ref,
        key=row.id,
        patient=row.person,
        starts_at=moment(row.day, row.begins),
        ends_at=moment(row.day, row.ends),
    )


def _unanswered(office: Office, row: Row[Any], now: datetime) -> Booking:
    """Put it behind all others that wait, so that one that never is answered stops nobody."""
    asked = update(bookings).where(bookings.c.id == row.id, bookings.c.state == row.state)
    with office.database.writing() as connection:
        connection.execute(asked.values(changed_at=now))
    return booking_of(office, row.person, row.id)


def _record(office: Office, booking: str, state: State, now: datetime) -> Booking:
    with office.database.writing() as connection:
        old = booking_from(connection.execute(BOOKINGS.where(bookings.c.id == booking)).one())
        locked = lock_slot(connection, old.slot.id)
        changed = update(bookings).where(bookings.c.id == booking, bookings.c.state == "unknown")
        if connection.execute(changed.values(state=state, changed_at=now)).rowcount:
            if state == "refused":
                # The hospital gave it to somebody else: it is offered to nobody here.
                connection.execute(
                    update(slots).where(slots.c.id == locked.slot.id).values(is_offered=False)
                )
            tell(connection, old.person, state, booking, now)
    return booking_of(office, old.person, booking)
