"""Two bills in one message: each with what was said of one only, and its parts in their roles.

Which stretch tells which bill is for `bill_cuts`; here two readings are made alike.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.reading.bill_cuts import bill_cuts
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading

_TWO = 2
# The greatest numbers of a message that are tried as the whole bill.
_MOST_TOTALS = 4
_OF_YEAR = (
    *("deductible_used", "deductible_left", "account_current", "account_past"),
    "fund_paid",
)
_CLASSES = ("class_a", "class_b", "negotiated", "off_catalogue")


def two_bills(text: str) -> tuple[str, str] | None:
    """The text of the earlier and the later bill, as it is likeliest cut; None for one bill."""
    return next(bill_cuts(text), None)


def supposed(whole: Reading, numbers: frozenset[Decimal]) -> Iterator[tuple[Reading, Reading]]:
    """Two bills that a message may mean whichever way it is cut: one total at two places, or with
    parts that only the later one has. Only what is paid of them can tell whether they were meant.
    """
    year = [one for one in whole.amounts if one.role in _OF_YEAR]
    parts = [one for one in whole.amounts if one.role in _CLASSES and one.role != "class_a"]
    tiers = whole.conflicts.get("tier", ())
    conflicts = {name: said for name, said in whole.conflicts.items() if name != "tier"}
    facts = {name: fact for name, fact in whole.facts.items() if name != "institution"}
    pairs = [tiers] if len(tiers) == _TWO else []
    for total in sorted(numbers, reverse=True)[:_MOST_TOTALS]:
        bill = AmountSaid("total", total, f"{total:f}")
        plain = replace(whole, facts=facts, conflicts=conflicts, amounts=(bill, *year))
        for first, last in pairs:
            yield _at(plain, first), _at(plain, last)
        if parts and not pairs and sum(one.amount for one in parts) < total:
            yield plain, replace(plain, amounts=(bill, *parts, *year))


def _at(bill: Reading, tier: str) -> Reading:
    said = Fact("tier", tier, "said", bill.subject)
    return replace(bill, facts={**bill.facts, "tier": said})


def alike(before: Reading, now: Reading) -> tuple[Reading, Reading]:
    """Both bills with what was said of one only: the kind of visit, and the parts of one total."""
    facts = {**now.facts, **before.facts}, {**before.facts, **now.facts}
    filled = [replace(one, facts=own) for one, own in zip((before, now), facts, strict=True)]
    if not any("setting" in one.facts for one in filled):
        # Without a word for it, a bill that is compared with another is an outpatient's.
        visit = Fact("setting", "outpatient", "assumed", now.subject)
        filled = [replace(one, facts={**one.facts, "setting": visit}) for one in filled]
    first, last = (_with_its_total(one) for one in filled)
    first, last = _as_in(first, last), _as_in(last, first)
    return _with_parts(first, last), _with_parts(last, first)


def _with_its_total(bill: Reading) -> Reading:
    """A bill whose one amount without a role is its total, and whose "total" below the sum of its
    classes is what the person paid of it.
    """
    total = bill.amount("total")
    classes = sum(one.amount for one in bill.amounts if one.role in _CLASSES)
    if total is not None and "person_paid" not in _roles(bill) and total < classes:
        return _with_role(bill, "total", "person_paid")
    loose = [one for one in bill.amounts if one.role is None]
    most = max(loose, key=lambda one: one.amount, default=None)
    if total is None and most is not None and most.amount >= classes:
        amounts = (replace(one, role="total") if one is most else one for one in bill.amounts)
        return replace(bill, amounts=tuple(amounts))
    return bill


def _as_in(bill: Reading, other: Reading) -> Reading:
    """A bill whose one loose amount is the part that alone is named in the other one."""
    parts = {one.role for one in other.amounts if one.role in _CLASSES}
    loose = [one for one in bill.amounts if one.role is None]
    own = any(one.role in _CLASSES for one in bill.amounts)
    if own or len(parts) != 1 or len(loose) != 1 or bill.amount("total") is None:
        return bill
    return _with_role(bill, None, str(next(iter(parts))))


def _with_role(bill: Reading, old: str | None, new: str) -> Reading:
    amounts = tuple(replace(one, role=new) if one.role == old else one for one in bill.amounts)
    return replace(bill, amounts=amounts)


def _with_parts(bill: Reading, other: Reading) -> Reading:
    """A bill without classes takes those of the other one, where the sums are equal."""
    parts = [one for one in other.amounts if one.role in _CLASSES]
    if bill.rest_class_a or any(one.role in _CLASSES for one in bill.amounts) or not parts:
        return bill
    if _sum(bill) is None or _sum(bill) != _sum(other):
        return bill
    whole = sum(one.amount for one in parts) == _sum(other)
    if not whole and bill.first_pay_share is None:
        return bill
    rest = [one for one in bill.amounts if one.role != "total" or "total" in _roles(other)]
    return replace(bill, amounts=(*rest, *parts))


def _roles(bill: Reading) -> set[str | None]:
    return {one.role for one in bill.amounts}


def _sum(bill: Reading) -> object:
    """The whole bill: its total, else the sum of its classes."""
    total = bill.amount("total")
    if total is not None:
        return total
    classes: list[AmountSaid] = [one for one in bill.amounts if one.role in _CLASSES]
    return sum(one.amount for one in classes) if classes else None
