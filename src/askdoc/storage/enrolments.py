"""Codes that a clinic gives out, consents that its staff recorded, and who asked to be left alone.

The code itself is given back once, to be printed, and never kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import insert, select, update

from askdoc.assistant.talk.transcript import in_utc, whole_text
from askdoc.channels.letters import EVERYTHING, Route
from askdoc.reception.chat import Chat
from askdoc.reception.consents import ConsentKind
from askdoc.reception.enrolment import HOLDS_FOR, Enrolment, digest, new_code
from askdoc.storage.care_rows import unnamed
from askdoc.storage.care_tables import residents
from askdoc.storage.chat_rows import chat_of
from askdoc.storage.consents import Heard, keep_consent
from askdoc.storage.database import Database, joined
from askdoc.storage.inserting import insert_into
from askdoc.storage.messaging_tables import chat_people, chats, consents, enrolment_codes, stops
from askdoc.storage.outbox import SqlOutbox

ConsentWay = Literal["desk", "telephone"]


@dataclass(frozen=True, slots=True)
class Stopped:
    """Somebody said that nothing is to be sent: about whom, on which channel, why and when."""

    who: str
    channel: str
    reason: str
    at: datetime


class SqlEnrolments:
    """What a clinic's staff does about chats. Every call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make_codes(
        self, wanted: Iterable[Enrolment], now: datetime, holds_for: timedelta = HOLDS_FOR
    ) -> list[str]:
        """A one-time code for each; codes given out before for the same resident stay good."""
        codes, rows = [], []
        for one in wanted:
            codes.append(new_code())
            rows.append(
                {
                    "digest": digest(codes[-1]),
                    "resident": whole_text(one.resident),
                    "label": whole_text(one.label),
                    "relation": one.relation,
                    "profile": dict(one.profile),
                    "made_by": whole_text(one.made_by),
                    "made_at": in_utc(now),
                    "expires_at": in_utc(now + holds_for),
                }
            )
        if rows:
            with self._database.writing() as connection:
                # A sheet may be printed before the clinic's first list comes in.
                new = insert_into(connection, residents).on_conflict_do_nothing()
                connection.execute(new, [unnamed(str(one["resident"])) for one in rows])
                connection.execute(insert(enrolment_codes), rows)
        return codes

    def withdraw_codes(self, resident: str, now: datetime) -> int:
        """End the unused codes of a resident: a lost sheet. How many there were."""
        its = enrolment_codes.c
        waiting = update(enrolment_codes).where(its.resident == resident, its.used_at.is_(None))
        with self._database.writing() as connection:
            return connection.execute(waiting.values(used_at=in_utc(now))).rowcount

    def record_consent(
        self,
        resident: str,
        kind: ConsentKind,
        way: ConsentWay,
        staff: str,
        now: datetime,
        given: bool = True,
    ) -> None:
        """What a resident said at the desk or on the telephone, and who heard it.

        A no to reminders stops at once what waits for them, on every way; a yes begins anew.
        """
        heard = Heard(who=resident, kind=kind, given=given, way=way, by=staff)
        with self._database.writing() as connection:
            keep_consent(connection, heard, in_utc(now))
            outbox = SqlOutbox(joined(self._database, connection))
            if kind == "reminders" and given:
                outbox.opt_in(resident, EVERYTHING)
            elif kind == "reminders":
                outbox.opt_out(resident, EVERYTHING, now)

    def has_agreed(self, who: str, kind: str) -> bool:
        """Whether the newest word of a resident, or of a chat, on this consent is yes."""
        its = consents.c
        newest = select(its.given).where(its.who == who, its.kind == kind)
        with self._database.reading() as connection:
            return bool(connection.scalar(newest.order_by(its.number.desc()).limit(1)))

    def routes(self, resident: str) -> tuple[Route, ...]:
        """Where a resident may be written to now: chats that agreed and did not stop it."""
        asked = (
            select(chats.c.channel, chats.c.chat)
            .join(chat_people, chat_people.c.chat == chats.c.id)
            .where(chat_people.c.resident == resident)
            .where(chats.c.consented_at.is_not(None), chats.c.stopped_at.is_(None))
            .order_by(chat_people.c.relation != "self", chat_people.c.number)
        )
        with self._database.reading() as connection:
            return tuple(Route(row.channel, row.chat) for row in connection.execute(asked))

    def chat(self, channel: str, chat: str) -> Chat | None:
        """A chat as it is kept; None when it was never heard of or was deleted."""
        asked = select(chats).where(chats.c.channel == channel, chats.c.chat == chat)
        with self._database.reading() as connection:
            row = connection.execute(asked).one_or_none()
            return None if row is None else chat_of(connection, row)

    def stopped(self) -> list[Stopped]:
        """Whom nothing is sent to, and why, oldest first: for the clinic to follow up."""
        with self._database.reading() as connection:
            rows = connection.execute(select(stops).order_by(stops.c.number)).all()
        return [Stopped(row.who, row.channel, row.reason, row.at) for row in rows]
