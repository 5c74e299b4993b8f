"""On what terms a hospital's slots open: the share kept, the leads, who may come early.

The reading "earlier by half" = "1.5 times the public lead" is ours, and is listed as an assumption
wherever it is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from askdoc.policy import Book, Confidence, Content, Policy, Value, lowest

Door = Literal["contracted_in_combination", "contracted", "referred", "priority_group"]
DOORS: tuple[Door, ...] = get_args(Door)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerms:
    """What a hospital itself says differently from its region; None is "as the region"."""

    priority_share: Decimal | None = None
    public_lead_days: int | None = None
    priority_lead_days: int | None = None
    kept_until_days: int | None = None

    def plain(self) -> dict[str, str]:
        """What is said, as text."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(one) for name, one in said.items() if one is not None}

    @classmethod
    def from_plain(cls, kept: Mapping[str, str]) -> "OwnTerms":
        """The terms that `plain` told."""
        share = kept.get("priority_share")
        leads = {name: int(said) for name, said in kept.items() if name != "priority_share"}
        return cls(priority_share=None if share is None else Decimal(share), **leads)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms that hold: leads are days before the visit.

    Unused priority slots fall to the public `kept_until_days` before the visit. `values` are the
    policy values used; `assumptions` name what no source says.
    """

    priority_share: Decimal
    public_lead_days: int
    priority_lead_days: int
    kept_until_days: int
    doors: tuple[Door, ...]
    values: tuple[Value, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """The lowest of what they rest on; an assumption is unverified."""
        if self.assumptions or not self.values:
            return "unverified"
        return lowest(value.confidence for value in self.values)


def terms_by(
    book: Book, defaults: Mapping[str, Content]
) -> Callable[[str, OwnTerms | None, date], Terms]:
    """The terms of a hospital, by its region, its own words and the day; each made once."""

    @cache
    def terms(region: str, own: OwnTerms | None, day: date) -> Terms:
        return terms_of(Policy(book, day, region), defaults, own)

    return terms


def terms_of(policy: Policy, defaults: Mapping[str, Content], own: OwnTerms | None = None) -> Terms:
    """The terms of a hospital in the policy's region on the policy's day."""
    own = own or OwnTerms()
    reading = _Reading(policy, defaults)
    share = own.priority_share
    if share is None:
        share = reading.decimal("slots.priority_share")
    lead = own.public_lead_days
    if lead is None:
        lead = reading.public_lead()
    early = own.priority_lead_days
    if early is None:
        early = reading.longer(lead)
    kept = own.kept_until_days
    if kept is None:
        kept = reading.kept_until(lead)
    return Terms(
        priority_share=share,
        public_lead_days=lead,
        priority_lead_days=max(early, lead),
        kept_until_days=min(kept, max(early, lead)),
        doors=reading.doors() if share else (),
        values=tuple(reading.values),
        assumptions=tuple(reading.assumptions),
    )


class _Reading:
    """Values read one after another, with what they rest on."""

    def __init__(self, policy: Policy, defaults: Mapping[str, Content]) -> None:
        self._policy = policy
        self._defaults = defaults
        self.values: list[Value] = []
        self.assumptions: list[str] = []

    def _content(self, parameter: str) -> Content | None:
        value = self._policy.find(parameter, {})
        if value.standing != "set":
            return None
        self.values.append(value)
        return value.content

    def decimal(self, parameter: str) -> Decimal:
        found = self._content(parameter)
        return found if isinstance(found, Decimal) else Decimal(0)

    def public_lead(self) -> int:
        found = self._content("slots.public_lead_days")
        return int(str(self._default("public_lead_days") if found is None else found))

    def longer(self, lead: int) -> int:
        """The lead of priority slots; rounded down, so that no day is promised too early."""
        earlier = self.decimal("slots.priority_earlier")
        if earlier:
            self.assumptions.append("earlier_is_of_the_lead")
        return int(lead * (1 + earlier))

    def kept_until(self, lead: int) -> int:
        found = self._content("slots.kept_until_days")
        if found is None:
            self.assumptions.append("kept_until_the_public_opening")
            return lead
        return int(str(found))

    def doors(self) -> tuple[Door, ...]:
        found = self._content("slots.entitled")
        if found is None:
            found = self._default("slots_entitled")
        named = found if isinstance(found, tuple) else ()
        return tuple(door for door in DOORS if door in named)

    def _default(self, name: str) -> Content:
        self.assumptions.append(name)
        return self._defaults[name]
