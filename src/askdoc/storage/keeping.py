"""What a message led to, written in the transaction that settles it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.assistant.talk.transcript import whole_text
from askdoc.channels.letters import EVERYTHING
from askdoc.reception.chat import Chat, Person
from askdoc.reception.draft import Draft
from askdoc.reception.reaction import Consent, Reaction, Stop
from askdoc.storage.care_tables import residents
from askdoc.storage.chat_rows import chat_row, person_row
from askdoc.storage.consents import Heard, keep_consent
from askdoc.storage.database import Database, joined
from askdoc.storage.messaging_tables import (
    chat_people,
    chats,
    consents,
    enrolment_codes,
    inbox,
    stops,
)
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.outbox_tables import letters
from askdoc.storage.tables import conversations
from askdoc.storage.transcript import SqlTranscript


def keep_reaction(
    connection: Connection, database: Database, before: Chat, reaction: Reaction, now: datetime
) -> bool:
    """Keep all of it; False when its code was used meanwhile, and then nothing may be kept."""
    if reaction.redeems is not None and not _redeemed(connection, reaction.redeems, now):
        return False
    within = joined(database, connection)
    _keep_draft(connection, within, reaction.draft)
    outbox = SqlOutbox(within)
    outbox.heard(before.channel, before.chat, now)
    for one in reaction.consents:
        keep_consent(connection, _heard(before, one), now)
    if reaction.stop is not None:
        _stop(connection, outbox, before, reaction.stop, now)
    if reaction.opts_in or reaction.resumes:
        known = _stopped_here(connection, before) if reaction.resumes else ()
        for who in (before.id, *reaction.opts_in, *known):
            outbox.opt_in(who, EVERYTHING)
    _set_routes(connection, before, () if reaction.forgets else reaction.chat.people)
    if reaction.forgets:
        _forget(connection, before)
    else:
        _keep_chat(connection, before, reaction.chat)
    return True


def _heard(chat: Chat, told: Consent) -> Heard:
    """A consent as it is kept: a word on a resident's reminders is about this chat alone."""
    about = None if told.about is None else chat.id
    who = told.about or chat.id
    return Heard(who=who, kind=told.kind, given=told.given, way="chat", by=chat.channel, chat=about)


def _set_routes(connection: Connection, before: Chat, after: Iterable[Person]) -> None:
    """Reminders of a resident go first to the chat linked last, and to none that was let go."""
    had = {one.resident for one in before.people if one.resident is not None}
    has = {one.resident for one in after if one.resident is not None}
    ours = [before.channel, before.chat]
    for resident in had ^ has:
        asked = select(residents.c.routes).where(residents.c.id == resident).with_for_update()
        row = connection.execute(asked).one_or_none()
        if row is None:
            continue
        others = [list(one) for one in row.routes or [] if list(one) != ours]
        routes = [ours, *others] if resident in has else others
        changed = update(residents).where(residents.c.id == resident).values(routes=routes)
        connection.execute(changed)


def recipients(chat: Chat) -> list[str]:
    """Under which names letters go to this chat: its own, and those of its residents."""
    return [chat.id, *(one.resident for one in chat.people if one.resident is not None)]


def _redeemed(connection: Connection, digest: str, now: datetime) -> bool:
    its = enrolment_codes.c
    used = update(enrolment_codes).where(
        its.digest == digest, its.used_at.is_(None), its.expires_at > now
    )
    return connection.execute(used.values(used_at=now)).rowcount == 1


def _keep_draft(connection: Connection, within: Database, draft: Draft | None) -> None:
    if draft is None or draft.turn is None or draft.after is None:
        return
    if draft.opening is not None:
        row = {
            "id": draft.conversation,
            "channel": whole_text(draft.opening.channel),
            "speaker": draft.opening.speaker,
            "opened_at": draft.opening.at,
            "turn_count": 0,
        }
        connection.execute(insert(conversations), row)
    SqlTranscript(within).append(draft.conversation, draft.turn, draft.after)


def _keep_chat(connection: Connection, before: Chat, chat: Chat) -> None:
    connection.execute(update(chats).where(chats.c.id == chat.id).values(chat_row(chat)))
    gone = {one.id for one in before.people} - {one.id for one in chat.people}
    if gone:
        connection.execute(delete(chat_people).where(chat_people.c.id.in_(gone)))
    known = {one.id: one for one in before.people}
    for one in chat.people:
        if known.get(one.id) == one:
            continue
        row = person_row(chat, one)
        fresh = _insert(connection).values(row)
        connection.execute(fresh.on_conflict_do_update(index_elements=["id"], set_=row))


def _stop(connection: Connection, outbox: SqlOutbox, chat: Chat, stop: Stop, now: datetime) -> None:
    """Nothing unasked goes to these people any more, on any way; the clinic can read why.

    Whoever was never linked is written to here by the clinic's records, and is meant as well.
    """
    everybody = dict.fromkeys([*recipients(chat), *_told_here(connection, chat)])
    for who in everybody if stop.resident is None else [stop.resident]:
        outbox.opt_out(who, EVERYTHING, now)
        if stop.reason != "deleted":
            row = {"who": who, "channel": chat.channel, "reason": stop.reason, "at": now}
            connection.execute(insert(stops), row)


def _told_here(connection: Connection, chat: Chat) -> list[str]:
    """Who was written to in this chat without having asked."""
    its = letters.c
    here = (its.channel == chat.channel, its.chat == chat.chat, its.needs_consent, its.unasked)
    return list(connection.scalars(select(its.recipient).where(*here).distinct()))


def _stopped_here(connection: Connection, chat: Chat) -> list[str]:
    """Those among them whose last stop was a plain one on this channel, so that it may end."""
    told = _told_here(connection, chat)
    asked = select(stops).where(stops.c.who.in_(told)).order_by(stops.c.number)
    last = {row.who: row for row in connection.execute(asked)}
    return [
        who for who, row in last.items() if (row.channel, row.reason) == (chat.channel, "opted_out")
    ]


def _forget(connection: Connection, chat: Chat) -> None:
    """Remove all that is kept of a chat; ids of its messages stay, which say nothing."""
    talks = [one.conversation for one in chat.people if one.conversation is not None]
    if talks:
        connection.execute(delete(conversations).where(conversations.c.id.in_(talks)))
    its_words = (consents.c.who == chat.id) | (consents.c.chat == chat.id)
    connection.execute(delete(consents).where(its_words))
    connection.execute(delete(chats).where(chats.c.id == chat.id))
    sent = letters.c.channel == chat.channel, letters.c.chat == chat.chat
    connection.execute(delete(letters).where(*sent))
    its = inbox.c
    of_chat = (its.channel == chat.channel, its.chat == chat.chat)
    connection.execute(delete(inbox).where(*of_chat, its.state == "waiting"))
    connection.execute(update(inbox).where(*of_chat).values(chat="", sender=None))


def _insert(connection: Connection) -> Any:
    if connection.dialect.name == "postgresql":
        return postgresql.insert(chat_people)
    return sqlite.insert(chat_people)
