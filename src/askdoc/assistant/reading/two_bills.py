"""Two bills in one message: each with what was said of one only, and its parts in their roles.

Which stretch tells which bill is for `bill_cuts`; here two readings are made alike.
"""

from dataclasses import replace

from askdoc.assistant.reading.bill_cuts import bill_cuts
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading

_CLASSES = ("class_a", "class_b", "negotiated", "off_catalogue")


def two_bills(text: str) -> tuple[str, str] | None:
    """The text of the earlier and the later bill, as it is likeliest cut; None for one bill."""
    return next(bill_cuts(text), None)


def alike(before: Reading, now: Reading) -> tuple[Reading, Reading]:
    """Both bills with what was said of one only: the kind of visit, and the parts of one total."""
    facts = _filled(before, now), _filled(now, before)
    filled = [replace(one, facts=own) for one, own in zip((before, now), facts, strict=True)]
    if not any("setting" in one.facts for one in filled):
        # Without a word for it, a bill that is compared with another is an outpatient's.
        visit = Fact("setting", "outpatient", "assumed", now.subject)
        filled = [replace(one, facts={**one.facts, "setting": visit}) for one in filled]
    first, last = (_with_its_total(one) for one in filled)
    first, last = _as_in(first, last), _as_in(last, first)
    return _with_parts(first, last), _with_parts(last, first)


def _filled(bill: Reading, other: Reading) -> dict[str, Fact]:
    """The facts of a bill and what was said of the other one only; a place goes with its tier."""
    left = {"institution"} if "tier" in bill.facts else set()
    told = {name: fact for name, fact in other.facts.items() if name not in left}
    return {**told, **bill.facts}


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
