"""Proportion of days covered: on how many of the days that count medicine was at home.

What a reader would not guess: a supply that was collected early is not lost, it begins when the
one before ends; and days in hospital count neither way, because medicine is given there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from askdoc.care.prescriptions import Dispensing, Prescription, Resident
from askdoc.care.refills import supplies_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DaysCovered:
    """Days with medicine at home, of the days that count."""

    covered: int = 0
    counted: int = 0

    @property
    def share(self) -> Decimal | None:
        """0 to 1; None when no day counts."""
        return Decimal(self.covered) / self.counted if self.counted else None

    def __add__(self, other: "DaysCovered") -> "DaysCovered":
        return DaysCovered(self.covered + other.covered, self.counted + other.counted)


def days_covered(
    prescription: Prescription,
    dispensings: Iterable[Dispensing],
    resident: Resident,
    first: date,
    last: date,
) -> DaysCovered:
    """How well one prescription was supplied from `first` to `last`, both included.

    Days count from the first collection on, until the prescription is stopped or the person dies.
    """
    supplies = supplies_of(prescription, dispensings)
    if not supplies:
        return DaysCovered()
    ends = [day for day in (prescription.stopped_on, resident.died_on) if day is not None]
    begins = max(first, supplies[0].begins)
    until = min(last + _DAY, *ends) if ends else last + _DAY
    days = [begins + _DAY * step for step in range((until - begins).days)]
    counted = [day for day in days if not any(stay.covers(day) for stay in resident.stays)]
    covered = sum(any(one.begins <= day < one.runs_out for one in supplies) for day in counted)
    return DaysCovered(covered, len(counted))
