"""The same visit elsewhere: what it would cost at each tier, with and without referral."""

from dataclasses import dataclass, replace
from decimal import Decimal

from askdoc.benefits.case import Case
from askdoc.benefits.cost import cost
from askdoc.benefits.result import Result
from askdoc.policy import Book, Confidence, Value, lowest
from askdoc.policy.dimensions import MEMBERS


@dataclass(frozen=True, slots=True)
class Place:
    """One way to make the visit, and its sum for the same bill."""

    tier: str
    referral: str
    is_this_visit: bool
    result: Result
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class BothWays:
    """One bill at one tier without and with a referral."""

    plain: Place
    referred: Place

    @property
    def differ(self) -> bool:
        """Whether a referral changes the sum, or between what and what it may lie."""
        plain, referred = self.plain.result, self.referred.result
        return plain.figures != referred.figures or plain.range != referred.range

    @property
    def saved(self) -> Decimal:
        """What the person pays less with a referral; below nought: more."""
        return self.plain.result.figures.person_pays - self.referred.result.figures.person_pays

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that either sum lacks, each once."""
        return tuple(dict.fromkeys((*self.plain.result.missing, *self.referred.result.missing)))

    @property
    def values(self) -> tuple[Value, ...]:
        """The policy values that both sums used."""
        both = (self.plain.result, self.referred.result)
        return tuple(value for one in both for step in one.steps for value in step.values)

    @property
    def confidence(self) -> Confidence:
        """The lower of both."""
        return lowest((self.plain.result.confidence, self.referred.result.confidence))


def both_ways(case: Case, book: Book, tier: str, primary: str | None = None) -> BothWays:
    """The bill of `case` at one tier without and with a referral."""
    ways = (place_at(case, book, tier, way, primary) for way in ("none", "referred"))
    return BothWays(*ways)


def compare_places(
    case: Case, book: Book, primary: tuple[str | None, ...] = (None,)
) -> tuple[Place, ...]:
    """The bill of `case` at every tier; with referral apart only where it changes the sum.

    `primary` are the institutions that are meant by primary care, where any was named.
    """
    found: list[Place] = []
    kinds = [("primary", one) for one in primary or (None,)]
    kinds += [(tier, None) for tier in MEMBERS["tier"] if tier != "primary"]
    for tier, institution in kinds:
        ways = both_ways(case, book, tier, institution)
        found += [ways.plain, ways.referred] if ways.differ else [ways.plain]
    return tuple(found)


def place_at(case: Case, book: Book, tier: str, referral: str, primary: str | None = None) -> Place:
    """The bill of `case` at one tier, with or without a referral."""
    is_this = case.visit.tier == tier and case.visit.referral == referral
    institution = case.visit.institution if case.visit.tier == tier else None
    if tier == "primary" and institution is None:
        institution = primary
    visit = replace(case.visit, tier=tier, referral=referral, institution=institution)
    return Place(tier, referral, is_this, cost(replace(case, visit=visit), book), institution)
