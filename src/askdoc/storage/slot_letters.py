"""Puts what people are to be told about their slots into the outbox.

A notice and its letter are kept in one transaction, so that nobody is told twice or not at all. Who
has no way to be written to keeps the notice: it waits, and is counted, until there is a way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Text, cast, func, select, update

from askdoc.care.referrals.bookings import Booking, Notice
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.telling import booking_words, request_words
from askdoc.care.reminders import Reached
from askdoc.channels.letters import Letter
from askdoc.storage.care_rows import reached_of
from askdoc.storage.care_tables import residents
from askdoc.storage.database import Database
from askdoc.storage.outbox import put_letters, recall_letters
from askdoc.storage.slot_notices import notice_from
from askdoc.storage.slot_requests import request_in
from askdoc.storage.slot_rows import BOOKINGS, SLOTS, booking_from, slot_from
from askdoc.storage.slot_tables import bookings, notices, slots
from askdoc.wording import Lang

TOPIC = "slot"
# What the person did, or must know to reach the hospital: it passes quiet hours and opting out.
_ASKED_FOR = ("booked", "refused", "cancelled", "withdrawn", "changed", "applied", "arranged")
# Said only while it is still so.
_WHILE = {"offer": ("held",), "reminder": ("booked",), "changed": ("booked",)}
_HOLDS = timedelta(days=3)
_MOST = 100


@dataclass(frozen=True, slots=True)
class PassedOn:
    """How many letters were put, and how many notices wait for a way to their person."""

    put: int
    unreachable: int


def pass_on(database: Database, now: datetime) -> PassedOn:
    """Put a letter for each notice that is due and whose person can be written to."""
    put = 0
    while keys := _reachable(database, now):
        for key in keys:
            with database.writing() as connection:
                put += _pass_on(connection, key, now)
    with database.reading() as connection:
        waiting = select(func.count()).where(notices.c.told_at.is_(None), notices.c.due_at <= now)
        return PassedOn(put, connection.execute(waiting).scalar_one())


def recall_of(connection: Connection, booking: str, why: str, now: datetime) -> None:
    """Cancel what waits to be sent of a booking, inside the transaction that ends it."""
    recall_letters(connection, TOPIC, booking, None, why, now)


def _reachable(database: Database, now: datetime) -> list[str]:
    asked = (
        select(notices.c.key)
        .join(residents, residents.c.id == notices.c.person)
        .where(notices.c.told_at.is_(None), notices.c.due_at <= now)
        .where(cast(residents.c.routes, Text) != "[]")
        .order_by(notices.c.due_at, notices.c.key)
        .limit(_MOST)
    )
    with database.reading() as connection:
        return list(connection.scalars(asked))


def _pass_on(connection: Connection, key: str, now: datetime) -> int:
    marked = update(notices).where(notices.c.key == key, notices.c.told_at.is_(None))
    if connection.execute(marked.values(told_at=now)).rowcount == 0:
        return 0
    notice = notice_from(connection.execute(select(notices).where(notices.c.key == key)).one())
    row = connection.execute(select(residents).where(residents.c.id == notice.person)).one()
    letter = _letter(connection, notice, reached_of(row), now)
    return 0 if letter is None else put_letters(connection, [letter], now)


def _letter(
    connection: Connection, notice: Notice, reached: Reached, now: datetime
) -> Letter | None:
    """The letter of a notice; None where what it tells is no longer so."""
    found = connection.execute(BOOKINGS.where(bookings.c.id == notice.booking)).one_or_none()
    ends = notice.due_at + _HOLDS
    if found is None:
        text = request_words(request_in(connection, str(notice.booking)), reached.lang)
    else:
        booking = booking_from(found)
        if booking.state not in _WHILE.get(notice.kind, (booking.state,)):
            return None
        text = _told(connection, notice, booking, reached.lang)
        ends = booking.held_until or booking.slot.starts_at()
    if ends <= now:
        return None
    return Letter(
        topic=TOPIC,
        subject=str(notice.booking),
        cycle=notice.key,
        kind="reminder" if notice.kind == "reminder" else "notice",
        recipient=notice.person,
        routes=reached.routes,
        text=text,
        lang=reached.lang,
        not_before=notice.due_at,
        not_after=ends,
        unasked=notice.kind not in _ASKED_FOR,
        window=reached.window,
    )


def _told(connection: Connection, notice: Notice, booking: Booking, lang: Lang) -> str:
    others: Sequence[Slot] = ()
    if notice.alternatives:
        rows = connection.execute(SLOTS.where(slots.c.id.in_(notice.alternatives)))
        others = sorted(map(slot_from, rows), key=lambda one: (one.day, one.begins))
    return booking_words(notice.kind, booking, others, lang)
