"""The durable inbox: what came in is kept before the platform hears that it arrived.

What a reader would not guess: a worker leases the chat and not the message, so that two messages of
one chat are never worked on at once and are answered in the order in which they were kept.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.assistant.talk.transcript import JsonObject, Transcript, in_utc, whole_text
from askdoc.channels.inbound import Inbound, Media
from askdoc.channels.letters import Letter, Route
from askdoc.channels.shaping import number_said
from askdoc.reception.chat import Chat, Shown
from askdoc.reception.enrolment import Enrolment
from askdoc.reception.reaction import Reaction
from askdoc.storage.chat_rows import chat_of, conversation_states, new_chat
from askdoc.storage.database import Database, joined
from askdoc.storage.deeds import Doer
from askdoc.storage.keeping import keep_reaction
from askdoc.storage.messaging_tables import chats, enrolment_codes, inbox
from askdoc.storage.outbox import put_letters
from askdoc.storage.shown_choices import shown_in
from askdoc.storage.transcript import SqlTranscript

_I, _C = inbox.c, chats.c


Work = Callable[[Transcript], tuple[Reaction, Sequence[Letter]]]


class LeaseLost(Exception):
    """Another worker has the chat by now; nothing was kept of this one's work."""


class CodeUsed(Exception):
    """Another chat used the code a moment earlier; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that a worker holds, with its chat and the dialogue states of its people.

    `shown` is what a bare number in it would choose from.
    """

    number: int
    token: str
    attempts: int
    message: Inbound
    chat: Chat
    states: Mapping[str, JsonObject | None]
    shown: Shown | None = None


class SqlInbox:
    """The inbox over SQLite or PostgreSQL. Every call is one transaction.

    `doers` carry out what people confirm, as in `SqlTranscript`.
    """

    def __init__(self, database: Database, doers: Mapping[str, Doer] | None = None) -> None:
        self._database = database
        self._doers = doers

    def keep(self, messages: Iterable[Inbound], now: datetime) -> int:
        """Keep messages that are not known yet; how many were new.

        When this returns they are on the disk; when it raises, none of them is certain to be.
        """
        # In one order everywhere: two processes with the same messages never wait in a ring.
        rows = sorted(map(_row, messages), key=lambda row: (row["channel"], row["message_id"]))
        kept = 0
        with self._database.writing() as connection:
            if rows:
                told = [row | {"kept_at": in_utc(now)} for row in rows]
                statement = _insert(connection, inbox).on_conflict_do_nothing()
                counted = statement.execution_options(preserve_rowcount=True)
                kept = connection.execute(counted, told).rowcount
        return kept

    def claim(self, now: datetime, lease: timedelta) -> Claim | None:
        """The oldest message of a chat that nobody works on, held until the lease runs out."""
        if not self._waits(now):
            return None
        with self._database.writing() as connection:
            first = connection.execute(
                select(_I.channel, _I.chat)
                .where(_I.state == "waiting", ~_is_held(now))
                .order_by(_I.number)
                .limit(1)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if first is None:
                return None
            return _taken(connection, first.channel, first.chat, in_utc(now), lease)

    def enrolment(self, digest: str, now: datetime) -> Enrolment | None:
        """What a code stands for; None when there is none, it was used, or its time is over."""
        asked = select(enrolment_codes).where(enrolment_codes.c.digest == digest)
        with self._database.reading() as connection:
            row = connection.execute(asked).one_or_none()
        if row is None or row.used_at is not None or row.expires_at <= now:
            return None
        return Enrolment(
            resident=row.resident,
            label=row.label,
            relation=row.relation,
            made_by=row.made_by,
            profile=row.profile,
        )

    def settle(
        self, claim: Claim, reaction: Reaction, letters: Sequence[Letter], now: datetime
    ) -> None:
        """Keep what the message led to, and that it is done: all of it or nothing.

        Raises LeaseLost and CodeUsed.
        """
        with self._database.writing() as connection:
            _release(connection, claim)
            _done(connection, claim, "done")
            if not keep_reaction(connection, self._database, claim.chat, reaction, in_utc(now)):
                raise CodeUsed
            put_letters(connection, letters, now)

    def settle_inside(self, claim: Claim, work: Work, now: datetime) -> None:
        """As `settle`, with the work done inside the transaction, on a transcript in it.

        Raises LeaseLost and CodeUsed.
        """
        with self._database.writing() as connection:
            _release(connection, claim)
            _done(connection, claim, "done")
            within = joined(self._database, connection)
            reaction, letters = work(SqlTranscript(within, self._doers))
            if not keep_reaction(connection, self._database, claim.chat, reaction, in_utc(now)):
                raise CodeUsed
            put_letters(connection, letters, now)

    def give_up(self, claim: Claim, letters: Sequence[Letter], now: datetime) -> None:
        """End a message that cannot be worked on; the person is told so. Raises LeaseLost."""
        with self._database.writing() as connection:
            _release(connection, claim)
            _done(connection, claim, "failed")
            put_letters(connection, letters, now)

    def let_go(self, claim: Claim) -> None:
        """Leave the message to the next worker at once."""
        with self._database.writing() as connection:
            connection.execute(
                update(chats)
                .where(_C.id == claim.chat.id, _C.lease == claim.token)
                .values(lease=None, leased_until=None)
            )

    def counted(self) -> Mapping[str, int]:
        """How many messages are in which state."""
        asked = select(_I.state, func.count().label("messages")).group_by(_I.state)
        with self._database.reading() as connection:
            return {row.state: row.messages for row in connection.execute(asked)}

    def close(self) -> None:
        """Give back every connection."""
        self._database.close()

    def _waits(self, now: datetime) -> bool:
        asked = select(_I.number).where(_I.state == "waiting", ~_is_held(now)).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(asked) is not None


def _is_held(now: datetime) -> Any:
    same = and_(_C.channel == _I.channel, _C.chat == _I.chat)
    return exists().where(same, _C.leased_until > in_utc(now))


def _row(message: Inbound) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "message_id": message.message_id,
        "chat": message.chat,
        "sender": message.sender,
        "at": in_utc(message.at),
        "said": None if message.text is None else whole_text(message.text),
        "choice": message.choice,
        "media_kind": message.media.kind if message.media else None,
        "media_ref": message.media.ref if message.media else None,
        "pressed_on": message.pressed_on,
        "state": "waiting",
        "attempts": 0,
    }


def _taken(
    connection: Connection, channel: str, chat: str, now: datetime, lease: timedelta
) -> Claim | None:
    """Lease the chat and read its oldest message; None when another worker was quicker."""
    token = secrets.token_hex(16)
    fresh = _insert(connection, chats).values(new_chat(channel, chat))
    connection.execute(fresh.on_conflict_do_nothing())
    free = or_(_C.leased_until.is_(None), _C.leased_until <= now)
    leased: Row[Any] | None = connection.execute(
        update(chats)
        .where(_C.channel == channel, _C.chat == chat, free)
        .values(lease=token, leased_until=now + lease)
        .returning(chats)
    ).one_or_none()
    if leased is None:
        return None
    oldest = connection.execute(
        select(inbox)
        .where(_I.channel == channel, _I.chat == chat, _I.state == "waiting")
        .order_by(_I.number)
        .limit(1)
    ).one_or_none()
    if oldest is None:
        return None
    # Counted before the work: a message that kills its worker is given up one day as well.
    connection.execute(
        update(inbox).where(_I.number == oldest.number).values(attempts=_I.attempts + 1)
    )
    found = chat_of(connection, leased)
    states = conversation_states(connection, found)
    told = _message(oldest)
    shown = shown_in(connection, Route(channel, chat)) if number_said(told.text or "") else None
    return Claim(oldest.number, token, oldest.attempts + 1, told, found, states, shown)


def _message(row: Row[Any]) -> Inbound:
    return Inbound(
        channel=row.channel,
        chat=row.chat,
        sender=row.sender,
        message_id=row.message_id,
        at=row.at,
        text=row.said,
        choice=row.choice,
        media=Media(row.media_kind, row.media_ref) if row.media_kind else None,
        pressed_on=row.pressed_on,
    )


def _release(connection: Connection, claim: Claim) -> None:
    free = update(chats).where(_C.id == claim.chat.id, _C.lease == claim.token)
    if connection.execute(free.values(lease=None, leased_until=None)).rowcount != 1:
        raise LeaseLost


def _done(connection: Connection, claim: Claim, state: str) -> None:
    """End the message; what it said goes, its name stays to be known again."""
    gone = dict.fromkeys(("said", "choice", "media_kind", "media_ref", "pressed_on", "sender"))
    ended = update(inbox).where(_I.number == claim.number, _I.state == "waiting")
    if connection.execute(ended.values(state=state, **gone)).rowcount != 1:
        raise LeaseLost


def _insert(connection: Connection, table: Any) -> Any:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
