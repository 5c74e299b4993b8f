"""Consents as they are kept, and what they let be sent where.

A resident's word holds for every way to them, or for the one chat in which it was said; a chat's
own word holds for whoever is written to there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.channels.letters import Route
from askdoc.china_days import CHINA
from askdoc.reception.consents import ConsentKind, Word, agreed_to_reminders, lets_abroad
from askdoc.storage.chat_rows import new_chat
from askdoc.storage.inserting import insert_into
from askdoc.storage.late_consents import mark_agreed
from askdoc.storage.messaging_tables import chats, consents

_C = consents.c
# How a word came to us that a clinic wrote down before it had askdoc.
RECORDS = "records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A word of a resident or a chat, how it was heard, and by whom."""

    who: str
    kind: ConsentKind
    given: bool
    way: str
    by: str
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """What may be sent to a person on one route."""

    agreed: bool
    lets_abroad: bool
    blocked: bool
    names_medicines: bool


def keep_consent(kept: Connection, heard: Heard, now: datetime) -> None:
    """Keep a word; earlier ones stay, to be shown."""
    row = {
        "who": heard.who,
        "chat": heard.chat,
        "kind": heard.kind,
        "way": heard.way,
        "given": heard.given,
        "recorded_by": heard.by,
        "at": now,
    }
    kept.execute(insert(consents), row)
    if heard.given:
        mark_agreed(kept, heard.who)


def keep_recorded(kept: Connection, resident: str, clinic: str, day: date) -> None:
    """Keep a yes to reminders that stands in a clinic's records; once, however often it is told.

    Told again it does not undo a no that was said after it.
    """
    at = datetime.combine(day, time.min, CHINA)
    known = select(_C.number).where(_C.who == resident, _C.way == RECORDS, _C.at == in_utc(at))
    if kept.scalar(known.limit(1)) is None:
        yes = Heard(who=resident, kind="reminders", given=True, way=RECORDS, by=clinic)
        keep_consent(kept, yes, in_utc(at))


def open_to(kept: Connection, recipient: str, route: Route) -> Open:
    """What this person agreed to be sent there, until this moment."""
    chat = _chat(kept, route)
    id = None if chat is None else chat.id
    asked = (
        select(_C.kind, _C.given)
        .where(((_C.who == recipient) & (_C.chat.is_(None) | (_C.chat == id))) | (_C.who == id))
        .order_by(_C.number)
    )
    words = [Word(row.kind, row.given) for row in kept.execute(asked)]
    return Open(
        agreed=agreed_to_reminders(words),
        lets_abroad=lets_abroad(words),
        blocked=chat is not None and chat.blocked_at is not None,
        names_medicines=chat is not None and chat.names_medicines,
    )


def mark_blocked(kept: Connection, route: Route, now: datetime) -> None:
    """Remember that a chat takes nothing from us; also one that never wrote."""
    fresh = insert_into(kept, chats).on_conflict_do_nothing()
    kept.execute(fresh, new_chat(route.channel, route.chat))
    named = (chats.c.channel == route.channel) & (chats.c.chat == route.chat)
    kept.execute(update(chats).where(named).values(blocked_at=now))


def _chat(kept: Connection, route: Route) -> Row[Any] | None:
    here = (chats.c.channel == route.channel) & (chats.c.chat == route.chat)
    return kept.execute(select(chats).where(here)).one_or_none()
