"""Whoever says something in a conversation, and what their turn rests on, read in one statement.

A turn over HTTP asks who calls, whose the conversation is, what its owner told of themselves and
whether the message was answered before. Five statements for that cost more than the rest of them.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from askdoc.assistant.talk.transcript import JsonObject
from askdoc.identity.roles import Belonging, Caller, NotSignedIn
from askdoc.identity.tokens import Holder
from askdoc.storage.care_tables import clinic_staff
from askdoc.storage.desk_tables import belongings, family, person_keys, persons, requests
from askdoc.storage.persons import Person, read_person, read_role, unwrapped
from askdoc.storage.prepared import Prepared
from askdoc.storage.requests import REPLY
from askdoc.storage.tables import conversations

_owners, _owner_keys = persons.alias(), person_keys.alias()
_ENTRY = Prepared(
    select(
        persons.c.role.label("caller_role"),
        persons.c.staff,
        clinic_staff.c.clinic,
        person_keys.c.wrapped.label("caller_key"),
        belongings.c.person.label("owner"),
        family.c.member,
        _owners.c.role,
        _owners.c.sealed,
        _owners.c.opened_at,
        _owner_keys.c.wrapped,
        conversations.c.state,
        *REPLY,
    )
    .join(person_keys, person_keys.c.person == persons.c.id)
    .outerjoin(clinic_staff, clinic_staff.c.id == persons.c.staff)
    .outerjoin(belongings, belongings.c.conversation == bindparam("conversation"))
    .outerjoin(conversations, conversations.c.id == belongings.c.conversation)
    .outerjoin(
        family, (family.c.resident == belongings.c.person) & (family.c.member == persons.c.id)
    )
    .outerjoin(_owners, _owners.c.id == belongings.c.person)
    .outerjoin(_owner_keys, _owner_keys.c.person == belongings.c.person)
    .outerjoin(requests, (requests.c.person == persons.c.id) & (requests.c.key == bindparam("key")))
    .where(persons.c.id == bindparam("person"), persons.c.term == bindparam("term"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A caller at a conversation. `belonging` says nothing of tasks, and of family members only
    whether the caller is one; `request` is what is kept of the key (`REPLY`), or None."""

    caller: Caller
    belonging: Belonging
    request: Any = field(repr=False)
    _row: Any = field(repr=False)

    def sealing(self, wrapping: bytes) -> bytes:
        """The key that the caller's replies are sealed under. Raises Unreadable."""
        return unwrapped(self.caller.person, self._row.caller_key, wrapping)

    @property
    def state(self) -> JsonObject | None:
        """The state of the dialogue when it was read."""
        state: JsonObject | None = self._row.state
        return state

    def opened(self, wrapping: bytes) -> tuple[Person, bytes]:
        """Whose the conversation is, for a caller who may know, and the key that the caller's
        replies are sealed under. Raises Unreadable."""
        owner, row, sealing = self.belonging.owner, self._row, self.sealing(wrapping)
        assert owner is not None
        is_theirs = owner == self.caller.person
        key = sealing if is_theirs else unwrapped(owner, row.wrapped, wrapping)
        return read_person(owner, row, key), sealing


def read_entry(kept: Connection, holder: Holder, conversation: str, key: str) -> Entry:
    """A person at a conversation, with a request of this key.

    Raises NotSignedIn when they are gone, or have another role by now.
    """
    asked = {
        "person": holder.person,
        "term": holder.term,
        "conversation": conversation,
        "key": key,
    }
    row = _ENTRY.first(kept, asked)
    if row is None:
        raise NotSignedIn
    role = read_role(row.caller_role)
    caller = Caller(holder.person, role, row.clinic, row.staff, holder.term)
    members = frozenset((row.member,) if row.member is not None else ())
    request = None if row.digest is None else row
    return Entry(caller, Belonging(row.owner, members), request, row)
