"""Persons, their sealed words, their keys, and who may speak for whom.

Each function works in the transaction of its caller. Names and numbers leave this file only for
whoever holds the secret that wraps the persons' keys.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from askdoc.identity.roles import ROLES, Belonging, Caller, NotSignedIn, NotThere, Role
from askdoc.identity.sealing import new_key, seal, seal_words, unseal, unseal_words
from askdoc.identity.tokens import NewKey, is_same, key_parts, new_api_key
from askdoc.storage.desk_tables import (
    api_keys,
    belongings,
    family,
    person_keys,
    persons,
    tasks,
)
from askdoc.storage.tables import conversations

_ROLE = select(persons.c.role).where(persons.c.id == bindparam("person"))
_SEALED = (
    select(persons.c.role, persons.c.sealed, persons.c.opened_at, person_keys.c.wrapped)
    .join(person_keys, person_keys.c.person == persons.c.id)
    .where(persons.c.id == bindparam("person"))
)
_WRAPPED = select(person_keys.c.wrapped).where(person_keys.c.person == bindparam("person"))
_OWNER = select(belongings.c.person).where(belongings.c.conversation == bindparam("conversation"))
_WHOSE = (
    select(
        belongings.c.person,
        family.c.member,
        select(tasks.c.id).where(tasks.c.conversation == belongings.c.conversation).exists(),
    )
    .outerjoin(family, family.c.resident == belongings.c.person)
    .where(belongings.c.conversation == bindparam("conversation"))
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as they are kept; `words` are what was sealed: name, phone, facts."""

    id: str
    role: Role
    opened_at: datetime
    words: dict[str, Any] = field(repr=False)


def add_persons(
    kept: Connection, told: Iterable[tuple[Role, dict[str, Any]]], now: datetime, wrapping: bytes
) -> list[str]:
    """Keep new persons, each with a key of their own; their ids in order."""
    rows, keys = [], []
    for role, words in told:
        id, key = secrets.token_hex(16), new_key()
        sealed = seal_words(key, words, f"persons.sealed {id}")
        rows.append({"id": id, "role": role, "sealed": sealed, "opened_at": now})
        keys.append({"person": id, "wrapped": seal(wrapping, key, f"person_keys.wrapped {id}")})
    if rows:
        kept.execute(insert(persons), rows)
        kept.execute(insert(person_keys), keys)
    return [str(row["id"]) for row in rows]


def caller_of(kept: Connection, person: str) -> Caller:
    """Who a token speaks of. Raises NotSignedIn when they are gone."""
    role = kept.execute(_ROLE, {"person": person}).scalar_one_or_none()
    if role is None:
        raise NotSignedIn
    return Caller(person, _role(role))


def caller_with_key(kept: Connection, id: str, hashed: bytes) -> Caller:
    """Whose key it is. Raises NotSignedIn for an unknown, wrong or revoked one."""
    row = kept.execute(
        select(api_keys.c.hashed, persons.c.id, persons.c.role)
        .join(persons, persons.c.id == api_keys.c.person)
        .where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None))
    ).one_or_none()
    if row is None or not is_same(hashed, row.hashed):
        raise NotSignedIn
    return Caller(row.id, _role(row.role))


def person_of(kept: Connection, person: str, wrapping: bytes) -> Person:
    """A person with what was sealed. Raises NotThere."""
    row = kept.execute(_SEALED, {"person": person}).one_or_none()
    if row is None:
        raise NotThere
    key = unseal(wrapping, row.wrapped, f"person_keys.wrapped {person}")
    words = unseal_words(key, row.sealed, f"persons.sealed {person}")
    return Person(person, _role(row.role), row.opened_at, words)


def change_words(kept: Connection, person: str, words: dict[str, Any], wrapping: bytes) -> None:
    """Seal other words for a person. Raises NotThere."""
    sealed = seal_words(key_of(kept, person, wrapping), words, f"persons.sealed {person}")
    kept.execute(update(persons).where(persons.c.id == person).values(sealed=sealed))


def key_of(kept: Connection, person: str, wrapping: bytes) -> bytes:
    """The key that a person's words are sealed under. Raises NotThere."""
    wrapped = kept.execute(_WRAPPED, {"person": person}).scalar_one_or_none()
    if wrapped is None:
        raise NotThere
    return unseal(wrapping, wrapped, f"person_keys.wrapped {person}")


def list_persons(kept: Connection, after: int, count: int) -> list[tuple[int, str, Role, datetime]]:
    """Numbers, ids, roles and first days in the order they were added; no names."""
    rows = kept.execute(
        select(persons.c.number, persons.c.id, persons.c.role, persons.c.opened_at)
        .where(persons.c.number > after)
        .order_by(persons.c.number)
        .limit(count)
    )
    return [(row.number, row.id, _role(row.role), row.opened_at) for row in rows]


def is_reachable(kept: Connection) -> bool:
    """Whether the tables can be read. Raises Unreachable and the like."""
    return kept.execute(select(persons.c.number).limit(1)).first() is not None


def count_persons(kept: Connection) -> int:
    """How many persons are kept."""
    return kept.execute(select(func.count()).select_from(persons)).scalar_one()


def erase_person(kept: Connection, person: str) -> None:
    """Destroy the key and all that is the person's. Raises NotThere."""
    theirs = select(belongings.c.conversation).where(belongings.c.person == person)
    kept.execute(delete(conversations).where(conversations.c.id.in_(theirs)))
    kept.execute(delete(person_keys).where(person_keys.c.person == person))
    if kept.execute(delete(persons).where(persons.c.id == person)).rowcount == 0:
        raise NotThere


def add_key(kept: Connection, person: str, now: datetime) -> NewKey:
    """A new key for a person. Raises NotThere."""
    if kept.execute(_ROLE, {"person": person}).scalar_one_or_none() is None:
        raise NotThere
    made = new_api_key()
    row = {"id": made.id, "person": person, "hashed": made.hashed, "opened_at": now}
    kept.execute(insert(api_keys), row)
    return made


def keep_key(kept: Connection, person: str, shown: str, now: datetime) -> None:
    """Keep a key that was made elsewhere, as a hash. Raises NotSignedIn for what is no key."""
    id, hashed = key_parts(shown)
    row = {"id": id, "person": person, "hashed": hashed, "opened_at": now}
    kept.execute(insert(api_keys), row)


def revoke_key(kept: Connection, id: str, now: datetime) -> None:
    """End a key. Raises NotThere."""
    ended = update(api_keys).where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None))
    if kept.execute(ended.values(revoked_at=now)).rowcount == 0:
        raise NotThere


def let_in(kept: Connection, resident: str, member: str, now: datetime) -> None:
    """Let a family member speak for a resident; once is enough. Raises NotThere."""
    if kept.execute(_ROLE, {"person": member}).scalar_one_or_none() != "family_member":
        raise NotThere
    if member not in family_of(kept, resident):
        kept.execute(insert(family), {"resident": resident, "member": member, "since": now})


def shut_out(kept: Connection, resident: str, member: str) -> None:
    """End that. Raises NotThere."""
    gone = delete(family).where(family.c.resident == resident, family.c.member == member)
    if kept.execute(gone).rowcount == 0:
        raise NotThere


def family_of(kept: Connection, resident: str) -> list[str]:
    """Who may speak for a resident."""
    return list(kept.scalars(select(family.c.member).where(family.c.resident == resident)))


def own(kept: Connection, conversation: str, person: str) -> None:
    """Say whose a conversation is."""
    kept.execute(insert(belongings), {"conversation": conversation, "person": person})


def belonging(kept: Connection, conversation: str) -> Belonging:
    """Whose a conversation is, and who else may come to it; nobody's when there is none."""
    rows = kept.execute(_WHOSE, {"conversation": conversation}).all()
    if not rows:
        return Belonging(None)
    members = frozenset(row[1] for row in rows if row[1] is not None)
    return Belonging(rows[0][0], members, bool(rows[0][2]))


def owner_of(kept: Connection, conversation: str) -> str | None:
    """Whose a conversation is."""
    return kept.execute(_OWNER, {"conversation": conversation}).scalar_one_or_none()


def conversations_of(
    kept: Connection, person: str, before: int | None, count: int
) -> list[tuple[int, str, str, datetime, int]]:
    """The person's own and those of residents who let them in, newest first.

    Each is a number to page by, the id, its owner, when it was opened and how many turns it has.
    """
    let = select(family.c.resident).where(family.c.member == person)
    asked = (
        select(
            belongings.c.number,
            belongings.c.conversation,
            belongings.c.person,
            conversations.c.opened_at,
            conversations.c.turn_count,
        )
        .join(conversations, conversations.c.id == belongings.c.conversation)
        .where((belongings.c.person == person) | belongings.c.person.in_(let))
        .order_by(belongings.c.number.desc())
        .limit(count)
    )
    if before is not None:
        asked = asked.where(belongings.c.number < before)
    return [(row[0], row[1], row[2], row[3], row[4]) for row in kept.execute(asked)]


def _role(said: str) -> Role:
    return next(role for role in ROLES if role == said)
