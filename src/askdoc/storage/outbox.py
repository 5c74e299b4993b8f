"""The outbox in tables, on SQLite and PostgreSQL.

What a reader would not guess: a row is found by its id alone first and read afterwards, so that one
that cannot be read is set aside and the next one is still found.
"""

import logging
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    delete,
    func,
    select,
    update,
)

from askdoc.assistant.talk.transcript import in_utc
from askdoc.channels import sending
from askdoc.channels.letters import EVERYTHING, Letter, Standing, State, worded
from askdoc.channels.outbox import Held
from askdoc.channels.port import BLOCKED, Receipt, Refused
from askdoc.channels.sending import Ending, Person, Reach, SendingRules
from askdoc.storage.consents import mark_blocked, open_to
from askdoc.storage.database import Database, connect
from askdoc.storage.inserting import insert_into
from askdoc.storage.letter_rows import UNREADABLE, changes, held, new_row, standing_of
from askdoc.storage.letters_due import full_channels, next_answer, next_unasked
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox_tables import heard, letters, opted_out

_LOG = logging.getLogger(__name__)
# Letters looked at in one transaction: enough to put a night's letters off, short for the others.
_LOOKED_AT = 100
_L = letters.c


def open_outbox(at: Path | str) -> "SqlOutbox":
    """The outbox in a file or at a URL, with the tables made if need be.

    Raises the errors of `failures`.
    """
    database = connect(at)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlOutbox(database)


def put_letters(connection: Connection, wanted: Iterable[Letter], now: datetime) -> int:
    """Put letters in, inside a transaction of the caller's: both are kept, or neither."""
    kept = 0
    for letter in wanted:
        muted = letter.unasked and _has_opted_out(connection, letter)
        row = new_row(letter, in_utc(now), muted)
        new = insert_into(connection, letters).on_conflict_do_nothing().returning(_L.number)
        kept += connection.scalar(new, row) is not None
    return kept


def recall_letters(
    connection: Connection, topic: str, subject: str, cycle: str | None, reason: str, now: datetime
) -> int:
    """Cancel what waits, inside a transaction of the caller's."""
    which = [_L.topic == topic, _L.subject == subject]
    if cycle is not None:
        which.append(_L.cycle == cycle)
    return _change_waiting(connection, which, lambda one: sending.recall(one, reason), now)


def report_letter(
    connection: Connection, channel: str, message_id: str, said: State, now: datetime
) -> bool:
    """As `Outbox.report`, inside a transaction of the caller's."""
    row = _row(connection, and_(_L.channel == channel, _L.message_id == message_id))
    if row is None:
        return False
    after = sending.report(standing_of(row), said)
    connection.execute(
        update(letters)
        .where(_L.number == row.number)
        .values(state=after.state, reason=after.reason, changed_at=in_utc(now))
    )
    return True


class SqlOutbox:
    """`Outbox` over SQLite or PostgreSQL; `close` when it is no longer needed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, letters: Iterable[Letter], now: datetime) -> int:
        with self._database.writing() as connection:
            return put_letters(connection, letters, now)

    def take_up(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: Collection[str] = ()
    ) -> Held | None:
        more = True
        while more:
            with self._database.writing() as connection:
                found, more = _take_up(connection, reach, rules, in_utc(now), paused)
                if found is not None:
                    return found
        return None

    def settle(self, held: Held, ending: Ending, rules: SendingRules, now: datetime) -> bool:
        with self._database.writing() as connection:
            row = _row(connection, _L.id == held.id)
            if row is None:
                return False
            standing = standing_of(row)
            if standing.state == "sending" and standing.token == held.standing.token:
                after = sending.settle(held.letter, standing, ending, rules, in_utc(now))
            else:
                late = (
                    sending.late_receipt(standing, ending) if isinstance(ending, Receipt) else None
                )
                if late is None:
                    return False
                after = late
            _keep(connection, held.id, held.letter, after, now)
            if isinstance(ending, Refused) and ending.fields.get("reason") == BLOCKED:
                route = held.letter.routes[held.standing.route]
                mark_blocked(connection, route, in_utc(now))
            return True

    def give_up(self, held: Held, reason: str, now: datetime) -> None:
        with self._database.writing() as connection:
            _set_aside(connection, held.id, reason, now)

    def report(self, channel: str, message_id: str, said: State, now: datetime) -> bool:
        with self._database.writing() as connection:
            return report_letter(connection, channel, message_id, said, now)

    def recall(
        self, topic: str, subject: str, cycle: str | None, reason: str, now: datetime
    ) -> int:
        with self._database.writing() as connection:
            return recall_letters(connection, topic, subject, cycle, reason, now)

    def opt_out(self, recipient: str, topic: str, now: datetime) -> int:
        row = {"recipient": recipient, "topic": topic, "since": in_utc(now)}
        which = [_L.recipient == recipient, _L.unasked.is_(True)]
        if topic != EVERYTHING:
            which.append(_L.topic == topic)
        with self._database.writing() as connection:
            connection.execute(insert_into(connection, opted_out).on_conflict_do_nothing(), row)
            return _change_waiting(connection, which, sending.mute, now)

    def opt_in(self, recipient: str, topic: str) -> None:
        gone = delete(opted_out).where(opted_out.c.recipient == recipient)
        if topic != EVERYTHING:
            gone = gone.where(opted_out.c.topic.in_([topic, EVERYTHING]))
        with self._database.writing() as connection:
            connection.execute(gone)

    def heard(self, channel: str, chat: str, now: datetime) -> None:
        row = {"channel": channel, "chat": chat, "at": in_utc(now)}
        with self._database.writing() as connection:
            newer = insert_into(connection, heard)
            connection.execute(
                newer.on_conflict_do_update(
                    index_elements=["channel", "chat"], set_={"at": newer.excluded.at}
                ),
                row,
            )

    def find(self, topic: str, subject: str, cycle: str, kind: str) -> Held | None:
        named = and_(_L.topic == topic, _L.subject == subject, _L.cycle == cycle, _L.kind == kind)
        with self._database.reading() as connection:
            row = connection.execute(select(letters).where(named)).one_or_none()
        return None if row is None else held(row)

    def listed(self, states: Collection[State], topic: str | None = None) -> list[Held]:
        asked = select(letters).where(_L.state.in_(states)).order_by(_L.number)
        if topic is not None:
            asked = asked.where(_L.topic == topic)
        with self._database.reading() as connection:
            return [held(row) for row in connection.execute(asked)]

    def counted(self, topic: str | None = None) -> Mapping[State, int]:
        asked = select(_L.state, func.count().label("letters")).group_by(_L.state)
        if topic is not None:
            asked = asked.where(_L.topic == topic)
        with self._database.reading() as connection:
            return {row.state: row.letters for row in connection.execute(asked)}

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()


def _take_up(
    connection: Connection,
    reach: Reach,
    rules: SendingRules,
    now: datetime,
    paused: Collection[str],
) -> tuple[Held | None, bool]:
    """A letter to send, if one was found; and whether there may be more to look at."""
    full = full_channels(connection, rules, now)
    for _ in range(_LOOKED_AT):
        # Answers to people who wait go before what nobody asked for.
        number: int | None = connection.scalar(
            next_answer(reach, paused, now)
        ) or connection.scalar(next_unasked(reach, {*paused, *full}, now))
        if number is None:
            return None, False
        try:
            found = held(connection.execute(select(letters).where(_L.number == number)).one())
            person = _person(connection, found)
            after = sending.begin(found.letter, found.standing, person, reach, rules, now)
        except UNREADABLE as failed:
            _LOG.warning("letter.unreadable", extra={"error": type(failed).__name__})
            _set_aside_number(connection, number, now)
            continue
        if after.state == "sending":
            after = replace(after, token=secrets.token_hex(16))
            _keep(connection, found.id, found.letter, after, now, begun_at=now)
            return Held(found.id, worded(found.letter, person.names_medicines), after), False
        _keep(connection, found.id, found.letter, after, now)
    return None, True


def _person(connection: Connection, found: Held) -> Person:
    letter = found.letter
    if letter.kind == sending.ANSWER:
        return Person()
    route = letter.routes[found.standing.route]
    spoke = select(heard.c.at).where(heard.c.channel == route.channel, heard.c.chat == route.chat)
    open = open_to(connection, letter.recipient, route)
    return Person(
        opted_out=letter.unasked and _has_opted_out(connection, letter),
        heard_at=connection.scalar(spoke) if letter.unasked else None,
        agreed=open.agreed,
        lets_abroad=open.lets_abroad,
        blocked=open.blocked,
        names_medicines=open.names_medicines,
    )


def _has_opted_out(connection: Connection, letter: Letter) -> bool:
    found = select(opted_out.c.since).where(
        opted_out.c.recipient == letter.recipient, opted_out.c.topic.in_([letter.topic, EVERYTHING])
    )
    return connection.scalar(found.limit(1)) is not None


def _row(connection: Connection, which: ColumnElement[bool]) -> Row[Any] | None:
    """The newest row of that kind, which stays ours until the end of the transaction."""
    asked = select(letters).where(which).order_by(_L.number.desc()).limit(1)
    return connection.execute(asked.with_for_update()).one_or_none()


def _keep(
    connection: Connection, id: str, letter: Letter, standing: Standing, now: datetime, **also: Any
) -> None:
    row = changes(letter, standing, in_utc(now)) | also
    connection.execute(update(letters).where(_L.id == id).values(row))


def _change_waiting(
    connection: Connection,
    which: Iterable[ColumnElement[bool]],
    change: Callable[[Standing], Standing],
    now: datetime,
) -> int:
    asked = select(letters).where(_L.next_at.is_not(None), *which).order_by(_L.number)
    rows = connection.execute(asked.with_for_update()).all()
    for row in rows:
        one = held(row)
        _keep(connection, one.id, one.letter, change(one.standing), now)
    return len(rows)


def _set_aside(connection: Connection, id: str, reason: str, now: datetime) -> None:
    ended = {"state": "failed", "next_at": None, "token": None, "reason": reason}
    connection.execute(update(letters).where(_L.id == id).values(**ended, changed_at=in_utc(now)))


def _set_aside_number(connection: Connection, number: int, now: datetime) -> None:
    ended = {"state": "failed", "next_at": None, "token": None, "reason": "unreadable"}
    connection.execute(
        update(letters).where(_L.number == number).values(**ended, changed_at=in_utc(now))
    )
