"""What a clinic sees: who is due, overdue or out of reach, what is coming, what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select

from askdoc.care.prescriptions import Dispensing
from askdoc.care.refills import NextRefill
from askdoc.care.reminders import ReminderRules
from askdoc.storage.care_rows import dispensings_at
from askdoc.storage.care_tables import clinics, contracts, refill_cycles, refill_tasks, residents
from askdoc.storage.database import Database
from askdoc.storage.outbox_tables import letters
from askdoc.storage.reminders import is_stale, read_records, refills_in
from askdoc.wording import AskdocError

_WEEK = timedelta(days=7)


class UnknownClinic(AskdocError):
    """There is no clinic of that id. Field `clinic`."""

    code = "refills.unknown_clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One refill on a clinic's list."""

    resident: str
    medicine: str
    doctor: str
    runs_out: date
    day: date
    reachable: bool
    calendar_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A clinic today: each list sorted by the day on which the medicine runs out."""

    clinic: str
    day: date
    records_old: bool
    due: tuple[Line, ...]
    overdue: tuple[Line, ...]
    unreachable: tuple[Line, ...]
    unreadable: tuple[str, ...]
    # (first day of the week, medicine, doctor) to how many refills.
    forecast: dict[tuple[date, str, str], int]


def overview(
    database: Database,
    clinic: str,
    rules: ReminderRules,
    own_days: dict[date, bool],
    now: datetime,
    weeks: int = 4,
) -> Overview:
    """The clinic's lists. Raises UnknownClinic."""
    row = _clinic(database, clinic)
    records = read_records(database, row, own_days)
    day = now.astimezone(rules.zone).date()
    found: list[Line] = []
    unreadable: list[str] = []
    for resident in records.residents:
        try:
            refills = refills_in(records, resident, rules, day)
        except (AskdocError, ValueError, TypeError, ArithmeticError):
            unreadable.append(resident.id)
            continue
        found += [_line(one, bool(resident.routes)) for one in refills]
    found.sort(key=lambda one: (one.runs_out, one.resident, one.medicine))
    monday = day - timedelta(days=day.weekday())
    coming = [one for one in found if monday <= one.runs_out < monday + weeks * _WEEK]
    return Overview(
        clinic=clinic,
        day=day,
        records_old=is_stale(row, now),
        due=tuple(one for one in found if one.day <= day < one.runs_out),
        overdue=tuple(one for one in found if one.runs_out <= day),
        unreachable=tuple(one for one in found if one.day <= day and not one.reachable),
        unreadable=tuple(unreadable),
        forecast=dict(Counter((_monday(one.runs_out), one.medicine, one.doctor) for one in coming)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _line(refill: NextRefill, reachable: bool) -> Line:
    one = refill.prescription
    return Line(
        resident=one.resident,
        medicine=one.medicine,
        doctor=one.doctor,
        runs_out=refill.runs_out,
        day=refill.day,
        reachable=reachable,
        calendar_known=refill.calendar_known,
    )


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract that lapses soon, or under which nobody was served."""

    resident: str
    doctor: str
    until: date | None
    served_on: date | None


def contracts_lapsing(
    database: Database, clinic: str, day: date, within_days: int
) -> list[ContractLine]:
    """Contracts that end within so many days and have not been renewed."""
    _clinic(database, clinic)
    later = contracts.alias()
    renewed = select(later.c.since).where(
        later.c.resident == contracts.c.resident, later.c.since > contracts.c.since
    )
    last = day + timedelta(days=within_days)
    return _contracts(database, clinic, contracts.c.until.between(day, last), ~renewed.exists())


def signed_not_served(
    database: Database, clinic: str, day: date, for_days: int
) -> list[ContractLine]:
    """Contracts that hold, are that old, and under which nothing was done for so long."""
    _clinic(database, clinic)
    before = day - timedelta(days=for_days)
    served = contracts.c.served_on
    return _contracts(
        database,
        clinic,
        contracts.c.since <= before,
        contracts.c.until.is_(None) | (contracts.c.until >= day),
        served.is_(None) | (served <= before),
    )


def _contracts(database: Database, clinic: str, *which: Any) -> list[ContractLine]:
    asked = (
        select(contracts)
        .join(residents)
        .where(residents.c.clinic == clinic, *which)
        .order_by(contracts.c.until, contracts.c.resident)
    )
    with database.reading() as kept:
        return [
            ContractLine(row.resident, row.doctor, row.until, row.served_on)
            for row in kept.execute(asked)
        ]


def outcomes(database: Database, clinic: str, since: datetime) -> dict[str, int]:
    """What became of the tasks that were closed since then."""
    asked = (
        select(refill_tasks.c.outcome, func.count().label("tasks"))
        .where(refill_tasks.c.clinic == clinic, refill_tasks.c.closed_at >= since)
        .group_by(refill_tasks.c.outcome)
    )
    with database.reading() as kept:
        return {row.outcome: row.tasks for row in kept.execute(asked)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One half of a comparison: cycles planned in a period, and how many were collected on time."""

    cycles: int
    sent: int
    answered: int
    on_time: int

    @property
    def share_on_time(self) -> Decimal | None:
        """The share collected before the medicine ran out, 0 to 1; None without cycles."""
        return Decimal(self.on_time) / self.cycles if self.cycles else None


def cohort(database: Database, clinic: str, first: date, last: date) -> dict[str, Arm]:
    """Those who were reminded and those who were not (`control`), for cycles due in a period.

    On time: the next collection came no later than the day on which the medicine ran out.
    """
    cycles = (
        select(refill_cycles, letters.c.state)
        .join(residents, residents.c.id == refill_cycles.c.resident)
        .outerjoin(
            letters,
            (letters.c.subject == refill_cycles.c.resident)
            & (letters.c.cycle == refill_cycles.c.letter)
            & (letters.c.kind == "reminder"),
        )
        .where(residents.c.clinic == clinic, refill_cycles.c.day.between(first, last))
    )
    with database.reading() as kept:
        rows = kept.execute(cycles).all()
        collected = dispensings_at(kept, clinic)
        answered = {
            (row.resident, row.letter)
            for row in kept.execute(select(refill_tasks.c.resident, refill_tasks.c.letter))
        }
    counts = {"reminded": Counter[str](), "control": Counter[str]()}
    for row in rows:
        arm = counts["control" if row.letter is None else "reminded"]
        arm["cycles"] += 1
        arm["sent"] += row.state in ("sent", "delivered", "read")
        arm["answered"] += (row.resident, row.letter) in answered
        arm["on_time"] += _is_on_time(row, collected.get(row.resident, []))
    return {name: _arm(count) for name, count in counts.items()}


def _arm(count: Counter[str]) -> Arm:
    return Arm(
        cycles=count["cycles"],
        sent=count["sent"],
        answered=count["answered"],
        on_time=count["on_time"],
    )


def _is_on_time(cycle: Row[Any], collected: list[Dispensing]) -> bool:
    mine = [one for one in collected if one.prescription == cycle.prescription]
    followed = next((one.day for one in mine if one.id == cycle.cycle), date.min)
    return any(one.id != cycle.cycle and followed < one.day <= cycle.runs_out for one in mine)


def _clinic(database: Database, clinic: str) -> Row[Any]:
    with database.reading() as kept:
        row = kept.execute(select(clinics).where(clinics.c.id == clinic)).one_or_none()
    if row is None:
        raise UnknownClinic(clinic=clinic)
    return row
