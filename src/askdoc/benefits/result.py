"""What a sum comes to: figures, steps, what it rests on and what would narrow it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Literal

from askdoc.benefits.case import ZERO, Year
from askdoc.policy import Confidence, Content, Value

Outcome = Literal["covered", "not_covered", "conditional", "indeterminate", "needs_filing"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts in yuan, two decimals; the identities of a sum hold between them."""

    total: Decimal = ZERO
    off_catalogue: Decimal = ZERO
    over_standard: Decimal = ZERO
    first_pay: Decimal = ZERO
    eligible: Decimal = ZERO
    account_first: Decimal = ZERO
    deductible: Decimal = ZERO
    base: Decimal = ZERO
    fund_pays: Decimal = ZERO
    co_pay: Decimal = ZERO
    above_ceiling: Decimal = ZERO
    supplementary: Decimal = ZERO
    serious_illness: Decimal = ZERO
    medical_aid: Decimal = ZERO
    person_pays: Decimal = ZERO
    account_pays: Decimal = ZERO
    cash: Decimal = ZERO

    @property
    def paid_for(self) -> Decimal:
        """What all funds together pay."""
        return self.fund_pays + self.supplementary + self.serious_illness + self.medical_aid

    def as_text(self) -> dict[str, str]:
        """Every figure as text with two decimals, and what all funds pay together."""
        amounts = {**asdict(self), "paid_for": self.paid_for}
        return {name: f"{amount:.2f}" for name, amount in amounts.items()}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: its name, the figure it made, what went in, the value used."""

    name: str
    figure: Decimal
    fields: Mapping[str, object]
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Between what and what the person may pay, and the fact that narrows it most."""

    person_pays: tuple[Decimal, Decimal]
    paid_for: tuple[Decimal, Decimal]
    narrowed_by: str


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What the sum would be under one reading of a value that sources disagree on."""

    parameter: str
    content: Content
    source: str
    person_pays: Decimal
    paid_for: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of the engine to one case.

    `values` are all that were looked at; `confidence` is that of the values in the steps.
    `missing` names facts and policy values (`policy:<parameter>`) that are not known;
    `assumptions` are names of what the sum took for granted (phrases benefits.assumption).
    """

    outcome: Outcome
    figures: Figures
    steps: tuple[Step, ...]
    values: tuple[Value, ...]
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    confidence: Confidence
    year_after: Year
    range: Range | None
    readings: tuple[OtherReading, ...]
