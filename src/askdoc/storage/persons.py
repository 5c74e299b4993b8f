"""Persons, their sealed words, their keys, and who may speak for whom.

Each function works in the transaction of its caller. Names and numbers leave this file only for
whoever holds the secret that wraps the persons' keys.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from askdoc.care.patients import Relation
from askdoc.identity.roles import MAY, ROLES, Belonging, Caller, NotSignedIn, NotThere, Role
from askdoc.identity.sealing import new_key, seal, seal_words, unseal, unseal_words
from askdoc.identity.tokens import Holder, NewKey, is_same, key_parts, new_api_key
from askdoc.storage.care_tables import clinic_staff
from askdoc.storage.desk_tables import (
    api_keys,
    belongings,
    family,
    person_keys,
    persons,
    tasks,
)
from askdoc.storage.inserting import insert_into
from askdoc.storage.tables import conversations
from askdoc.storage.task_rows import hand_back, worked_by

_ROLE = select(persons.c.role).where(persons.c.id == bindparam("person"))
_CALLER: Select[Any] = select(
    persons.c.id, persons.c.role, clinic_staff.c.clinic, persons.c.staff, persons.c.term
).outerjoin(clinic_staff, clinic_staff.c.id == persons.c.staff)
_OF_CALLER = _CALLER.where(persons.c.id == bindparam("person"), persons.c.term == bindparam("term"))
_SEALED: Select[Any] = (
    select(persons.c.role, persons.c.sealed, persons.c.opened_at, person_keys.c.wrapped)
    .join(person_keys, person_keys.c.person == persons.c.id)
    .where(persons.c.id == bindparam("person"))
)
_WRAPPED = select(person_keys.c.wrapped).where(person_keys.c.person == bindparam("person"))
_OWNER = select(belongings.c.person).where(belongings.c.conversation == bindparam("conversation"))
_WHOSE: Select[Any] = (
    select(
        belongings.c.person,
        family.c.member,
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


def caller_of(kept: Connection, holder: Holder) -> Caller:
    """Who a token speaks of. Raises NotSignedIn when they are gone, or have another role by now."""
    row = kept.execute(_OF_CALLER, {"person": holder.person, "term": holder.term}).one_or_none()
    if row is None:
        raise NotSignedIn
    return _caller(row)


def caller_with_key(kept: Connection, id: str, hashed: bytes) -> Caller:
    """Whose key it is. Raises NotSignedIn for an unknown, wrong or revoked one."""
    row = kept.execute(
        _CALLER.add_columns(api_keys.c.hashed)
        .join(api_keys, api_keys.c.person == persons.c.id)
        .where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None))
    ).one_or_none()
    if row is None or not is_same(hashed, row.hashed):
        raise NotSignedIn
    return _caller(row)


def person_of(kept: Connection, person: str, wrapping: bytes) -> Person:
    """A person with what was sealed. Raises NotThere."""
    row = kept.execute(_SEALED, {"person": person}).one_or_none()
    if row is None:
        raise NotThere
    return read_person(person, row, unwrapped(person, row.wrapped, wrapping))


def change_words(kept: Connection, person: str, words: dict[str, Any], wrapping: bytes) -> None:
    """Seal other words for a person. Raises NotThere."""
    sealed = seal_words(key_of(kept, person, wrapping), words, f"persons.sealed {person}")
    kept.execute(update(persons).where(persons.c.id == person).values(sealed=sealed))


def key_of(kept: Connection, person: str, wrapping: bytes) -> bytes:
    """The key that a person's words are sealed under. Raises NotThere."""
    wrapped = kept.execute(_WRAPPED, {"person": person}).scalar_one_or_none()
    if wrapped is None:
        raise NotThere
    return unwrapped(person, wrapped, wrapping)


def unwrapped(person: str, wrapped: bytes, wrapping: bytes) -> bytes:
    """A person's key out of what wraps it. Raises Unreadable."""
    return unseal(wrapping, wrapped, f"person_keys.wrapped {person}")


def read_person(person: str, row: Any, key: bytes) -> Person:
    """A person from a row of `role`, `sealed` and `opened_at`. Raises Unreadable."""
    words = unseal_words(key, row.sealed, f"persons.sealed {person}")
    return Person(person, read_role(row.role), row.opened_at, words)


def list_persons(kept: Connection, after: int, count: int) -> list[tuple[int, str, Role, datetime]]:
    """Numbers, ids, roles and first days in the order they were added; no names."""
    rows = kept.execute(
        select(persons.c.number, persons.c.id, persons.c.role, persons.c.opened_at)
        .where(persons.c.number > after)
        .order_by(persons.c.number)
        .limit(count)
    )
    return [(row.number, row.id, read_role(row.role), row.opened_at) for row in rows]


def is_reachable(kept: Connection) -> bool:
    """Whether the tables can be read. Raises Unreachable and the like."""
    return kept.execute(select(persons.c.number).limit(1)).first() is not None


def count_persons(kept: Connection) -> int:
    """How many persons are kept."""
    return kept.execute(select(func.count()).select_from(persons)).scalar_one()


def erase_person(kept: Connection, person: str) -> None:
    """Destroy the key and all that is the person's. Raises NotThere."""
    hand_back(kept, person)
    theirs = select(belongings.c.conversation).where(belongings.c.person == person)
    kept.execute(delete(conversations).where(conversations.c.id.in_(theirs)))
    kept.execute(delete(person_keys).where(person_keys.c.person == person))
    if kept.execute(delete(persons).where(persons.c.id == person)).rowcount == 0:
        raise NotThere


def role_of(kept: Connection, person: str) -> Role:
    """The role of a person. Raises NotThere."""
    found = kept.execute(_ROLE, {"person": person}).scalar_one_or_none()
    if found is None:
        raise NotThere
    return read_role(found)


def add_key(kept: Connection, person: str, now: datetime) -> NewKey:
    """A new key for a person. Raises NotThere."""
    role_of(kept, person)
    made = new_api_key()
    row = {"id": made.id, "person": person, "hashed": made.hashed, "opened_at": now}
    kept.execute(insert(api_keys), row)
    return made


def keep_key(kept: Connection, person: str, shown: str, now: datetime) -> None:
    """Keep a key that was made elsewhere, as a hash. Raises NotSignedIn for what is no key."""
    id, hashed = key_parts(shown)
    row = {"id": id, "person": person, "hashed": hashed, "opened_at": now}
    kept.execute(insert(api_keys), row)


def keys_of(kept: Connection, person: str) -> list[tuple[str, datetime, bool]]:
    """The keys of a person, newest first: id, since when, whether it was ended. Raises NotThere."""
    role_of(kept, person)
    rows = kept.execute(
        select(api_keys.c.id, api_keys.c.opened_at, api_keys.c.revoked_at)
        .where(api_keys.c.person == person)
        .order_by(api_keys.c.opened_at.desc(), api_keys.c.id)
    )
    return [(row.id, row.opened_at, row.revoked_at is not None) for row in rows]


def revoke_key(kept: Connection, id: str, now: datetime) -> None:
    """End a key. Raises NotThere."""
    ended = update(api_keys).where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None))
    if kept.execute(ended.values(revoked_at=now)).rowcount == 0:
        raise NotThere


def let_in(
    kept: Connection, resident: str, member: str, now: datetime, relation: Relation = "other"
) -> None:
    """Let a family member speak for a resident, who is their `relation`; once is enough, said
    again it says what they are. Raises NotThere."""
    if role_of(kept, member) != "family_member":
        raise NotThere
    row = {"resident": resident, "member": member, "since": now, "relation": relation}
    told = insert_into(kept, family).on_conflict_do_update(
        index_elements=["resident", "member"], set_={"relation": relation}
    )
    kept.execute(told, row)


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


def belonging(kept: Connection, conversation: str, caller: Caller) -> Belonging:
    """Whose a conversation is, and who else may come to it; nobody's when there is none."""
    asked = _WHOSE
    if caller.role in MAY["work_tasks"]:
        here = tasks.c.conversation == belongings.c.conversation
        asked = asked.add_columns(select(tasks.c.id).where(here, worked_by(caller)).exists())
    rows = kept.execute(asked, {"conversation": conversation}).all()
    if not rows:
        return Belonging(None)
    members = frozenset(row[1] for row in rows if row[1] is not None)
    return Belonging(rows[0][0], members, len(rows[0]) > 2 and bool(rows[0][2]))


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


def _caller(row: Row[Any]) -> Caller:
    return Caller(row.id, read_role(row.role), row.clinic, row.staff, row.term)


def read_role(said: str) -> Role:
    """A role as it is kept."""
    return next(role for role in ROLES if role == said)
