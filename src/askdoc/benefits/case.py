"""A case: one person, one visit, its items and the year so far.

`None` means "nobody said": the engine then tries every value that the rules tell apart.
Amounts are yuan, shares 0-1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from askdoc.policy import Content

ItemClass = Literal["A", "B", "negotiated", "off_catalogue"]
ITEM_CLASSES: tuple[ItemClass, ...] = ("A", "B", "negotiated", "off_catalogue")
ZERO = Decimal("0.00")
_FEN = Decimal("0.01")


def fen(amount: Decimal) -> Decimal:
    """An amount rounded to the fen, half up."""
    return amount.quantize(_FEN, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose bill it is."""

    region: str
    scheme: str | None = None
    status: str | None = None
    grade: str | None = None
    age: int | None = None
    sex: str | None = None
    retired_year: int | None = None
    contracted: bool | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """Where and when; `day` is the day of settlement or discharge.

    `disease_is_a` names what the disease is a kind of, for lists that name the wider one.
    """

    day: date
    setting: str | None = None
    tier: str | None = None
    institution: str | None = None
    place: str | None = None
    disease: str | None = None
    disease_is_a: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] | None = None
    referral: str = "none"
    filed: str = "none"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the bill, or several lines that are paid alike.

    Either `amount`, or `quantity` times `unit_price` (yuan per `unit`, such as 片).
    `item_class` is None only while a `medicine` still waits to be looked up; `substance` says
    what is in it, so that the same medicine in another form is recognised between two bills.
    `over_standard` is the part of the amount above the payment standard. `scope_met` None:
    nobody can say whether the payment scope is met.
    """

    item_class: ItemClass | None = None
    amount: Decimal | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    unit: str | None = None
    medicine: str | None = None
    substance: str | None = None
    over_standard: Decimal = ZERO
    first_pay_share: Decimal | None = None
    scope_met: bool | None = True

    @property
    def total(self) -> Decimal:
        """What the line costs, in yuan."""
        if self.amount is not None:
            return self.amount
        return fen((self.quantity or Decimal(0)) * (self.unit_price or Decimal(0)))


@dataclass(frozen=True, slots=True)
class Year:
    """The insurance year before this visit; None where a sum needs it and nobody said.

    `deductible_left` is for who knows what is left of the deductible, and not what it was.
    `stay_deductible_met`: the person says that the deductible of stays is used up for the year;
    `below_ceiling`: that the year's ceiling is far off.
    """

    deductible_used: Decimal | None = None
    fund_paid: Decimal = ZERO
    in_scope_self_pay: Decimal = ZERO
    admissions: int = 0
    aid_used: Decimal = ZERO
    quota_used: Mapping[str, Decimal] = field(default_factory=dict)
    account_current: Decimal | None = None
    account_past: Decimal | None = None
    deductible_left: Decimal | None = None
    stay_deductible_met: bool = False
    below_ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that one sum needs. `assume` gives policy values of the caller's own."""

    person: Person
    visit: Visit
    items: tuple[Item, ...]
    year: Year = Year()
    assume: Mapping[str, Content] = field(default_factory=dict)
