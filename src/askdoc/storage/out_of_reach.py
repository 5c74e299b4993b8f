"""Who of a clinic's residents no reminder reaches, and why, as far as it is known today.

All residents are read at once: whoever looks at a list waits for it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from askdoc.care.reminders import TOPIC
from askdoc.channels.letters import EVERYTHING, Route
from askdoc.channels.port import BLOCKED, WRONG_NUMBER
from askdoc.channels.sending import CONSENT_CAME, NO_CONSENT
from askdoc.reception.consents import Word, agreed_to_reminders
from askdoc.storage.call_reports import telephones
from askdoc.storage.care_rows import routes_of
from askdoc.storage.care_tables import residents
from askdoc.storage.desk_tables import tasks
from askdoc.storage.messaging_tables import chat_people, chats, consents, stops
from askdoc.storage.outbox_tables import letters, opted_out

NO_ROUTE, OPTED_OUT, FAILED = "no_route", "opted_out", "failed"
# What a failed letter tells of the way; anything else is only told as failed.
_OF_THE_WAY = (BLOCKED, WRONG_NUMBER, NO_CONSENT)
_ENDED = ("sent", "delivered", "read", "in_doubt", "failed")
_L, _C, _T = letters.c, consents.c, tasks.c
# By who said it: the word's number, the chat that it is about, and the word.
_Words = dict[str, list[tuple[int, str | None, Word]]]


@dataclass(frozen=True, slots=True)
class _Chat:
    id: str
    blocked: bool


def out_of_reach(kept: Connection, clinic: str, people: Collection[Row[Any]]) -> dict[str, str]:
    """Why each of these residents of the clinic is out of reach; who is reached is not in it."""
    theirs = select(residents.c.id).where(residents.c.clinic == clinic)
    found = _chats(kept, theirs)
    words = _words(kept, theirs)
    stopped = _stopped(kept, theirs)
    last = _last_sends(kept, theirs)
    wrong = _wrong_numbers(kept, theirs)
    why: dict[str, str] = {}
    for row in people:
        reason = stopped.get(row.id) or _barred(row, found, words, wrong) or last.get(row.id)
        if reason:
            why[row.id] = reason
    return why


def _barred(
    row: Row[Any],
    found: Mapping[Route, _Chat],
    words: _Words,
    wrong: Collection[str],
) -> str | None:
    """Why none of the ways to somebody is open; None where one is."""
    routes = routes_of(row.routes)
    if not routes:
        return NO_ROUTE
    reasons = [_way_barred(row.id, found.get(one), words) for one in routes]
    if None in reasons:
        return None
    # What asking could mend is told first.
    if NO_CONSENT in reasons:
        return NO_CONSENT
    return WRONG_NUMBER if row.id in wrong and telephones(row.routes) else BLOCKED


def _way_barred(
    resident: str,
    chat: _Chat | None,
    words: _Words,
) -> str | None:
    if chat is not None and chat.blocked:
        return BLOCKED
    id = None if chat is None else chat.id
    told = [one for one in words.get(resident, ()) if one[1] in (None, id)]
    told += words.get(id, []) if id else []
    said = [word for _, _, word in sorted(told, key=lambda one: one[0])]
    return None if agreed_to_reminders(said) else NO_CONSENT


def _chats(kept: Connection, theirs: Any) -> dict[Route, _Chat]:
    """The chats that were linked to these residents, and all that take nothing from us."""
    linked = select(chat_people.c.chat).where(chat_people.c.resident.in_(theirs))
    asked = select(chats.c.id, chats.c.channel, chats.c.chat, chats.c.blocked_at).where(
        or_(chats.c.id.in_(linked), chats.c.blocked_at.is_not(None))
    )
    return {
        Route(row.channel, row.chat): _Chat(row.id, row.blocked_at is not None)
        for row in kept.execute(asked)
    }


def _words(kept: Connection, theirs: Any) -> _Words:
    """What these residents and their chats agreed to."""
    found: _Words = defaultdict(list)
    asked = select(_C.number, _C.who, _C.chat, _C.kind, _C.given)
    linked = select(chat_people.c.chat).where(chat_people.c.resident.in_(theirs))
    for row in kept.execute(asked.where(or_(_C.who.in_(theirs), _C.who.in_(linked)))):
        found[row.who].append((row.number, row.chat, Word(row.kind, row.given)))
    return found


def _stopped(kept: Connection, theirs: Any) -> dict[str, str]:
    """Who wants to hear nothing, by the reason of their last stop."""
    its = opted_out.c
    asked = select(its.recipient).where(
        its.recipient.in_(theirs), its.topic.in_([TOPIC, EVERYTHING])
    )
    found = dict.fromkeys(kept.scalars(asked), OPTED_OUT)
    said = select(stops.c.who, stops.c.reason).where(stops.c.who.in_(theirs))
    for row in kept.execute(said.order_by(stops.c.number)):
        if row.who in found:
            found[row.who] = row.reason
    return found


def _last_sends(kept: Connection, theirs: Any) -> dict[str, str]:
    """Of whom the last letter that ended failed, and for what a list tells."""
    asked = (
        select(_L.recipient, _L.state, _L.reason)
        .where(_L.recipient.in_(theirs), _L.unasked, _L.state.in_(_ENDED))
        .order_by(_L.changed_at, _L.number)
    )
    last = {row.recipient: row for row in kept.execute(asked)}
    return {
        who: row.reason if row.reason in _OF_THE_WAY else FAILED
        for who, row in last.items()
        if row.state == "failed" and row.reason != CONSENT_CAME
    }


def _wrong_numbers(kept: Connection, theirs: Any) -> set[str]:
    asked = select(_T.resident, _T.outcome).where(
        _T.resident.in_(theirs), _T.kind == "call", _T.outcome.is_not(None)
    )
    last = {row.resident: row.outcome for row in kept.execute(asked.order_by(_T.number))}
    return {who for who, outcome in last.items() if outcome == WRONG_NUMBER}
