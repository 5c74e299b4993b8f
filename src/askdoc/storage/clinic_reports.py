"""What a clinic sees: who is due, overdue or out of reach, what is coming, what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from askdoc.care.refills import NextRefill
from askdoc.care.reminders import ReminderRules
from askdoc.desk.tasks import REFILLS
from askdoc.storage.care_tables import clinics, contracts, residents
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.out_of_reach import out_of_reach
from askdoc.storage.reminders import ClinicRecords, is_stale, refills_in
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
    calendar_known: bool
    # Why no reminder reaches the person; empty where one does.
    why: str = ""

    @property
    def reachable(self) -> bool:
        """Whether a reminder would reach the person."""
        return not self.why


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


def clinic_row(database: Database, clinic: str) -> Row[Any]:
    """A clinic. Raises UnknownClinic."""
    with database.reading() as kept:
        row = kept.execute(select(clinics).where(clinics.c.id == clinic)).one_or_none()
    if row is None:
        raise UnknownClinic(clinic=clinic)
    return row


def overview(
    database: Database,
    records: ClinicRecords,
    rules: ReminderRules,
    now: datetime,
    weeks: int = 4,
) -> Overview:
    """The clinic's lists."""
    clinic: str = records.clinic.id
    day = now.astimezone(rules.zone).date()
    with database.reading() as kept:
        barred = out_of_reach(kept, clinic, records.residents)
    found: list[Line] = []
    unreadable: list[str] = []
    for resident in records.residents:
        try:
            refills = refills_in(records, resident, rules, day)
        except (AskdocError, ValueError, TypeError, ArithmeticError):
            unreadable.append(resident.id)
            continue
        found += [_line(one, barred.get(resident.id, "")) for one in refills]
    found.sort(key=lambda one: (one.runs_out, one.resident, one.medicine))
    monday = day - timedelta(days=day.weekday())
    coming = [one for one in found if monday <= one.runs_out < monday + weeks * _WEEK]
    return Overview(
        clinic=clinic,
        day=day,
        records_old=is_stale(records.clinic, now),
        due=tuple(one for one in found if one.day <= day < one.runs_out),
        overdue=tuple(one for one in found if one.runs_out <= day),
        unreachable=tuple(one for one in found if one.day <= day and not one.reachable),
        unreadable=tuple(unreadable),
        forecast=dict(Counter((_monday(one.runs_out), one.medicine, one.doctor) for one in coming)),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _line(refill: NextRefill, why: str) -> Line:
    one = refill.prescription
    return Line(
        resident=one.resident,
        medicine=one.medicine,
        doctor=one.doctor,
        runs_out=refill.runs_out,
        day=refill.day,
        calendar_known=refill.calendar_known,
        why=why,
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
        select(tasks.c.outcome, func.count().label("tasks"))
        .where(tasks.c.kind.in_(REFILLS), tasks.c.clinic == clinic, tasks.c.closed_at >= since)
        .group_by(tasks.c.outcome)
    )
    with database.reading() as kept:
        return {row.outcome: row.tasks for row in kept.execute(asked)}
