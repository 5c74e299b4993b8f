"""What every change of a booking needs: the database, the rules, the terms of a hospital.

Locks are taken people first, then slots, each in sorted order, so that no two changes wait for each
other. SQLite lets one writer in at a time and needs none of them; read committed is enough.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select
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


def lock_person(connection: Connection, person: str) -> None:
    """Nobody else takes or changes what this person has until the transaction ends."""
    add_missing(
        connection,
        people,
        {"id": person, "contracted": False, "combination": [], "groups": []},
    )
    connection.execute(
        select(people.c.id).where(people.c.id == person).with_for_update(key_share=True)
    )


def lock_slots(connection: Connection, ids: Iterable[int]) -> list[LockedSlot]:
    """The slots, in the order asked for. Raises UnknownSlot."""
    asked = list(ids)
    rows = connection.execute(
        SLOTS.where(slots.c.id.in_(sorted(set(asked))))
        .order_by(slots.c.id)
        .with_for_update(of=slots, key_share=True)
    )
    found = {
        row.id: LockedSlot(
            slot_from(row), row.doctor, own_terms_from(row.own_terms), row.is_offered, row.ref
        )
        for row in rows
    }
    if not set(asked) <= set(found):
        raise UnknownSlot
    return [found[one] for one in asked]


def add_missing(connection: Connection, into: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless one of its name is there; whether it was added."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    return connection.execute(make(into).values(row).on_conflict_do_nothing()).rowcount == 1


def own_terms_from(kept: dict[str, str] | None) -> OwnTerms | None:
    """A hospital's own terms as they are kept."""
    return None if kept is None else OwnTerms.from_plain(kept)
