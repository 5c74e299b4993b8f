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

from sqlalchemy import Connection, Insert, Row, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.care.referrals.errors import UnknownSlot
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import Slot
from askdoc.care.referrals.terms import OwnTerms, Terms
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.slot_rows import SLOTS, slot_from
from askdoc.storage.slot_tables import people, slots

# Region and own terms of a hospital, and the day on which somebody asks.
TermsOf = Callable[[str, OwnTerms | None, date], Terms]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where slots are given out."""

    database: Database
    rules: HoldRules
    terms: TermsOf


def open_desk(at: Path | str, rules: HoldRules, terms: TermsOf) -> Desk:
    """The desk over a file or URL, with the tables made if need be. Raises as `failures` says."""
    database = connect(at)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Desk(database, rules, terms)


@dataclass(frozen=True, slots=True)
class LockedSlot:
    """A slot that nobody else changes until the transaction ends."""

    slot: Slot
    doctor: str
    own: OwnTerms | None
    is_offered: bool
    ref: str | None


# What every booking runs is put together once.
_PERSON = select(people).where(people.c.id == bindparam("person")).with_for_update(key_share=True)
_SLOT = SLOTS.where(slots.c.id == bindparam("slot")).with_for_update(of=slots, key_share=True)


def lock_person(connection: Connection, person: str) -> Row[Any]:
    """The person's row; nobody else changes what they have until the transaction ends."""
    row = connection.execute(_PERSON, {"person": person}).one_or_none()
    if row is not None:
        return row
    new = {"id": person, "contracted": False, "combination": [], "groups": []}
    add_missing(connection, people, new)
    return connection.execute(_PERSON, {"person": person}).one()


def lock_slot(connection: Connection, slot: int) -> LockedSlot:
    """The slot. Raises UnknownSlot."""
    row = connection.execute(_SLOT, {"slot": slot}).one_or_none()
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
    return connection.execute(_adding(connection.dialect.name, into), row).rowcount == 1


@cache
def _adding(dialect: str, into: Table) -> Insert:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # Without being asked, PostgreSQL's driver does not say how many rows an insert added.
    return make(into).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def own_terms_from(kept: dict[str, str] | None) -> OwnTerms | None:
    """A hospital's own terms as they are kept."""
    return None if kept is None else OwnTerms.from_plain(kept)
