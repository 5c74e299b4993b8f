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


def compare_places(case: Case, book: Book, primary: str | None = None) -> tuple[Place, ...]:
    """The bill of `case` at every tier; with referral apart only where it changes the sum.

    `primary` is the institution that is meant by primary care, if one was named.
    """
    found: list[Place] = []
    for tier in MEMBERS["tier"]:
        plain = _place(case, book, tier, "none", primary)
        found.append(plain)
        referred = _place(case, book, tier, "referred", primary)
        if referred.result.figures != plain.result.figures:
            found.append(referred)
    return tuple(found)


def _place(case: Case, book: Book, tier: str, referral: str, primary: str | None) -> Place:
    is_this = case.visit.tier == tier and case.visit.referral == referral
    institution = case.visit.institution if case.visit.tier == tier else None
    if tier == "primary" and institution is None:
        institution = primary
    visit = replace(case.visit, tier=tier, referral=referral, institution=institution)
    return Place(tier, referral, is_this, cost(replace(case, visit=visit), book))
