"""Proposes changes of rules, shows whom they touch, and tells residents once a doctor agreed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.rule_changes import Change, NotProposed, notice
from askdoc.storage.care_rows import reached_of
from askdoc.storage.care_tables import clinics, prescriptions, residents, rule_changes
from askdoc.storage.clinic_reports import UnknownClinic
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.outbox import put_letters

_R = rule_changes.c


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change with whom it touches today: residents, and which of them can be written to."""

    change: Change
    state: str
    touched: tuple[str, ...]
    reachable: tuple[str, ...]


def propose(database: Database, change: Change) -> None:
    """Keep a change for the doctor; the same id again changes nothing. Raises UnknownClinic."""
    row = {name: getattr(change, name) for name in change.__slots__} | {"state": "proposed"}
    with database.writing() as kept:
        if kept.scalar(select(clinics.c.id).where(clinics.c.id == change.clinic)) is None:
            raise UnknownClinic(clinic=change.clinic)
        kept.execute(insert_into(kept, rule_changes).on_conflict_do_nothing(), row)


def look_at(database: Database, id: str, day: date) -> Proposal:
    """A change and whom it touches on a day. Raises NotProposed for one that is not there."""
    with database.reading() as kept:
        row = _row(kept, id)
        rows = _touched(kept, row, day)
    return Proposal(
        change=_change(row),
        state=row.state,
        touched=tuple(one.id for one in rows),
        reachable=tuple(one.id for one in rows if one.routes),
    )


def approve(
    database: Database, id: str, by: str, day: date, now: datetime, holds: timedelta
) -> int:
    """Tell everybody whom it touches; how many letters. Raises NotProposed, also when decided."""
    with database.writing() as kept:
        _decide(kept, id, "approved", by, now)
        row = _row(kept, id)
        letters = [
            notice(_change(row), one.id, reached_of(one), in_utc(now), holds)
            for one in _touched(kept, row, day)
            if one.routes
        ]
        return put_letters(kept, letters, now)


def refuse(database: Database, id: str, by: str, now: datetime) -> None:
    """Tell nobody. Raises NotProposed."""
    with database.writing() as kept:
        _decide(kept, id, "refused", by, now)


def _decide(kept: Connection, id: str, state: str, by: str, now: datetime) -> None:
    waiting = update(rule_changes).where(_R.id == id, _R.state == "proposed")
    decided = {"state": state, "decided_by": by, "decided_at": in_utc(now)}
    if kept.execute(waiting.values(**decided)).rowcount == 0:
        raise NotProposed(id=id)


def _row(kept: Connection, id: str) -> Row[Any]:
    row = kept.execute(select(rule_changes).where(_R.id == id)).one_or_none()
    if row is None:
        raise NotProposed(id=id)
    return row


def _touched(kept: Connection, change: Row[Any], day: date) -> list[Row[Any]]:
    holds = prescriptions.c.stopped_on.is_(None) | (prescriptions.c.stopped_on > day)
    taking = select(prescriptions.c.id).where(
        prescriptions.c.resident == residents.c.id, prescriptions.c.clinic == change.clinic, holds
    )
    if change.medicine:
        taking = taking.where(prescriptions.c.medicine == change.medicine)
    asked = select(residents).where(residents.c.died_on.is_(None), taking.exists())
    return list(kept.execute(asked.order_by(residents.c.id)))


def _change(row: Row[Any]) -> Change:
    return Change(**{name: getattr(row, name) for name in Change.__slots__})
