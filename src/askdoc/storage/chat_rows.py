"""A chat as rows, and back."""

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from askdoc.assistant.talk.transcript import JsonObject
from askdoc.reception.chat import Chat, Offered, Offers, Person
from askdoc.storage.messaging_tables import chat_people
from askdoc.storage.tables import conversations


def new_chat(channel: str, chat: str) -> dict[str, Any]:
    """The row of a chat that was never heard of."""
    return {
        "id": secrets.token_hex(16),
        "channel": channel,
        "chat": chat,
        "names_medicines": False,
        "offers": [],
        "wrong_codes": 0,
    }


def chat_of(connection: Connection, row: Row[Any]) -> Chat:
    """The chat of a row, with its people in the order in which they came."""
    asked = select(chat_people).where(chat_people.c.chat == row.id).order_by(chat_people.c.number)
    people = tuple(
        Person(
            id=one.id,
            label=one.label,
            relation=one.relation,
            resident=one.resident,
            conversation=one.conversation,
            profile=one.profile,
        )
        for one in connection.execute(asked)
    )
    return Chat(
        id=row.id,
        channel=row.channel,
        chat=row.chat,
        lang=row.lang,
        people=people,
        acting=row.acting,
        consented_at=row.consented_at,
        names_medicines=row.names_medicines,
        stopped_at=row.stopped_at,
        blocked_at=row.blocked_at,
        declined_at=row.declined_at,
        heard_at=row.heard_at,
        offers=tuple(_offers(one) for one in row.offers),
        wrong_codes=row.wrong_codes,
        wrong_since=row.wrong_since,
    )


def chat_row(chat: Chat) -> dict[str, Any]:
    """What changes of a chat's row."""
    return {
        "lang": chat.lang,
        "acting": chat.acting,
        "consented_at": chat.consented_at,
        "names_medicines": chat.names_medicines,
        "stopped_at": chat.stopped_at,
        "blocked_at": chat.blocked_at,
        "declined_at": chat.declined_at,
        "heard_at": chat.heard_at,
        "offers": [
            {"text": one.text, "buttons": [_button(its) for its in one.buttons]}
            for one in chat.offers
        ],
        "wrong_codes": chat.wrong_codes,
        "wrong_since": chat.wrong_since,
    }


def person_row(chat: Chat, person: Person) -> dict[str, Any]:
    """The row of one of a chat's people."""
    return {
        "id": person.id,
        "chat": chat.id,
        "label": person.label,
        "relation": person.relation,
        "resident": person.resident,
        "conversation": person.conversation,
        "profile": dict(person.profile),
    }


def conversation_states(connection: Connection, chat: Chat) -> Mapping[str, JsonObject | None]:
    """The dialogue state of each conversation of the chat's people."""
    ids = [one.conversation for one in chat.people if one.conversation is not None]
    if not ids:
        return {}
    asked = select(conversations.c.id, conversations.c.state).where(conversations.c.id.in_(ids))
    return {row.id: row.state for row in connection.execute(asked)}


def _button(shown: Offered) -> list[object]:
    return [shown.id, shown.label, shown.does, dict(shown.sets)]


def _offers(kept: Mapping[str, Any]) -> Offers:
    return Offers(kept["text"], tuple(Offered(*one) for one in kept["buttons"]))
