"""What was prescribed and what was collected, as a clinic's records say it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from askdoc.wording import AskdocError


class BadPrescription(AskdocError):
    """A prescription that no day can be computed from. Field `matter`: what is wrong."""

    code = "refills.bad_prescription"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One medicine of one person, for some time.

    `dose_per_day` and `quantity` are in the same unit (tablets, units, millilitres). `quantity` is
    what one collection gives. `collected_at_issue`: the first supply went over the counter with the
    prescription itself. `stopped_on` is the first day on which it holds no more, whatever the
    reason: stopped, changed, replaced. `long`: whether the record calls it a long prescription of a
    medicine that goes on; None: it does not say.
    """

    id: str
    resident: str
    clinic: str
    medicine: str
    issued_on: date
    dose_per_day: Decimal
    quantity: Decimal
    doctor: str = ""
    diagnosis: str = ""
    collected_at_issue: bool = True
    stopped_on: date | None = None
    long: bool | None = None

    def __post_init__(self) -> None:
        for name, amount in (("dose_per_day", self.dose_per_day), ("quantity", self.quantity)):
            if not amount.is_finite() or amount <= 0:
                raise BadPrescription(matter=name)
        if self.quantity < self.dose_per_day:
            raise BadPrescription(matter="less_than_a_day")

    @property
    def supply_days(self) -> int:
        """Whole days that one collection lasts; a rest that fills no day counts for nothing."""
        return int(self.quantity // self.dose_per_day)


@dataclass(frozen=True, slots=True)
class Dispensing:
    """Medicine was collected for a prescription."""

    id: str
    prescription: str
    day: date
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Away:
    """A stay in hospital: first day, and the first day at home again (None: still there)."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is in hospital on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """What a plan needs of a person: no name, only what ends or delays it."""

    id: str
    died_on: date | None = None
    stays: tuple[Away, ...] = ()
