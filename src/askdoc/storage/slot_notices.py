"""What people are to be told about their slots, once each.

A notice stands in the transaction of what it tells of: neither can happen without the other. Who
delivers it (`slot_letters`) notes when it was told, in the transaction that puts its letter.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from askdoc.care.referrals.bookings import Notice
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import moment
from askdoc.china_days import today_of
from askdoc.storage.booking_office import add_missing
from askdoc.storage.database import Database
from askdoc.storage.slot_tables import bookings, notices, slots

NOTICE = ("key", "person", "kind", "booking", "alternatives", "due_at")


def tell(
    connection: Connection,
    person: str,
    kind: str,
    booking: str,
    due_at: datetime,
    alternatives: Sequence[int] = (),
) -> None:
    """Put down what a person is to be told of a booking; the same again changes nothing."""
    add_missing(connection, notices, notice_row(person, kind, booking, due_at, alternatives))


def put_reminders(database: Database, rules: HoldRules, now: datetime) -> int:
    """Put down today's reminders of visits to come; how many are new.

    They are made on their day, from what is booked then: what was given back needs no recall, and
    a day on which nothing ran is missed, not made up for.
    """
    if now < moment(today_of(now), rules.reminder_hour * 60):
        return 0
    made = 0
    for count in rules.reminder_days:
        day = today_of(now) + timedelta(days=count)
        visits = (
            select(bookings.c.id, bookings.c.person)
            .join(slots)
            .where(slots.c.day == day, bookings.c.state == "booked")
        )
        # A hospital may have put the visit off, after it was reminded of.
        kind = f"reminder-{count}-{day:%Y%m%d}"
        with database.writing() as connection:
            for one in connection.execute(visits).all():
                row = notice_row(one.person, kind, one.id, now)
                made += add_missing(connection, notices, row)
    return made


def notice_row(
    person: str, kind: str, booking: str, due_at: datetime, alternatives: Sequence[int] = ()
) -> dict[str, Any]:
    """What is kept of something a person is to be told of a booking."""
    return {
        "key": f"{kind}:{booking}",
        "person": person,
        "kind": kind.partition("-")[0],
        "booking": booking,
        "alternatives": list(alternatives),
        "due_at": due_at,
    }


def due(database: Database, now: datetime, limit: int = 100) -> list[Notice]:
    """What is to be told now and has not been, oldest first."""
    asked = (
        select(notices)
        .where(notices.c.told_at.is_(None), notices.c.due_at <= now)
        .order_by(notices.c.due_at, notices.c.key)
        .limit(limit)
    )
    with database.reading() as connection:
        rows = connection.execute(asked).all()
    return [notice_from(row) for row in rows]


def notice_from(row: Row[Any]) -> Notice:
    """A notice from its row."""
    return Notice(
        key=row.key,
        person=row.person,
        kind=row.kind,
        booking=row.booking,
        due_at=row.due_at,
        alternatives=tuple(row.alternatives),
    )
