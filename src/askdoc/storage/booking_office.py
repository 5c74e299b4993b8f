"""What every change of a booking needs: the database, the rules, the terms of a hospital.

Locks are taken people first, then slots, each in sorted order, so that no two changes wait for each
other. SQLite lets one writer in at a time and needs none of them; read committed is enough.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.care.referrals.errors import UnknownSlot
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.terms import OwnTerms, Terms
from askdoc.storage.care_rows import unnamed
from askdoc.storage.care_tables import residents
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.prepared import Prepared
from askdoc.storage.slot_rows import SLOTS, slot_from
from askdoc.storage.slot_tables import slots

# Region and own terms of a hospital, and the day on which somebody asks.
TermsOf = Callable[[str, OwnTerms | None, date], Terms]


@dataclass(frozen=True, slots=True)
class Office:
    """Where slots are given out. `connected`: the hospitals whose own system can be asked."""

    database: Database
    rules: HoldRules
    terms: TermsOf
    connected: frozenset[str] = frozenset()


def open_office(at: Path | str, rules: HoldRules, terms: TermsOf) -> Office:
    """The office over a file or URL, with the tables made if need be. Raises as `failures` says."""
    database = connect(at)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Office(database, rules, terms)


@dataclass(frozen=True, slots=True)
class LockedSlot:
    """A slot that nobody else changes until the transaction ends."""

    slot: Slot
    doctor: str
    own: OwnTerms | None
    is_offered: bool
    ref: str | None


# What every booking runs is put together once.
_PERSON = Prepared(
    select(residents.c.id)
    .where(residents.c.id == bindparam("person"))
    .with_for_update(key_share=True)
)
_SLOT = Prepared(
    SLOTS.where(slots.c.id == bindparam("slot")).with_for_update(of=slots, key_share=True)
)


def lock_person(connection: Connection, person: str) -> None:
    """Nobody else changes what a resident has until the transaction ends.

    Who was never heard of becomes a resident of no clinic.
    """
    if _PERSON.first(connection, {"person": person}) is None:
        add_missing(connection, residents, unnamed(person))
        _PERSON.first(connection, {"person": person})


def lock_slot(connection: Connection, slot: int) -> LockedSlot:
    """The slot. Raises UnknownSlot."""
    row = _SLOT.first(connection, {"slot": slot})
    if row is None:
        raise UnknownSlot
    return LockedSlot(
        slot_from(row), row.doctor, own_terms_from(row.own_terms), row.is_offered, row.ref
    )


def lock_slots(connection: Connection, ids: Iterable[int]) -> list[LockedSlot]:
    """The slots, in the order asked for. Raises UnknownSlot."""
    asked = list(ids)
    found = {one: lock_slot(connection, one) for one in sorted(set(asked))}
    return [found[one] for one in asked]


def add_missing(connection: Connection, into: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless one of its name is there; whether it was added."""
    adding = _adding(connection.dialect.name, into, tuple(row))
    return adding.count(connection, row) == 1


@cache
def _adding(dialect: str, into: Table, columns: tuple[str, ...]) -> Prepared:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return Prepared(make(into).on_conflict_do_nothing(), columns)


def own_terms_from(kept: dict[str, str] | None) -> OwnTerms | None:
    """A hospital's own terms as they are kept."""
    return None if kept is None else OwnTerms.from_plain(kept)
