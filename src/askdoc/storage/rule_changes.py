"""Proposes changes of rules, shows whom they touch, and tells residents once a doctor agreed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.kinds import touches
from askdoc.care.rule_changes import Change, NotProposed, notice
from askdoc.storage.care_rows import reached_of
from askdoc.storage.care_tables import clinics, contracts, prescriptions, residents, rule_changes
from askdoc.storage.clinic_reports import UnknownClinic
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.outbox import put_letters

_R = rule_changes.c
# How the ids of changes begin that the program found by itself.
FOUND = "found-"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change with whom it touches today, why, and which of them can be written to.

    `because`: the prescriptions' medicines by resident. `unsure`: those of the touched of whom the
    records do not say whether they are of the kind that it is for.
    """

    change: Change
    state: str
    touched: tuple[str, ...]
    reachable: tuple[str, ...]
    because: Mapping[str, tuple[str, ...]]
    unsure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What changes are looked for at a clinic: its region, and the medicines taken there."""

    id: str
    region: str
    medicines: frozenset[str]


def watched(kept: Connection, day: date, clinic: str | None = None) -> list[Watched]:
    """All clinics, or one, with the medicines of prescriptions that hold on a day."""
    asked = select(prescriptions.c.clinic, prescriptions.c.medicine).where(_holds(day)).distinct()
    taken: dict[str, set[str]] = {}
    for row in kept.execute(asked):
        taken.setdefault(row.clinic, set()).add(row.medicine)
    named = select(clinics.c.id, clinics.c.region).order_by(clinics.c.id)
    if clinic is not None:
        named = named.where(clinics.c.id == clinic)
    return [
        Watched(row.id, row.region or "", frozenset(taken.get(row.id, ())))
        for row in kept.execute(named)
    ]


def propose_found(
    kept: Connection, clinic: str, found: Collection[Change], window: tuple[date, date]
) -> int:
    """Keep what the program found, and withdraw what it found before and does no more, if nobody
    decided it yet; how many are new."""
    first, last = window
    new = [one for one in found if _keep(kept, one)]
    gone = update(rule_changes).where(
        _R.clinic == clinic,
        _R.state == "proposed",
        _R.id.startswith(FOUND, autoescape=True),
        _R.day > first,
        _R.day <= last,
        _R.id.not_in([one.id for one in found]),
    )
    kept.execute(gone.values(state="withdrawn"))
    return len(new)


def list_changes(kept: Connection, clinic: str) -> list[tuple[Change, str]]:
    """A clinic's changes with their states: those that wait first, then by day, newest first."""
    asked = select(rule_changes).where(_R.clinic == clinic)
    rows = kept.execute(asked.order_by(_R.state != "proposed", _R.day.desc(), _R.id))
    return [(_change(row), row.state) for row in rows]


def propose(database: Database, change: Change) -> None:
    """Keep a change for the doctor; the same id again changes nothing. Raises UnknownClinic."""
    with database.writing() as kept:
        if kept.scalar(select(clinics.c.id).where(clinics.c.id == change.clinic)) is None:
            raise UnknownClinic(clinic=change.clinic)
        _keep(kept, change)


def _keep(kept: Connection, change: Change) -> bool:
    """Whether it was new."""
    told = {name: getattr(change, name) for name in Change.__slots__}
    row = told | {"whom": list(change.whom), "state": "proposed"}
    added = insert_into(kept, rule_changes).on_conflict_do_nothing().returning(_R.id)
    return kept.scalar(added, row) is not None


def look_at(database: Database, id: str, day: date) -> Proposal:
    """A change and whom it touches on a day. Raises NotProposed for one that is not there."""
    with database.reading() as kept:
        row = _row(kept, id)
        found = _touched(kept, row, day)
        because = _because(kept, row, day)
    return Proposal(
        change=_change(row),
        state=row.state,
        touched=tuple(one.id for one, _ in found),
        reachable=tuple(one.id for one, _ in found if one.routes),
        because=because,
        unsure=tuple(one.id for one, is_sure in found if not is_sure),
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
            for one, _ in _touched(kept, row, day)
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


def _holds(day: date) -> ColumnElement[bool]:
    return prescriptions.c.stopped_on.is_(None) | (prescriptions.c.stopped_on > day)


def _taking(change: Row[Any], day: date) -> list[ColumnElement[bool]]:
    which = [prescriptions.c.clinic == change.clinic, _holds(day)]
    return [*which, prescriptions.c.medicine == change.medicine] if change.medicine else which


def _touched(kept: Connection, change: Row[Any], day: date) -> list[tuple[Row[Any], bool]]:
    """Residents whom a change touches, each with whether the records say that for sure."""
    mine = prescriptions.c.resident == residents.c.id
    taking = select(prescriptions.c.id).where(mine, *_taking(change, day))
    its = contracts.c
    holds = its.until.is_(None) | (its.until >= day)
    signed = select(its.since).where(its.resident == residents.c.id, its.since <= day, holds)
    asked = select(residents, signed.exists().label("contracted")).where(
        residents.c.died_on.is_(None), taking.exists()
    )
    found = []
    for row in kept.execute(asked.order_by(residents.c.id)):
        contracted = "true" if row.contracted else "false"
        known = {"scheme": row.scheme, "status": row.status, "contracted": contracted}
        is_so = touches(change.whom, known)
        if is_so is not False:
            found.append((row, is_so is True))
    return found


def _because(kept: Connection, change: Row[Any], day: date) -> dict[str, tuple[str, ...]]:
    asked = select(prescriptions.c.resident, prescriptions.c.medicine)
    found: dict[str, list[str]] = {}
    for row in kept.execute(asked.where(*_taking(change, day)).order_by(prescriptions.c.id)):
        found.setdefault(row.resident, []).append(row.medicine)
    return {resident: tuple(dict.fromkeys(taken)) for resident, taken in found.items()}


def _change(row: Row[Any]) -> Change:
    told = {name: getattr(row, name) for name in Change.__slots__}
    return Change(**told | {"whom": tuple(row.whom)})
