"""Bookings as they stand: of a person, by the key that confirmed them, one of a person's."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_

from askdoc.care.referrals.bookings import UPCOMING, Booking
from askdoc.care.referrals.errors import UnknownBooking
from askdoc.china_days import today_of
from askdoc.storage.booking_office import Office
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_rows import BOOKINGS, booking_from
from askdoc.storage.slot_tables import bookings

_OWN = Prepared(
    BOOKINGS.where(bookings.c.id == bindparam("booking"), bookings.c.person == bindparam("person"))
)
# One question for both: somebody else's writing waits for each.
_OWN_OR_DONE = Prepared(
    BOOKINGS.where(
        bookings.c.person == bindparam("person"),
        or_(bookings.c.id == bindparam("booking"), bookings.c.key == bindparam("key")),
    )
)
_MINE = BOOKINGS.where(bookings.c.person == bindparam("person"), bookings.c.state.in_(UPCOMING))


def mine(office: Office, person: str, now: datetime) -> list[Booking]:
    """What a person holds or has booked that is not past, earliest first."""
    today = today_of(now)
    with office.database.reading() as connection:
        found = [booking_from(row) for row in connection.execute(_MINE, {"person": person})]
    live = [one for one in found if one.slot.day >= today and not one.is_over(now)]
    return sorted(live, key=lambda one: (one.slot.day, one.slot.begins, one.id))


def booking_of(office: Office, person: str, booking: str) -> Booking:
    """One booking of a person as it stands. Raises UnknownBooking."""
    with office.database.reading() as connection:
        return own(connection, person, booking)


def own(connection: Connection, person: str, booking: str) -> Booking:
    """As `booking_of`, inside a transaction."""
    row = _OWN.first(connection, {"booking": booking, "person": person})
    if row is None:
        raise UnknownBooking
    return booking_from(row)


def own_and_done(
    connection: Connection, person: str, booking: str, key: str
) -> tuple[Booking | None, Booking | None]:
    """A booking of a person, and what they have confirmed with a key; None where there is none."""
    told = {"person": person, "booking": booking, "key": key}
    rows = _OWN_OR_DONE.rows(connection, told)
    mine = next((booking_from(row) for row in rows if row.booking == booking), None)
    return mine, next((booking_from(row) for row in rows if row.key == key), None)
