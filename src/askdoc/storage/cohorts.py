"""What reminders changed: those who got them beside those who got none, over the same days.

On time is counted by cycle, days covered by prescription: a person who collects late once and
early twice is late once, but may have been without medicine on no day.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from askdoc.care.days_covered import DaysCovered, days_covered
from askdoc.care.prescriptions import Dispensing
from askdoc.desk.tasks import ANSWERED
from askdoc.storage.care_rows import prescription_of, resident_of
from askdoc.storage.care_tables import refill_cycles, residents
from askdoc.storage.database import Database, Kept
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox_tables import letters
from askdoc.storage.reminders import ClinicRecords
from askdoc.wording import AskdocError


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One half of a comparison: cycles of a period, how many were collected on time, and on how
    many days of the period those prescriptions were covered."""

    cycles: int
    sent: int
    answered: int
    on_time: int
    days: DaysCovered

    @property
    def share_on_time(self) -> Decimal | None:
        """The share collected before the medicine ran out, 0 to 1; None without cycles."""
        return Decimal(self.on_time) / self.cycles if self.cycles else None


@dataclass(slots=True)
class _Tally:
    """An arm while it is counted."""

    counts: Counter[str] = field(default_factory=Counter)
    prescriptions: set[str] = field(default_factory=set)


def cohort(database: Database, records: ClinicRecords, first: date, last: date) -> dict[str, Arm]:
    """Those who were reminded and those who were not (`control`), for cycles due in a period.

    On time: the next collection came no later than the day on which the medicine ran out.
    """
    arms = {"reminded": _Tally(), "control": _Tally()}
    clinic: str = records.clinic.id
    with database.reading() as kept:
        answered = _answered(kept, clinic)
        cycles = _cycles(kept, clinic, first, last)
    for row in cycles:
        arm = arms["control" if row.letter is None else "reminded"]
        arm.prescriptions.add(row.prescription)
        arm.counts["cycles"] += 1
        arm.counts["sent"] += row.state in ("sent", "delivered", "read")
        arm.counts["answered"] += (row.resident, row.letter) in answered
        arm.counts["on_time"] += _is_on_time(row, records.dispensings.get(row.resident, []))
    wanted: set[str] = set().union(*(one.prescriptions for one in arms.values()))
    covered = _covered(records, wanted, (first, last))
    return {
        name: Arm(
            **{one: arm.counts[one] for one in ("cycles", "sent", "answered", "on_time")},
            days=sum((covered[one] for one in arm.prescriptions if one in covered), DaysCovered()),
        )
        for name, arm in arms.items()
    }


def _cycles(kept: Kept, clinic: str, first: date, last: date) -> list[Row[Any]]:
    asked = (
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
    return list(kept.execute(asked))


def _answered(kept: Kept, clinic: str) -> set[tuple[str, str]]:
    """Whose answer came, to which letter; a call that the clinic made is none."""
    asked = (
        select(tasks.c.resident, tasks.c.about)
        .join(residents, residents.c.id == tasks.c.resident)
        .where(residents.c.clinic == clinic, tasks.c.kind.in_(ANSWERED))
    )
    return {(row.resident, row.about) for row in kept.execute(asked)}


def _covered(
    records: ClinicRecords, wanted: set[str], period: tuple[date, date]
) -> dict[str, DaysCovered]:
    """Days covered of each prescription that is wanted; one that cannot be read is left out."""
    found: dict[str, DaysCovered] = {}
    for resident in records.residents:
        person = resident_of(resident, records.stays.get(resident.id, ()))
        for row in records.prescriptions.get(resident.id, ()):
            if row.id not in wanted:
                continue
            try:
                one = prescription_of(row)
            except AskdocError:
                continue
            mine = records.dispensings.get(resident.id, [])
            found[one.id] = days_covered(one, mine, person, *period)
    return found


def _is_on_time(cycle: Row[Any], collected: list[Dispensing]) -> bool:
    mine = [one for one in collected if one.prescription == cycle.prescription]
    followed = next((one.day for one in mine if one.id == cycle.cycle), date.min)
    return any(one.id != cycle.cycle and followed < one.day <= cycle.runs_out for one in mine)
