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

from askdoc.assistant.reading.both_ways import BOTH, names_twice
from askdoc.assistant.reading.facts import AmountSaid, Fact, Reading, paid_oneself
from askdoc.assistant.reading.numbers_said import numbers_in
from askdoc.assistant.reading.whereabouts import ELSEWHERE
from askdoc.language.days import find_days
from askdoc.language.shares import find_shares

# What is said in two ways of a person or a visit, and so of one bill each.
_TWO_WAYS = ("tier", "contracted", "referral", "filed")
# Steps that may have been taken for one bill only, though the message tells of one way.
_STEPS = ("contracted", "referral")
# Dimensions of which each bill has its own where the message says two.
_APART = ("day", "share", "admissions", "fund_paid")
MET, UNUSED = "met", "unused"
_DEDUCTIBLE = re.compile(r"(?i)起付|门槛|deductible")
_STAY = re.compile(
    r"(?i)第([一二三123])(?:次|回|趟)"
    r"|\b(first|second|third) (?:stay|admission)"
)
_FUND = re.compile(r"(?i)统筹|基金|医保(?:今年|已|累计)|\bfund\b")
# What the fund had paid of the year by then: 统筹已付5000, "the fund had paid 100".
_NUMERAL = r"[\d一二两三四五六七八九十百千万.,]*[\d一二两三四五六七八九十百千万]"
_BY_THEN = re.compile(
    rf"(?i)(?:统筹|基金|医保|累计)[^，。；,;\d付报]{{0,6}}(?:付|报|支)[^，。；,;\d一二两三四五六七八九]{{0,4}}({_NUMERAL})"
    rf"|(?:fund|it) (?:had|has)(?: already)? paid (?:out )?({_NUMERAL})"
)
_OUTSIDE = re.compile(
    r"(?i)自费|目录外|不认|不[给能]?报|报不了|丙类|self[- ]pa"
    r"|off[- ](?:list|cat)|not covered|not on the"
)
_OVER = re.compile(r"(?i)支付标准|超标|超出标准|payment standard|over the standard")
_CLASS_B = re.compile(r"(?i)乙类?|class b")
_STAYS = {"一": 0, "1": 0, "first": 0, "二": 1, "2": 1, "second": 1, "三": 2, "3": 2, "third": 2}
# The greatest numbers of a message that are tried as the whole bill, and most bills in all.
_MOST_TOTALS, _MOST_PARTS = 4, 4
_MOST_BILLS = 1200
_TWO = 2
_LEAST = Decimal(10)
_PARTS = ("total", "class_a", "class_b")
_NO_BILL = ("ceiling_full", "deductible_full", "account_current", "account_past")
_OF_BOTH = ("account_current", "account_past", "ceiling_full")
Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SupposedBill:
    """One bill that may be meant, and what it takes from the message, by dimension."""

    told: Told
    bill: Reading


def supposed_bills(whole: Reading, today: date, freely: bool = False) -> Iterator[SupposedBill]:
    """Every bill that a message may mean, the first 1,200.

    `freely`: any number of it may be a whole bill, also one that was read as paid.
    """
    found = dict(_dimensions(whole, today, freely))
    mixes = product(*([(name, value) for value in found[name]] for name in found))
    for mix in islice(mixes, _MOST_BILLS):
        told = dict(mix)
        yield SupposedBill(told, _bill(whole, told))


def said_apart(bills: list[SupposedBill], whole: Reading) -> set[str]:
    """The dimensions in which two bills of these have to differ."""
    two = {name for name in _TWO_WAYS if name in whole.conflicts}
    return {name for name in (*_APART, *two) if len({one.told.get(name) for one in bills}) > 1}


def _dimensions(
    whole: Reading, today: date, freely: bool
) -> Iterator[tuple[str, tuple[object, ...]]]:
    totals = _any_total(whole) if freely else _totals(whole)
    yield "total", totals
    for name in _TWO_WAYS:
        if name in whole.conflicts:
            yield name, whole.conflicts[name]
        elif name in _STEPS and names_twice(name, whole.text):
            yield name, BOTH[name]
    if len(days := _days(whole, today)) == _TWO:
        yield "day", days
    if len(paid := _paid_by_the_fund(whole)) == _TWO:
        yield "fund_paid", paid
    said = (hit[1] or hit[2] for hit in _STAY.finditer(whole.text.lower()))
    stays = tuple(dict.fromkeys(_STAYS[one] for one in said))
    if len(stays) == _TWO:
        yield "admissions", stays
    if _DEDUCTIBLE.search(whole.text):
        yield "deductible", (MET, UNUSED, *_of(whole, "deductible_used"))
    yield from _parts(whole, totals)


def _parts(whole: Reading, totals: tuple[Decimal, ...]) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What may be a part of one bill only, or of both."""
    most = max(totals, default=Decimal(0))
    loose = [
        one.amount
        for one in whole.amounts
        if one.role not in (*_NO_BILL, "fund_paid") and _LEAST <= one.amount < most
    ]
    small = tuple(dict.fromkeys(loose))[:_MOST_PARTS]
    of_b = _of(whole, "class_b")
    if of_b or _CLASS_B.search(whole.text):
        yield "class_b", tuple(dict.fromkeys((*of_b, most, Decimal(0))))
        shares = tuple(dict.fromkeys(one.value for one in find_shares(whole.text)))
        if len(shares) == _TWO:
            yield "share", shares
    if _OUTSIDE.search(whole.text):
        yield "off_catalogue", (Decimal(0), *(_of(whole, "off_catalogue") or small), *small)
    if _OVER.search(whole.text):
        yield "over_standard", (Decimal(0), *(_of(whole, "over_standard") or small))


def _of(whole: Reading, role: str) -> tuple[Decimal, ...]:
    """The different amounts of a part, above nothing."""
    found = (one.amount for one in whole.amounts if one.role == role and one.amount)
    return tuple(dict.fromkeys(found))


def _days(whole: Reading, today: date) -> tuple[str, ...]:
    """The days that a message names; its months where it names no two days."""
    found = [one for one in find_days(whole.text, today) if one.grain != "year"]
    exact = {one.day.isoformat() for one in found if one.grain == "day"}
    return tuple(sorted(exact if len(exact) == _TWO else {one.day.isoformat() for one in found}))


def _totals(whole: Reading) -> tuple[Decimal, ...]:
    """What may be the whole of a bill: what was read as a part of one, then the other numbers."""
    parts = {one.amount for one in whole.amounts if one.role in _PARTS}
    least = max(paid_oneself(whole), default=Decimal(0))
    loose = {one.amount for one in whole.amounts if one.role is None}
    found = [*sorted(parts, reverse=True), *sorted(loose - parts, reverse=True)]
    return tuple(one for one in found if one >= least > 0 or one > 0 == least)[:_MOST_TOTALS]


def _any_total(whole: Reading) -> tuple[Decimal, ...]:
    """Every number of a message that may be a whole bill: parts of one first, then the greatest."""
    of_the_year = {one.amount for one in whole.amounts if one.role in _NO_BILL}
    parts = {one.amount for one in whole.amounts if one.role in _PARTS}
    numbers = {one for one in numbers_in(whole.text) if one >= _LEAST} - of_the_year
    found = [*sorted(parts, reverse=True), *sorted(numbers - parts, reverse=True)]
    return tuple(found)[: _MOST_TOTALS + 1]


def _paid_by_the_fund(whole: Reading) -> tuple[Decimal, ...]:
    """What the fund had paid in the year by either bill."""
    if not _FUND.search(whole.text):
        return ()
    found = list(_of(whole, "fund_paid"))
    for said in _BY_THEN.finditer(whole.text):
        found += sorted(numbers_in(said[1] or said[2]) - {*found})
    return tuple(found)


def _bill(whole: Reading, told: Told) -> Reading:
    facts = dict(whole.facts)
    for name in (*_TWO_WAYS, "day", "admissions"):
        if name in told:
            value = told[name] == "true" if name == "contracted" else told[name]
            assert isinstance(value, str | int | bool)
            facts[name] = Fact(name, value, "said", whole.subject)
    is_away = "filed" in told or ("referral" in told and "filed" in facts)
    place = whole.place or (ELSEWHERE if is_away else None)
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
        place=place,
        conflicts={name: said for name, said in whole.conflicts.items() if name not in told},
        amounts=tuple(_amounts(whole, told)),
        first_pay_share=share if isinstance(share, Decimal) else None,
    )


def _amounts(whole: Reading, told: Told) -> Iterator[AmountSaid]:
    total = told["total"]
    assert isinstance(total, Decimal)
    yield _said("total", total)
    class_b = told.get("class_b")
    if isinstance(class_b, Decimal) and class_b:
        yield _said("class_b", min(class_b, total))
    for role in ("off_catalogue", "fund_paid", "over_standard"):
        amount = told.get(role)
        if isinstance(amount, Decimal) and amount:
            yield _said(role, amount)
    if "deductible" in told:
        used = told["deductible"]
        role = "deductible_left" if used == MET else "deductible_used"
        yield _said(role, used if isinstance(used, Decimal) else Decimal(0))
    yield from (one for one in whole.amounts if one.role in _OF_BOTH)


def _said(role: str, amount: Decimal) -> AmountSaid:
    return AmountSaid(role, amount, f"{amount:f}")
