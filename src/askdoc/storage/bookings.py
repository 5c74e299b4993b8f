"""Holding, confirming, moving and giving back a slot.

Nothing asks first whether a slot is free: the row is put in, and the unique index says whether
somebody was there before. A hold past its end is ended by whoever comes next, or by `lapse_holds`.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from askdoc.care.referrals.bookings import Booking, State
from askdoc.care.referrals.errors import (
    CancelThere,
    HoldOver,
    KeyUsed,
    NotBooked,
    NotOpenYet,
    SlotOver,
    SlotTaken,
    TooManyHolds,
    UnknownBooking,
    UnknownSlot,
)
from askdoc.care.referrals.grants import Grant, Standing
from askdoc.care.referrals.slots import today_of
from askdoc.storage.slot_desk import Desk, LockedSlot, lock_person, lock_slot, lock_slots
from askdoc.storage.slot_letters import recall_of
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import BOOKINGS, booking_from, plain_reason
from askdoc.storage.slot_search import grant_for
from askdoc.storage.slot_tables import bookings
from askdoc.storage.standing import standing_from
from askdoc.storage.waiting_list import offer, settle_wish

# Of a booking that was left, what waits to be sent is no longer so.
_LEFT: tuple[State, ...] = ("cancelled", "moved", "given_back")


def hold_slot(desk: Desk, person: str, slot: int, now: datetime) -> Booking:
    """Hold a slot for a person until the rules' minutes are over.

    Raises UnknownSlot, SlotOver, NotOpenYet, TooManyHolds and SlotTaken.
    """
    return _take(desk, person, slot, now, None)


def book_slot(desk: Desk, person: str, slot: int, key: str, now: datetime) -> Booking:
    """Hold and confirm at once, for somebody who has decided. Raises as both do."""
    return _take(desk, person, slot, now, key)


def _take(desk: Desk, person: str, slot: int, now: datetime, key: str | None) -> Booking:
    with desk.database.writing() as connection:
        row = lock_person(connection, person)
        if key is not None:
            done = by_key(connection, person, key)
            if done is not None:
                return _same(done, done.slot.id == slot)
        locked = lock_slot(connection, slot)
        given = _granted(desk, connection, row, locked, now)
        if key is None:
            _refuse_one_more(desk, connection, person, now)
        if not _end_overdue(desk, connection, locked, now):
            return _put_new(desk, connection, person, locked, given, now, key)
    # The hold that ended here is now an offer to whoever waited: that is kept.
    raise SlotTaken


def _put_new(
    desk: Desk,
    connection: Connection,
    person: str,
    locked: LockedSlot,
    given: Grant,
    now: datetime,
    key: str | None,
) -> Booking:
    """A hold, or with a key a booking. Raises SlotTaken."""
    state: State = "held" if key is None else "unknown" if locked.ref else "booked"
    held_until = None if key else now + timedelta(minutes=desk.rules.hold_minutes)
    row = _row(person, locked.slot.id, given, now) | {"state": state, "held_until": held_until}
    id = put(connection, row | {"key": key})
    if state == "booked":
        tell(connection, person, "booked", id, now)
    return Booking(
        id=id,
        person=person,
        slot=locked.slot,
        state=state,
        door=given.door,
        reasons=given.reasons,
        made_at=now,
        held_until=held_until,
    )


def confirm(desk: Desk, person: str, booking: str, key: str, now: datetime) -> Booking:
    """Turn a hold into a booking; the same key again gives the same booking.

    A slot of a hospital's own system becomes `unknown` until that system has answered.
    Raises UnknownBooking, HoldOver, KeyUsed.
    """
    with desk.database.writing() as connection:
        lock_person(connection, person)
        done = by_key(connection, person, key)
        if done is not None:
            return _same(done, done.id == booking)
        held = own(connection, person, booking)
        if held.state not in ("held", "lapsed"):
            raise NotBooked(state=held.state)
        locked = lock_slot(connection, held.slot.id)
        state: State = "unknown" if locked.ref else "booked"
        kept = update(bookings).where(
            bookings.c.id == booking, bookings.c.state == "held", bookings.c.held_until > now
        )
        values = {"state": state, "key": key, "changed_at": now, "held_until": None}
        if connection.execute(kept.values(values)).rowcount == 0:
            raise HoldOver
        settle_wish(connection, booking)
        if state == "booked":
            tell(connection, person, "booked", booking, now)
        return own(connection, person, booking)


def reschedule(
    desk: Desk, person: str, booking: str, slot: int, key: str, now: datetime
) -> Booking:
    """Move a booking to another slot: both change, or neither.

    Raises as `hold_slot` and `confirm` do; NotBooked for what is no booking any more, and for a
    slot of a hospital's own system, which is booked anew and the old one cancelled.
    """
    with desk.database.writing() as connection:
        row = lock_person(connection, person)
        done = by_key(connection, person, key)
        if done is not None:
            return _same(done, done.replaces == booking)
        old = own(connection, person, booking)
        if (old.slot.id, old.state) == (slot, "booked"):
            return old
        fresh, left = lock_slots(connection, [slot, old.slot.id])
        if fresh.ref or left.ref:
            raise NotBooked(state="unknown")
        given = _granted(desk, connection, row, fresh, now)
        _change(connection, old.id, ("booked",), "moved", now)
        if _end_overdue(desk, connection, fresh, now):
            raise SlotTaken
        new = _row(person, slot, given, now)
        id = put(connection, new | {"state": "booked", "key": key, "replaces": booking})
        tell(connection, person, "booked", id, now)
        offer(desk, connection, left, now)
        return own(connection, person, id)


def cancel(
    desk: Desk, person: str, booking: str, now: datetime, is_told_there: bool = False
) -> Booking:
    """Give a hold or booking back; done twice it is the same.

    What a hospital's own system has booked is cancelled there first (`is_told_there`).
    Raises UnknownBooking, SlotOver, NotBooked, CancelThere.
    """
    with desk.database.writing() as connection:
        lock_person(connection, person)
        old = own(connection, person, booking)
        if old.state not in ("given_back", "cancelled"):
            locked = lock_slot(connection, old.slot.id)
            if old.slot.starts_at() <= now:
                raise SlotOver
            if locked.ref and old.state == "booked" and not is_told_there:
                raise CancelThere
            state: State = "given_back" if old.state == "held" else "cancelled"
            _change(connection, old.id, ("held", "booked"), state, now)
            settle_wish(connection, booking, "left")
            offer(desk, connection, locked, now)
        return own(connection, person, booking)


def note_visit(desk: Desk, booking: str, came: bool, now: datetime) -> None:
    """Staff note that somebody came, or did not. Raises UnknownBooking, NotBooked."""
    with desk.database.writing() as connection:
        kept = connection.execute(BOOKINGS.where(bookings.c.id == booking)).one_or_none()
        if kept is None:
            raise UnknownBooking
        old = booking_from(kept)
        if old.slot.starts_at() > now:
            raise NotBooked(state=old.state)
        _change(connection, old.id, ("booked",), "attended" if came else "missed", now)


def lapse_holds(desk: Desk, now: datetime) -> int:
    """End every hold past its end and offer its slot to whoever waits; how many were ended."""
    overdue = select(bookings.c.slot).where(
        bookings.c.state == "held", bookings.c.held_until <= now
    )
    with desk.database.reading() as connection:
        ids = list(connection.execute(overdue.order_by(bookings.c.slot)).scalars())
    ended = 0
    for slot in ids:
        with desk.database.writing() as connection:
            locked = lock_slot(connection, slot)
            over = connection.execute(_OVERDUE, {"slot": slot, "now": now}).first()
            if over is not None:
                _end_overdue(desk, connection, locked, now)
                ended += 1
    return ended


def mine(desk: Desk, person: str, now: datetime) -> list[Booking]:
    """What a person holds or has booked that is not past, earliest first."""
    today = today_of(now)
    asked = BOOKINGS.where(
        bookings.c.person == person, bookings.c.state.in_(("held", "unknown", "booked"))
    )
    with desk.database.reading() as connection:
        found = [booking_from(row) for row in connection.execute(asked)]
    live = [one for one in found if one.slot.day >= today and not one.is_over(now)]
    return sorted(live, key=lambda one: (one.slot.day, one.slot.begins, one.id))


def booking_of(desk: Desk, person: str, booking: str) -> Booking:
    """One booking of a person as it stands. Raises UnknownBooking."""
    with desk.database.reading() as connection:
        return own(connection, person, booking)


_OWN = BOOKINGS.where(
    bookings.c.id == bindparam("booking"), bookings.c.person == bindparam("person")
)
_BY_KEY = select(bookings.c.id).where(
    bookings.c.person == bindparam("person"), bookings.c.key == bindparam("key")
)
_OVERDUE = select(bookings.c.id, bookings.c.person).where(
    bookings.c.slot == bindparam("slot"),
    bookings.c.state == "held",
    bookings.c.held_until <= bindparam("now"),
)
_PUT = insert(bookings)


def own(connection: Connection, person: str, booking: str) -> Booking:
    """As `booking_of`, inside a transaction."""
    row = connection.execute(_OWN, {"booking": booking, "person": person}).one_or_none()
    if row is None:
        raise UnknownBooking
    return booking_from(row)


def by_key(connection: Connection, person: str, key: str) -> Booking | None:
    """What this person has confirmed with this key."""
    id = connection.execute(_BY_KEY, {"person": person, "key": key}).scalar_one_or_none()
    return None if id is None else own(connection, person, id)


def put(connection: Connection, row: dict[str, Any]) -> str:
    """Take a slot; the id of the booking. Raises SlotTaken when somebody was before."""
    id = secrets.token_hex(8)
    try:
        connection.execute(_PUT, row | {"id": id})
    except IntegrityError:
        # The caller's transaction is over: all that it did is undone with it.
        raise SlotTaken from None
    return id


def _granted(
    desk: Desk, connection: Connection, person: Row[Any], locked: LockedSlot, now: datetime
) -> Grant:
    if not locked.is_offered:
        raise UnknownSlot
    if locked.slot.starts_at() <= now:
        raise SlotOver
    today = today_of(now)
    # What is open to all needs no standing.
    is_public = today >= locked.slot.public_from
    standing = Standing() if is_public else standing_from(connection, person, today)
    given = grant_for(desk, locked.slot, locked.own, standing, today)
    if not given.is_open:
        raise NotOpenYet(opens=given.opens)
    return given


def _refuse_one_more(desk: Desk, connection: Connection, person: str, now: datetime) -> None:
    """An offer does not count: somebody else made it."""
    held = (
        select(func.count())
        .select_from(bookings)
        .where(
            bookings.c.person == person,
            bookings.c.state == "held",
            bookings.c.held_until > now,
            bookings.c.wish.is_(None),
        )
    )
    if connection.execute(held).scalar_one() >= desk.rules.most_holds:
        raise TooManyHolds(most=desk.rules.most_holds)


def _row(person: str, slot: int, given: Grant, now: datetime) -> dict[str, Any]:
    return {
        "slot": slot,
        "person": person,
        "door": given.door,
        "reasons": [plain_reason(reason) for reason in given.reasons],
        "made_at": now,
        "changed_at": now,
    }


def _end_overdue(desk: Desk, connection: Connection, locked: LockedSlot, now: datetime) -> bool:
    """End a hold past its end; whether its slot went to somebody who waits."""
    over = connection.execute(_OVERDUE, {"slot": locked.slot.id, "now": now}).first()
    if over is None:
        return False
    _change(connection, over.id, ("held",), "lapsed", now)
    settle_wish(connection, over.id, "left")
    tell(connection, over.person, "hold_over", over.id, now)
    return offer(desk, connection, locked, now)


def _change(
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


def _same(done: Booking, is_same: bool) -> Booking:
    if not is_same:
        raise KeyUsed
    return done
