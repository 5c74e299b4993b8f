"""Conversations in tables.

A turn takes its number from the row of its conversation, in the statement that also overwrites the
state: whoever comes second waits there, so no number is given twice and none is left out.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from askdoc.assistant.proposal import Deed, Order
from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
    Overtaken,
    Settling,
    TurnRecord,
    UnknownConversation,
    checked_state,
    checked_turn,
    in_utc,
    whole_text,
)
from askdoc.storage.database import Database, Kept, connect
from askdoc.storage.deeds import DOERS, Doer, carry_out, find_deed
from askdoc.storage.desk_tables import tasks
from askdoc.storage.migrating import migrate
from askdoc.storage.prepared import Prepared
from askdoc.storage.tables import conversations, turns

# What every turn runs is put together once.
_STATE = select(conversations.c.state).where(conversations.c.id == bindparam("conversation"))
_COUNTED = Prepared(
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(turn_count=conversations.c.turn_count + 1, state=bindparam("after"))
    .returning(conversations.c.turn_count)
)
_TOLD = Prepared(insert(turns))
# Keeps what belongs to a turn, in the turn's transaction: given its number and what is kept of it.
# What it raises undoes the turn.
Beside = Callable[[Kept, int, NewTurn], None]


def open_transcript(at: Path | str, doers: Mapping[str, Doer] | None = None) -> "SqlTranscript":
    """The conversations kept in a file or at a URL, with the tables made if need be.

    `doers` carry out what people confirm, beside those of the conversation itself. Raises the
    errors of `failures`.
    """
    return SqlTranscript(open_database(at), doers)


def open_database(at: Path | str) -> Database:
    """The database in a file or at a URL, with the tables made if need be.

    Raises the errors of `failures`.
    """
    database = connect(at)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


class SqlTranscript:
    """`Transcript` over SQLite or PostgreSQL; `close` when it is no longer needed."""

    def __init__(
        self,
        database: Database,
        doers: Mapping[str, Doer] | None = None,
        beside: Beside | None = None,
    ) -> None:
        self._database = database
        self._doers = {**DOERS, **(doers or {})}
        self._beside = beside

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        conversation = secrets.token_hex(16)
        row = {
            "id": conversation,
            "channel": whole_text(channel),
            "speaker": whole_text(speaker),
            "opened_at": in_utc(now),
            "turn_count": 0,
        }
        with self._database.writing() as connection:
            connection.execute(insert(conversations), row)
        return conversation

    def latest(self) -> str | None:
        newest = select(conversations.c.id).order_by(
            conversations.c.opened_at.desc(), conversations.c.id
        )
        with self._database.reading() as connection:
            found: str | None = connection.execute(newest.limit(1)).scalar_one_or_none()
        return found

    def state(self, conversation: str) -> JsonObject | None:
        with self._database.reading() as connection:
            row = connection.execute(
                _STATE, {"conversation": whole_text(conversation)}
            ).one_or_none()
        if row is None:
            raise UnknownConversation
        state: JsonObject | None = row.state
        return state

    def append(self, conversation: str, turn: NewTurn, state: JsonObject) -> int:
        kept = checked_turn(turn), checked_state(state)
        with self._database.writing() as connection:
            return _append(connection, conversation, *kept, self._beside)

    @contextmanager
    def settling(self, conversation: str, before: JsonObject | None) -> Iterator[Settling]:
        held = _STATE.with_for_update()
        with self._database.writing() as connection:
            row = connection.execute(held, {"conversation": whole_text(conversation)}).one_or_none()
            if row is None:
                raise UnknownConversation
            if row.state != before:
                raise Overtaken
            yield _Settling(connection, conversation, self._doers, self._beside)

    def deed(self, conversation: str, key: str) -> Deed | None:
        with self._database.reading() as connection:
            _conversation(connection, conversation)
            return find_deed(connection, conversation, key)

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        newest = (
            select(turns)
            .where(turns.c.conversation == whole_text(conversation))
            .order_by(turns.c.number.desc())
            .limit(max(0, count))
        )
        with self._database.reading() as connection:
            rows = connection.execute(newest).all()
            if not rows:
                _conversation(connection, conversation)
        return [_record(row) for row in reversed(rows)]

    def forget(self, conversation: str) -> None:
        gone = delete(conversations).where(conversations.c.id == whole_text(conversation))
        with self._database.writing() as connection:
            if connection.execute(gone).rowcount == 0:
                raise UnknownConversation
        if self._database.file is not None:
            # What was written lately still stands in the log beside the file.
            with self._database.bare() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def handed_over(self, conversation: str) -> list[HandOver]:
        left = (
            select(tasks)
            .where(tasks.c.conversation == whole_text(conversation), tasks.c.kind == "hand_over")
            .order_by(tasks.c.number)
        )
        with self._database.reading() as connection:
            _conversation(connection, conversation)
            rows = connection.execute(left).all()
        return [
            HandOver(row.id, row.conversation, row.summary, row.opened_at, row.state, row.recipient)
            for row in rows
        ]

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()


@dataclass(frozen=True, slots=True)
class _Settling:
    """`Settling` in one open transaction that holds the row of its conversation."""

    connection: Connection
    conversation: str
    doers: Mapping[str, Doer]
    beside: Beside | None

    def carry_out(self, order: Order) -> Deed:
        return carry_out(self.connection, order, self.doers)

    def append(self, turn: NewTurn, state: JsonObject) -> int:
        kept = checked_turn(turn), checked_state(state)
        return _append(self.connection, self.conversation, *kept, self.beside)


def _append(
    connection: Connection,
    conversation: str,
    turn: NewTurn,
    state: JsonObject,
    beside: Beside | None,
) -> int:
    counted = {"conversation": whole_text(conversation), "after": state}
    row = _COUNTED.first(connection, counted)
    if row is None:
        raise UnknownConversation
    number: int = row.turn_count
    _TOLD.run(connection, {**_row(turn), "conversation": conversation, "number": number})
    if beside is not None:
        beside(connection, number, turn)
    return number


def _conversation(connection: Connection, conversation: str) -> Row[Any]:
    """Its row. Raises UnknownConversation."""
    asked = select(conversations).where(conversations.c.id == whole_text(conversation))
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise UnknownConversation
    return found


def _row(turn: NewTurn) -> dict[str, Any]:
    return {
        "at": turn.at,
        "said": turn.said,
        "lang": turn.lang,
        "answer": turn.answer,
        "understood": turn.understood,
        "tools": turn.tools,
        "policy_values": turn.values,
        "passages": turn.passages,
    }


def _record(row: Row[Any]) -> TurnRecord:
    return TurnRecord(
        number=row.number,
        at=row.at,
        said=row.said,
        lang=row.lang,
        answer=row.answer,
        understood=tuple(row.understood),
        tools=tuple(row.tools),
        values=tuple(row.policy_values),
        passages=tuple(row.passages),
    )
