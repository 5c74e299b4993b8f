"""What a medicine of the catalogue is: its class, its payment scope, its agreement and prices.

What a reader would not guess: a row that is listed for a whole form group (`listed_by_group`)
answers for every form of that group; every other row answers for its own form alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from askdoc.medicines.conditions import Conditions
from askdoc.policy.confidence import Confidence
from askdoc.wording import Lang

PaymentClass = Literal["A", "B", "negotiated", "off_catalogue"]
LongPrescription = Literal["yes", "no", "local_rule"]
Words = Mapping[Lang, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a list, in force from `begins` to `ends` (both included)."""

    id: str
    name: Words
    begins: date
    ends: date | None
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ListNumber:
    """Where the list prints the medicine; `repeat` is the ★ of a further form."""

    part: str
    no: str
    repeat: bool = False
    edition: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Indication:
    """One of these conditions must be treated; `unlisted` says that the list is not complete."""

    conditions: tuple[str, ...]
    unlisted: bool
    table: Conditions = field(repr=False, compare=False)
    kind: Literal["indication"] = "indication"


@dataclass(frozen=True, slots=True)
class SecondLine:
    """Paid only after another treatment failed or was not tolerated."""

    proof: str
    after: Words
    kind: Literal["second_line"] = "second_line"


@dataclass(frozen=True, slots=True)
class InstitutionLevel:
    """Paid in institutions of this tier and above."""

    at_least: str
    kind: Literal["institution_level"] = "institution_level"


@dataclass(frozen=True, slots=True)
class SpecialistFirst:
    """The first prescription must come from a specialist of this tier or above."""

    at_least: str
    specialty: Words | None
    kind: Literal["specialist_first_prescription"] = "specialist_first_prescription"


@dataclass(frozen=True, slots=True)
class CourseDays:
    """Paid for at most so many days of treatment."""

    at_most: int
    kind: Literal["course_days"] = "course_days"


@dataclass(frozen=True, slots=True)
class CareSetting:
    """Paid in these settings only."""

    only: tuple[str, ...]
    kind: Literal["setting"] = "setting"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Paid at these ages only, in full years, both ends included."""

    at_least: int | None
    at_most: int | None
    kind: Literal["age"] = "age"


@dataclass(frozen=True, slots=True)
class SexOnly:
    """Paid for one sex only."""

    sex: str
    kind: Literal["sex"] = "sex"


@dataclass(frozen=True, slots=True)
class LabValue:
    """A measured value must lie on one side of a limit; `measure` names what people tell of it."""

    proof: str
    measure: str
    what: Words
    at_least: Decimal | None
    at_most: Decimal | None
    unit: str
    kind: Literal["lab_value"] = "lab_value"


@dataclass(frozen=True, slots=True)
class InsuranceType:
    """Paid by one kind of insurance only."""

    only: str
    kind: Literal["insurance_type"] = "insurance_type"


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody must review the case before the fund pays."""

    proof: str
    what: Words
    kind: Literal["review"] = "review"


Requirement = (
    Indication
    | SecondLine
    | InstitutionLevel
    | SpecialistFirst
    | CourseDays
    | CareSetting
    | AgeRange
    | SexOnly
    | LabValue
    | InsuranceType
    | Review
)


@dataclass(frozen=True, slots=True)
class Restriction:
    """The payment scope: any one of the settings suffices, inside one all must hold.

    A restriction without settings is known as text only and cannot be checked.
    """

    text: Words
    settings: tuple[tuple[Requirement, ...], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The days of a price agreement, both included."""

    begins: date
    ends: date


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """Yuan `per` unit (tablet, vial …) `of` a strength."""

    amount: Decimal
    per: str
    of: str


@dataclass(frozen=True, slots=True)
class PaymentStandard:
    """The price up to which the fund counts, for each strength; none when kept secret."""

    amounts: tuple[UnitAmount, ...]

    @property
    def is_confidential(self) -> bool:
        return not self.amounts


@dataclass(frozen=True, slots=True)
class Price:
    """A unit price in yuan, what it rests on and how well it is known."""

    amount: Decimal
    per: str
    pack: str
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Why the basic fund pays nothing, and the other list that holds the medicine, if any."""

    reason: str
    listed_in: str | None
    text: Words


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Medicine:
    """One row of the catalogue: a medicine in one form or form group.

    `place` is the file and line, or the row of the imported file. `scope_recorded` is False
    for imports from files without a column for payment limits: nobody knows then whether one
    exists. `form_stands_beside`: the name is printed without its form, which has a column.
    `confidence` speaks of the class.
    """

    id: str
    edition: str
    name: str
    form: str | None
    group: str | None
    payment_class: PaymentClass
    confidence: Confidence
    source: str
    place: str
    english: str = ""
    ingredients: tuple[str, ...] = ()
    form_stands_beside: bool = False
    listed_by_group: bool = False
    excluded_forms: tuple[str, ...] = ()
    number: ListNumber | None = None
    brands: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    atc: str = ""
    indications: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    restriction: Restriction | None = None
    scope_recorded: bool = True
    agreement: Agreement | None = None
    payment_standard: PaymentStandard | None = None
    price: Price | None = None
    bulk_purchased: bool = False
    long_prescription: LongPrescription = "local_rule"
    codes: tuple[str, ...] = ()
    code_source: str | None = None
    note: Words | None = None
    not_covered: NotCovered | None = None
    imported: bool = False
