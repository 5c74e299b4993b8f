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
    institution: str | None = None


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
        plain = _place(case, book, tier, "none", institution)
        found.append(plain)
        referred = _place(case, book, tier, "referred", institution)
        if referred.result.figures != plain.result.figures:
            found.append(referred)
    return tuple(found)


def _place(case: Case, book: Book, tier: str, referral: str, primary: str | None) -> Place:
    is_this = case.visit.tier == tier and case.visit.referral == referral
    institution = case.visit.institution if case.visit.tier == tier else None
    if tier == "primary" and institution is None:
        institution = primary
    visit = replace(case.visit, tier=tier, referral=referral, institution=institution)
    return Place(tier, referral, is_this, cost(replace(case, visit=visit), book), institution)
