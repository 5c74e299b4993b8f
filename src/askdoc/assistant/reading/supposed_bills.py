"""Bills that a message may mean, whichever way it tells of two: every mix of what it says of them.

A message that tells of two bills in one breath ("转诊那次付300，没转诊付420") says some things of
one only and does not say of which. Each mix is a bill that may be meant; what the person says to
have paid tells which two are, and that is for whoever can pay for them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice, product

from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading, paid_oneself
from askdoc.language.days import find_days
from askdoc.language.shares import find_shares

# What is said in two ways of a person or a visit, and so of one bill each.
_TWO_WAYS = ("tier", "contracted", "referral", "filed")
# Dimensions of which each bill has its own where the message says two.
APART = (*_TWO_WAYS, "day", "share", "admissions", "fund_paid")
MET, UNUSED = "met", "unused"
_DEDUCTIBLE = re.compile(r"(?i)起付|门槛|deductible")
_STAY = re.compile(
    r"(?i)第([一二三123])(?:次|回|趟)"
    r"|\b(first|second|third) (?:stay|admission)"
)
_FUND = re.compile(r"(?i)统筹|基金|\bfund\b")
_CEILING = re.compile(r"(?i)封顶|限额|额度|上限|ceiling|\bcap\b|limit")
_BY_THE_FUND = ("fund_paid", "funds_paid", "person_paid")
_STAYS = {"一": 0, "1": 0, "first": 0, "二": 1, "2": 1, "second": 1, "三": 2, "3": 2, "third": 2}
# The greatest numbers of a message that are tried as the whole bill, and most bills in all.
_MOST_TOTALS = 4
_MOST_BILLS = 400
_TWO = 2
_PARTS = ("total", "class_a", "class_b")
_OF_BOTH = ("account_current", "account_past", "ceiling_full")
Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SupposedBill:
    """One bill that may be meant, and what it takes from the message, by dimension."""

    told: Told
    bill: Reading


def supposed_bills(whole: Reading, today: date) -> Iterator[SupposedBill]:
    """Every bill that a message may mean, at most 400."""
    found = dict(_dimensions(whole, today))
    mixes = product(*([(name, value) for value in found[name]] for name in found))
    for mix in islice(mixes, _MOST_BILLS):
        told = dict(mix)
        yield SupposedBill(told, _bill(whole, told))


def said_apart(bills: list[SupposedBill]) -> set[str]:
    """The dimensions in which two bills of these have to differ."""
    return {name for name in APART if len({bill.told.get(name) for bill in bills}) > 1}


def _dimensions(whole: Reading, today: date) -> Iterator[tuple[str, tuple[object, ...]]]:
    yield "total", _totals(whole)
    for name in _TWO_WAYS:
        if name in whole.conflicts:
            yield name, whole.conflicts[name]
    days = sorted(
        {one.day.isoformat() for one in find_days(whole.text, today) if one.grain != "year"}
    )
    if len(days) == _TWO:
        yield "day", tuple(days)
    shares = tuple(dict.fromkeys(one.value for one in find_shares(whole.text)))
    if len(shares) == _TWO and whole.amount("class_b") is not None:
        yield "share", shares
    said = (hit[1] or hit[2] for hit in _STAY.finditer(whole.text.lower()))
    stays = tuple(dict.fromkeys(_STAYS[one] for one in said))
    if len(stays) == _TWO:
        yield "admissions", stays
    paid = _paid_by_the_fund(whole)
    if len(paid) == _TWO:
        yield "fund_paid", paid
    if _DEDUCTIBLE.search(whole.text):
        yield "deductible", (MET, UNUSED)
    outside = {one.amount for one in whole.amounts if one.role == "off_catalogue"}
    if outside:
        yield "off_catalogue", (Decimal(0), *sorted(outside))


def _totals(whole: Reading) -> tuple[Decimal, ...]:
    """What may be the whole of a bill: what was read as a part of one, then the other numbers."""
    parts = {one.amount for one in whole.amounts if one.role in _PARTS}
    least = max(paid_oneself(whole), default=Decimal(0))
    loose = {one.amount for one in whole.amounts if one.role is None}
    found = [*sorted(parts, reverse=True), *sorted(loose - parts, reverse=True)]
    return tuple(one for one in found if one >= least > 0 or one > 0 == least)[:_MOST_TOTALS]


def _paid_by_the_fund(whole: Reading) -> tuple[Decimal, ...]:
    """What the fund had paid in the year by either bill: more than the bill, where a fund and its
    ceiling are spoken of.
    """
    if not (_FUND.search(whole.text) and _CEILING.search(whole.text)):
        return ()
    bill = max((one.amount for one in whole.amounts if one.role in _PARTS), default=Decimal(0))
    found = (one.amount for one in whole.amounts if one.role in _BY_THE_FUND)
    return tuple(dict.fromkeys(one for one in found if one > bill))


def _bill(whole: Reading, told: Told) -> Reading:
    facts = dict(whole.facts)
    for name in (*_TWO_WAYS, "day", "admissions"):
        if name in told:
            value = told[name] == "true" if name == "contracted" else told[name]
            assert isinstance(value, str | int | bool)
            facts[name] = Fact(name, value, "said", whole.subject)
    if "tier" in told:
        facts.pop("institution", None)
        if told["tier"] == "primary" and whole.primary:
            facts["institution"] = Fact("institution", whole.primary[0], "said", whole.subject)
    if "setting" not in facts and "setting" not in whole.conflicts:
        facts["setting"] = Fact("setting", "outpatient", "assumed", whole.subject)
    share = told.get("share", whole.first_pay_share)
    return replace(
        whole,
        facts=facts,
        conflicts={name: said for name, said in whole.conflicts.items() if name not in told},
        amounts=tuple(_amounts(whole, told)),
        first_pay_share=share if isinstance(share, Decimal) else None,
    )


def _amounts(whole: Reading, told: Told) -> Iterator[AmountSaid]:
    total = told["total"]
    assert isinstance(total, Decimal)
    yield _said("total", total)
    class_b = max((one.amount for one in whole.amounts if one.role == "class_b"), default=None)
    if class_b is not None:
        yield _said("class_b", min(class_b, total))
    for role in ("off_catalogue", "fund_paid"):
        amount = told.get(role)
        if isinstance(amount, Decimal) and amount:
            yield _said(role, amount)
    if "deductible" in told:
        role = "deductible_left" if told["deductible"] == MET else "deductible_used"
        yield _said(role, Decimal(0))
    yield from (one for one in whole.amounts if one.role in _OF_BOTH)


def _said(role: str, amount: Decimal) -> AmountSaid:
    return AmountSaid(role, amount, f"{amount:f}")
