"""How a hold or booking ends: given back, cancelled, past its end; whether the person came.

A hold past its end is ended by whoever comes next for its slot, or by `lapse_holds`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from askdoc.care.referrals.bookings import Booking, State
from askdoc.care.referrals.errors import CancelThere, NotBooked, SlotOver, UnknownBooking
from askdoc.storage.booking_lookup import own
from askdoc.storage.booking_office import LockedSlot, Office, lock_person, lock_slot
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_letters import recall_of
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import BOOKINGS, booking_from
from askdoc.storage.slot_tables import bookings
from askdoc.storage.waiting_list import offer, settle_wish

# Of a booking that was left, what waits to be sent is no longer so.
_LEFT: tuple[State, ...] = ("cancelled", "moved", "given_back", "leaving")
_OVERDUE = Prepared(
    select(bookings.c.id, bookings.c.person).where(
        bookings.c.slot == bindparam("slot"),
        bookings.c.state == "held",
        bookings.c.held_until <= bindparam("now"),
    )
)


def cancel(office: Office, person: str, booking: str, now: datetime) -> Booking:
    """Give a hold or booking back; done twice it is the same.

    What a hospital's own system has, or may have, is `leaving` until it is cancelled there.
    Raises UnknownBooking, SlotOver, NotBooked, CancelThere.
    """
    with office.database.writing() as connection:
        lock_person(connection, person)
        old = own(connection, person, booking)
        if old.state not in ("given_back", "cancelled", "leaving"):
            locked = lock_slot(connection, old.slot.id)
            if old.slot.starts_at() <= now:
                raise SlotOver
            if locked.ref and old.state in ("unknown", "booked"):
                if old.slot.hospital.id not in office.connected:
                    raise CancelThere
                change_state(connection, old.id, ("unknown", "booked"), "leaving", now)
            else:
                state: State = "given_back" if old.state == "held" else "cancelled"
                _give_back(office, connection, old, locked, (state, now))
        return own(connection, person, booking)


def cancelled_there(office: Office, person: str, booking: str, now: datetime) -> Booking:
    """Note that the hospital has cancelled what the person gave back; done twice it is the same.

    Raises UnknownBooking.
    """
    with office.database.writing() as connection:
        lock_person(connection, person)
        old = own(connection, person, booking)
        if old.state == "leaving":
            locked = lock_slot(connection, old.slot.id)
            _give_back(office, connection, old, locked, ("cancelled", now))
            tell(connection, person, "cancelled", booking, now)
        return own(connection, person, booking)


def _give_back(
    office: Office,
    connection: Connection,
    old: Booking,
    locked: LockedSlot,
    became: tuple[State, datetime],
) -> None:
    state, now = became
    change_state(connection, old.id, ("held", "booked", "leaving"), state, now)
    settle_wish(connection, old.id, "left")
    offer(office, connection, locked, now)


def note_visit(office: Office, booking: str, came: bool, now: datetime) -> None:
    """Staff note that somebody came, or did not. Raises UnknownBooking, NotBooked."""
    with office.database.writing() as connection:
        kept = connection.execute(BOOKINGS.where(bookings.c.id == booking)).one_or_none()
        if kept is None:
            raise UnknownBooking
        old = booking_from(kept)
        if old.slot.starts_at() > now:
            raise NotBooked(state=old.state)
        change_state(connection, old.id, ("booked",), "attended" if came else "missed", now)


def lapse_holds(office: Office, now: datetime) -> int:
    """End every hold past its end and offer its slot to whoever waits; how many were ended."""
    overdue = select(bookings.c.slot).where(
        bookings.c.state == "held", bookings.c.held_until <= now
    )
    with office.database.reading() as connection:
        ids = list(connection.execute(overdue.order_by(bookings.c.slot)).scalars())
    ended = 0
    for slot in ids:
        with office.database.writing() as connection:
            locked = lock_slot(connection, slot)
            over = _OVERDUE.first(connection, {"slot": slot, "now": now})
            if over is not None:
                _lapse(office, connection, locked, over, now)
                ended += 1
    return ended


def end_overdue(office: Office, connection: Connection, locked: LockedSlot, now: datetime) -> bool:
    """End a hold past its end; whether its slot went to somebody who waits."""
    over = _OVERDUE.first(connection, {"slot": locked.slot.id, "now": now})
    return over is not None and _lapse(office, connection, locked, over, now)


def _lapse(
    office: Office, connection: Connection, locked: LockedSlot, over: Any, now: datetime
) -> bool:
    change_state(connection, over.id, ("held",), "lapsed", now)
    settle_wish(connection, over.id, "left")
    tell(connection, over.person, "hold_over", over.id, now)
    return offer(office, connection, locked, now)


def change_state(
    connection: Connection, booking: str, only: tuple[State, ...], state: State, now: datetime
) -> None:
    """Change the state, when it is still one of `only`. Raises NotBooked."""
    changed = (
        update(bookings)
        .where(bookings.c.id == booking, bookings.c.state.in_(only))
        .values(state=state, changed_at=now)
    )
    if connection.execute(changed).rowcount == 0:
        now_is = select(bookings.c.state).where(bookings.c.id == booking)
        raise NotBooked(state=connection.execute(now_is).scalar_one())
    if state in _LEFT:
        recall_of(connection, booking, state, now)
