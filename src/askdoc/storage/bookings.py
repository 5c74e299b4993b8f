"""Holding, confirming and moving a slot.

Nothing asks first whether a slot is free: the row is put in, and the unique index says whether
somebody was there before. Only then is it looked at who that was. So is a hold confirmed: it is
looked for only where nothing was there to confirm.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from askdoc.care.referrals.bookings import Booking
from askdoc.care.referrals.errors import (
    HoldOver,
    KeyUsed,
    MoveThere,
    NotBooked,
    NotOpenYet,
    SlotOver,
    SlotTaken,
    TooManyHolds,
    UnknownBooking,
    UnknownSlot,
)
from askdoc.care.referrals.grants import Grant, Standing
from askdoc.china_days import today_of
from askdoc.storage.booking_ends import change_state, end_overdue
from askdoc.storage.booking_lookup import own_and_done
from askdoc.storage.booking_office import (
    LockedSlot,
    Office,
    add_missing,
    lock_person,
    lock_slot,
    lock_slots,
)
from askdoc.storage.confirmation import confirmed
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_notices import tell
from askdoc.storage.slot_rows import plain_reason
from askdoc.storage.slot_search import grant_for
from askdoc.storage.slot_tables import bookings
from askdoc.storage.standing import standing_of
from askdoc.storage.waiting_list import offer, settle_wish


def hold_slot(office: Office, person: str, slot: int, now: datetime) -> Booking:
    """Hold a slot for a person until the rules' minutes are over.

    Raises UnknownSlot, SlotOver, NotOpenYet, TooManyHolds and SlotTaken.
    """
    with office.database.writing() as connection:
        lock_person(connection, person)
        locked = lock_slot(connection, slot)
        given = _granted(office, connection, person, locked, now)
        _refuse_one_more(office, connection, person, now)
        row = _new(office, person, given, now)
        held = _put_or_end_overdue(office, connection, locked, row, now)
    # A hold that ended here may be an offer to whoever waited now: that is kept.
    return _taken(held, person, locked, given)


def confirm(office: Office, person: str, booking: str, key: str, now: datetime) -> Booking:
    """Turn a hold into a booking; the same key again gives the same booking.

    A slot of a hospital's own system becomes `unknown` until that system has answered.
    Raises UnknownBooking, HoldOver, KeyUsed.
    """
    with office.database.writing() as connection:
        try:
            made = confirmed(connection, person, booking, key, now)
        except IntegrityError:
            # Of what is put in here only the key may be there before.
            raise KeyUsed from None
        if made is None:
            return _confirmed_before(connection, person, booking, key)
        if made.is_offer:
            settle_wish(connection, booking)
    return made


def _confirmed_before(connection: Connection, person: str, booking: str, key: str) -> Booking:
    """The booking that was made with this key. Raises what `confirm` says of all others."""
    held, done = own_and_done(connection, person, booking, key)
    if done is not None:
        return _same(done, done.id == booking)
    if held is None:
        raise UnknownBooking
    if held.state not in ("held", "lapsed"):
        raise NotBooked(state=held.state)
    raise HoldOver


def reschedule(
    office: Office, person: str, booking: str, slot: int, key: str, now: datetime
) -> Booking:
    """Move a booking to another slot: both change, or neither.

    Raises as `hold_slot` and `confirm` do; NotBooked for what is no booking any more, and MoveThere
    for a slot of a hospital's own system, which is booked anew and the old one cancelled.
    """
    with office.database.writing() as connection:
        lock_person(connection, person)
        old, done = own_and_done(connection, person, booking, key)
        if done is not None:
            return _same(done, done.replaces == booking)
        if old is None:
            raise UnknownBooking
        if (old.slot.id, old.state) == (slot, "booked"):
            return old
        fresh, left = lock_slots(connection, [slot, old.slot.id])
        if fresh.ref or left.ref:
            raise MoveThere
        given = _granted(office, connection, person, fresh, now)
        change_state(connection, old.id, ("booked",), "moved", now)
        row = _new(office, person, given, now) | {
            "state": "booked",
            "held_until": None,
            "key": key,
            "replaces": booking,
        }
        if end_overdue(office, connection, fresh, now):
            raise SlotTaken
        moved = _put(connection, fresh, row)
        if moved is None:
            raise SlotTaken
        tell(connection, person, "booked", moved["id"], now)
        offer(office, connection, left, now)
    return replace(_taken(moved, person, fresh, given), replaces=booking)


_HELD = Prepared(
    select(func.count().label("held"))
    .select_from(bookings)
    .where(
        bookings.c.person == bindparam("person"),
        bookings.c.state == "held",
        bookings.c.held_until > bindparam("now"),
        bookings.c.wish.is_(None),
    )
)


def _put(connection: Connection, locked: LockedSlot, row: dict[str, Any]) -> dict[str, Any] | None:
    """Take a slot; the row with its id, or None when somebody was before or the key is used."""
    whole = row | {"id": secrets.token_hex(8), "slot": locked.slot.id}
    return whole if add_missing(connection, bookings, whole) else None


def _put_or_end_overdue(
    office: Office, connection: Connection, locked: LockedSlot, row: dict[str, Any], now: datetime
) -> dict[str, Any] | None:
    """As `_put`, also where a hold past its end stands, unless somebody waits for its slot."""
    put = _put(connection, locked, row)
    if put is None and not end_overdue(office, connection, locked, now):
        put = _put(connection, locked, row)
    return put


def _taken(put: dict[str, Any] | None, person: str, locked: LockedSlot, given: Grant) -> Booking:
    """The booking of a row that was put in. Raises SlotTaken where none was."""
    if put is None:
        raise SlotTaken
    return Booking(
        id=put["id"],
        person=person,
        slot=locked.slot,
        state=put["state"],
        door=given.door,
        reasons=given.reasons,
        made_at=put["made_at"],
        held_until=put["held_until"],
        is_at_hospital=locked.ref is not None,
    )


def _granted(
    office: Office, connection: Connection, person: str, locked: LockedSlot, now: datetime
) -> Grant:
    if not locked.is_offered:
        raise UnknownSlot
    if locked.slot.starts_at() <= now:
        raise SlotOver
    today = today_of(now)
    # What is open to all needs no standing.
    is_public = today >= locked.slot.public_from
    standing = Standing() if is_public else standing_of(connection, person, today)
    given = grant_for(office, locked.slot, locked.own, standing, today)
    if not given.is_open:
        raise NotOpenYet(opens=given.opens)
    return given


def _refuse_one_more(office: Office, connection: Connection, person: str, now: datetime) -> None:
    """An offer does not count: somebody else made it."""
    held = _HELD.first(connection, {"person": person, "now": now}).held
    if held >= office.rules.most_holds:
        raise TooManyHolds(most=office.rules.most_holds)


def _new(office: Office, person: str, given: Grant, now: datetime) -> dict[str, Any]:
    """The row of a hold, without its slot."""
    return {
        "person": person,
        "door": given.door,
        "reasons": [plain_reason(reason) for reason in given.reasons],
        "made_at": now,
        "changed_at": now,
        "state": "held",
        "held_until": now + timedelta(minutes=office.rules.hold_minutes),
        "key": None,
        "replaces": None,
    }


def _same(done: Booking, is_same: bool) -> Booking:
    if not is_same:
        raise KeyUsed
    return done
