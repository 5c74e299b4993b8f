"""A hold becomes a booking, and its person is to be told: both or neither.

Nothing is locked and nothing is read first: the change itself finds out whether there is a live
hold, and whoever changes the same row waits for it. On a server that is one statement, for each
is a way there and back; on a file three, for there the ways cost nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, select, update
from sqlalchemy.dialects import postgresql

from askdoc.care.referrals.bookings import Booking
from askdoc.storage.booking_lookup import own
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_notices import NOTICE, notice_row, tell
from askdoc.storage.slot_rows import booking_from, bookings_in
from askdoc.storage.slot_tables import bookings, notices, slots

_KIND = "booked"
# A slot of a hospital's own system is nobody's until that system has answered.
_AT_HOSPITAL = (
    select(slots.c.ref.is_not(None)).where(slots.c.id == bookings.c.slot).scalar_subquery()
)
_CHANGE = (
    update(bookings)
    .where(
        bookings.c.id == bindparam("booking"),
        bookings.c.person == bindparam("whose"),
        bookings.c.state == "held",
        bookings.c.held_until > bindparam("at"),
    )
    .values(
        state=case((_AT_HOSPITAL, "unknown"), else_="booked"),
        key=bindparam("by"),
        changed_at=bindparam("at"),
        held_until=None,
    )
)
_CHANGED = Prepared(_CHANGE)


def _named(notice: Mapping[str, Any]) -> dict[str, Any]:
    """Its values under names that no column has: the library would put them into the booking."""
    return {f"told_{name}": value for name, value in notice.items()}


def _at_once() -> Select[Any]:
    """The change, the notice, and the booking with its slot, in PostgreSQL's words."""
    made = _CHANGE.returning(*bookings.columns).cte("made")
    told = [bindparam(f"told_{name}", type_=notices.c[name].type) for name in NOTICE]
    noticed = (
        postgresql.insert(notices)
        .from_select(NOTICE, select(*told).where(made.c.state == "booked"))
        .on_conflict_do_nothing()
        .cte("noticed")
    )
    return bookings_in(made).add_cte(noticed)


_AT_ONCE = Prepared(_at_once())


def confirmed(
    connection: Connection, person: str, booking: str, key: str, now: datetime
) -> Booking | None:
    """The booking that a live hold of this person became; None where there is no such hold.

    Raises IntegrityError when the person has confirmed something else with this key.
    """
    told = {"booking": booking, "whose": person, "by": key, "at": now}
    if connection.dialect.name == "postgresql":
        row = _AT_ONCE.first(connection, told | _named(notice_row(person, _KIND, booking, now)))
        return None if row is None else booking_from(row)
    if _CHANGED.count(connection, told) == 0:
        return None
    made = own(connection, person, booking)
    if made.state == "booked":
        tell(connection, person, _KIND, booking, now)
    return made
