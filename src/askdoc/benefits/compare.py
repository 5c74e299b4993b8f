"""The same visit elsewhere: what it would cost at each tier, with and without referral."""

from dataclasses import dataclass, replace

from askdoc.benefits.case import Case
from askdoc.benefits.cost import cost
from askdoc.benefits.result import Result
from askdoc.policy import Book
from askdoc.policy.dimensions import MEMBERS


@dataclass(frozen=True, slots=True)
class Place:
    """One way to make the visit, and its sum for the same bill."""

    tier: str
    referral: str
    is_this_visit: bool
    result: Result


def compare_places(case: Case, book: Book) -> tuple[Place, ...]:
    """The bill of `case` at every tier; with referral apart only where it changes the sum."""
    found: list[Place] = []
    for tier in MEMBERS["tier"]:
        plain = _place(case, book, tier, "none")
        found.append(plain)
        referred = _place(case, book, tier, "referred")
        if referred.result.figures != plain.result.figures:
            found.append(referred)
    return tuple(found)


def _place(case: Case, book: Book, tier: str, referral: str) -> Place:
    is_this = case.visit.tier == tier and case.visit.referral == referral
    institution = case.visit.institution if case.visit.tier == tier else None
    visit = replace(case.visit, tier=tier, referral=referral, institution=institution)
    return Place(tier, referral, is_this, cost(replace(case, visit=visit), book))
