"""What a question says: facts, amounts and medicines, each with where it was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from askdoc.assistant.answer import Origin, Subject
from askdoc.medicines import Mention

# Parts of which a question has one; the classes of a bill may be said in several pieces.
SAID_ONCE = (
    *("total", "deductible_used", "deductible_left", "account_current", "account_past"),
    "fund_paid",
    "below_ceiling",
    "ceiling_full",
    "in_scope_self_pay",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with its origin, whom it is about and the words that said it."""

    name: str
    value: str | int | bool
    origin: Origin
    subject: Subject
    words: str = ""


@dataclass(frozen=True, slots=True)
class AmountSaid:
    """An amount in yuan and the part it plays; `role` None when nothing says which.

    `first_pay` is a share of its own, where amounts of a bill have different ones.
    """

    role: str | None
    amount: Decimal
    words: str
    approximate: bool = False
    first_pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was read.

    `conflicts` names facts that were said in two ways; `unread` are pieces that look like an
    amount and are not read as one. `going_to` are tiers that the visit might go to instead.
    `vague_days` are times that name no one day; `unrecorded` names a home whose rules are not
    recorded. `persons` are all whom the text names, in order; `denied` are facts that were said
    not to hold. `rest_class_a`: what has no class of its own was said to be class A.
    `primary` are the institutions that were named for primary care, also beside other tiers.
    `not_it` are amounts that were said to be wrong; `purposes` what a medicine is taken for, when
    that is no treatment of a disease; `shares` the words of shares that are not paid first.
    `against` are kinds of what speaks against cover; `doubted` are diagnoses that were not said to
    be established, `lacking` those that were denied, with every kind of them. `services` are
    words for services and materials, which are no medicines; `living` those of them that count as
    off the catalogue, by which an amount of the bill was named. `scope_said` is what rules a
    payment scope out, as kind=value.
    """

    text: str
    lang: Literal["zh", "en"]
    subject: Subject
    facts: Mapping[str, Fact]
    conflicts: Mapping[str, tuple[str, ...]]
    region: str | None
    place: str | None
    unrecorded: str | None
    amounts: tuple[AmountSaid, ...]
    first_pay_share: Decimal | None
    mentions: tuple[Mention, ...]
    diagnoses: tuple[str, ...]
    asks: Mapping[str, int]
    figures: tuple[str, ...]
    going_to: tuple[str, ...]
    vague_days: tuple[str, ...]
    unread: tuple[str, ...]
    persons: tuple[Subject, ...] = ()
    denied: tuple[str, ...] = ()
    rest_class_a: bool = False
    primary: tuple[str, ...] = ()
    not_it: tuple[Decimal, ...] = ()
    purposes: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    living: tuple[str, ...] = ()
    scope_said: tuple[str, ...] = ()

    def amount(self, role: str) -> Decimal | None:
        """The sum of the amounts that play a part, or None when none does."""
        found = [one.amount for one in self.amounts if one.role == role]
        if role in SAID_ONCE:
            found = found[:1]
        return sum(found, Decimal(0)) if found else None

    def twice(self) -> tuple[AmountSaid, ...]:
        """Amounts of a part that there is only one of, said with different figures."""
        for role in SAID_ONCE:
            found = tuple(one for one in self.amounts if one.role == role)
            if len({one.amount for one in found}) > 1:
                return found
        return ()


def paid_oneself(reading: Reading) -> tuple[Decimal, ...]:
    """The different amounts that a person says to have paid, as they are said."""
    paid = (one.amount for one in reading.amounts if one.role == "person_paid")
    return tuple(dict.fromkeys(paid))
