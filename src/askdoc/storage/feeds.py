"""Keeps a clinic's records as they come in, night after night.

A file is one transaction: what can be kept is kept, each refused row is reported, and the clinic's
records count as known up to the moment the file speaks of.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.feed import Feed, Kind, RefusedRow, Removed, ResidentRow
from askdoc.care.prescriptions import Dispensing
from askdoc.storage.care_rows import unnamed
from askdoc.storage.care_tables import (
    clinics,
    contracts,
    dispensings,
    prescriptions,
    residents,
    stays,
)
from askdoc.storage.consents import keep_recorded
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.messaging_tables import chat_people, chats


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows were new, changed, the same as before and taken back; and who was refused."""

    new: int
    changed: int
    same: int
    removed: int
    refused: tuple[RefusedRow, ...]


def keep_feed(database: Database, clinic: str, feed: Feed, known_until: datetime) -> Kept:
    """Keep what a file held. `known_until`: the moment up to which it tells everything."""
    count = dict.fromkeys(("new", "changed", "same", "removed"), 0)
    refused = list(feed.refused)
    with database.writing() as kept:
        _keep_clinic(kept, clinic, in_utc(known_until))
        for one in feed.residents:
            row = _resident(one) | {"clinic": clinic, "routes": _routes(kept, one)}
            count[_keep(kept, residents, row)] += 1
            if one.agreed_on is not None:
                keep_recorded(kept, one.id, clinic, one.agreed_on)
        for rx in feed.prescriptions:
            other = kept.scalar(select(prescriptions.c.clinic).where(prescriptions.c.id == rx.id))
            if other not in (None, clinic):
                refused.append(_refused(feed, "prescriptions", rx.id, "other_clinic"))
                continue
            _keep_unnamed_resident(kept, rx.resident, clinic)
            row = {name: getattr(rx, name) for name in rx.__slots__}
            count[_keep(kept, prescriptions, row)] += 1
        for agreed in feed.contracts:
            _keep_unnamed_resident(kept, agreed.resident, clinic)
            row = {name: getattr(agreed, name) for name in agreed.__slots__}
            count[_keep(kept, contracts, row, ("resident", "since"))] += 1
        for stay in feed.stays:
            _keep_unnamed_resident(kept, stay.resident, clinic)
            row = {name: getattr(stay, name) for name in stay.__slots__}
            count[_keep(kept, stays, row, ("resident", "since"))] += 1
        for found in feed.dispensings:
            outcome = _keep_dispensing(kept, clinic, found)
            if outcome in count:
                count[outcome] += 1
            else:
                refused.append(_refused(feed, "dispensings", found.id, outcome))
    refused.sort(key=lambda one: one.row)
    return Kept(**count, refused=tuple(refused))


def _resident(told: ResidentRow) -> dict[str, Any]:
    """What a row says of a resident; what it does not speak of stays as it was."""
    row: dict[str, Any] = {"id": told.id, "lang": told.lang, "died_on": told.died_on}
    if told.groups is not None:
        row["groups"] = list(told.groups)
    insured = {"scheme": told.scheme, "status": told.status}
    return row | {name: said or None for name, said in insured.items() if said is not None}


def _routes(kept: Connection, told: ResidentRow) -> list[list[str]]:
    """The chats that were linked, the last one first, and the way that the clinic knows."""
    asked = (
        select(chats.c.channel, chats.c.chat)
        .join(chat_people, chat_people.c.chat == chats.c.id)
        .where(chat_people.c.resident == told.id)
        .order_by(chat_people.c.number.desc())
    )
    linked = [[row.channel, row.chat] for row in kept.execute(asked)]
    its_own = [told.channel, told.chat]
    return [*linked, its_own] if told.channel and its_own not in linked else linked


def _refused(feed: Feed, kind: Kind, id: str, reason: str) -> RefusedRow:
    return RefusedRow(feed.rows[kind, id], reason, id)


def _keep_clinic(kept: Connection, clinic: str, known_until: datetime) -> None:
    row = {"id": clinic, "open_at_weekends": False, "own_days": {}, "fed_until": known_until}
    kept.execute(insert_into(kept, clinics).on_conflict_do_nothing(), row)
    # An older file that is imported late does not make the records older.
    older = clinics.c.fed_until.is_(None) | (clinics.c.fed_until < known_until)
    kept.execute(update(clinics).where(clinics.c.id == clinic, older).values(fed_until=known_until))


def _keep_unnamed_resident(kept: Connection, resident: str, clinic: str) -> None:
    # Who was known by a slot or a chat alone is of the clinic that names them first.
    told = insert_into(kept, residents).on_conflict_do_update(
        index_elements=["id"], set_={"clinic": clinic}, where=residents.c.clinic.is_(None)
    )
    kept.execute(told, unnamed(resident, clinic))


def _keep_dispensing(kept: Connection, clinic: str, found: Dispensing | Removed) -> str:
    if isinstance(found, Removed):
        gone = kept.execute(delete(dispensings).where(dispensings.c.id == found.id)).rowcount
        return "removed" if gone else "same"
    of = kept.execute(
        select(prescriptions.c.issued_on, prescriptions.c.clinic).where(
            prescriptions.c.id == found.prescription
        )
    ).one_or_none()
    if of is None or of.clinic != clinic:
        return "unknown_prescription"
    if found.day < of.issued_on:
        return "before_issue"
    row = {name: getattr(found, name) for name in found.__slots__}
    return _keep(kept, dispensings, row)


def _keep(
    kept: Connection, table: Table, row: dict[str, Any], names: tuple[str, ...] = ("id",)
) -> str:
    named = and_(*(table.c[name] == row[name] for name in names))
    there = kept.execute(select(table).where(named)).one_or_none()
    if there is None:
        kept.execute(insert_into(kept, table), row)
        return "new"
    if all(there._mapping[name] == value for name, value in row.items()):
        return "same"
    kept.execute(update(table).where(named).values(row))
    return "changed"
