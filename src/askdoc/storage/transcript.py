"""Conversations in tables.

A turn takes its number from the row of its conversation, in the statement that also overwrites the
state: whoever comes second waits there, so no number is given twice and none is left out.
"""

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
    TurnRecord,
    UnknownConversation,
    checked_state,
    checked_turn,
    in_utc,
    whole_text,
)
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.tables import conversations, hand_overs, turns

# What every turn runs is put together once.
_STATE = select(conversations.c.state).where(conversations.c.id == bindparam("conversation"))
_COUNTED = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(turn_count=conversations.c.turn_count + 1, state=bindparam("after"))
    .returning(conversations.c.turn_count)
)
_TOLD = insert(turns)


def open_transcript(at: Path | str) -> "SqlTranscript":
    """The conversations kept in a file or at a URL, with the tables made if need be.

    Raises the errors of `failures`.
    """
    database = connect(at)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlTranscript(database)


class SqlTranscript:
    """`Transcript` over SQLite or PostgreSQL; `close` when it is no longer needed."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        counted = {"conversation": whole_text(conversation), "after": checked_state(state)}
        row = _row(checked_turn(turn))
        with self._database.writing() as connection:
            number: int | None = connection.execute(_COUNTED, counted).scalar_one_or_none()
            if number is None:
                raise UnknownConversation
            row |= {"conversation": conversation, "number": number}
            connection.execute(_TOLD, row)
        return number

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

    def hand_over(self, conversation: str, summary: str, now: datetime) -> str:
        id = secrets.token_hex(16)
        row = {
            "id": id,
            "conversation": conversation,
            "summary": whole_text(summary),
            "opened_at": in_utc(now),
            "state": "open",
        }
        with self._database.writing() as connection:
            _conversation(connection, conversation, hold=True)
            connection.execute(insert(hand_overs), row)
        return id

    def handed_over(self, conversation: str) -> list[HandOver]:
        left = (
            select(hand_overs)
            .where(hand_overs.c.conversation == whole_text(conversation))
            .order_by(hand_overs.c.number)
        )
        with self._database.reading() as connection:
            _conversation(connection, conversation)
            rows = connection.execute(left).all()
        return [
            HandOver(row.id, row.conversation, row.summary, row.opened_at, row.state)
            for row in rows
        ]

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()


def _conversation(connection: Connection, conversation: str, hold: bool = False) -> Row[Any]:
    """Its row, which stays until the end of the transaction if held."""
    asked = select(conversations).where(conversations.c.id == whole_text(conversation))
    row = connection.execute(asked.with_for_update(read=True, key_share=True) if hold else asked)
    found = row.one_or_none()
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
