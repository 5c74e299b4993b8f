"""Which two bills a message tells of, and why the later one is dearer.

A message is cut in the ways it may be meant. Where no cut makes the sums that the person says to
have paid, every mix of what it says is tried as a bill: their own figures decide which was meant.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, islice

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.bill_changed import answer_bill_changed, priced_bill
from askdoc.assistant.answers.known import Known, known_facts
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import PERSON_FACTS
from askdoc.assistant.reading.bill_cuts import bill_cuts
from askdoc.assistant.reading.facts import Fact, Reading, paid_oneself
from askdoc.assistant.reading.numbers_said import numbers_in, times_said, where_said
from askdoc.assistant.reading.supposed_bills import SupposedBill, said_apart, supposed_bills
from askdoc.assistant.reading.two_bills import alike
from askdoc.benefits import cost
from askdoc.language import find_days
from askdoc.wording import Lang

# Ways of cutting a message into two bills that are tried.
_MOST_CUTS = 8
_BOTH = 2
Pair = tuple[Reading, Reading]
Paid = tuple[SupposedBill, Decimal]


def answer_bills_told(
    reading: Reading, known: Known, before: Reading | None, context: Context, lang: Lang
) -> Answer:
    """Why a bill differs from the one before it, in this message or before it."""
    whole = _about(reading, reading, known)
    paid = paid_oneself(whole)
    said = frozenset(paid) if len(paid) == _BOTH else _sums_in(reading)
    told = []
    for cut in islice(bill_cuts(reading.text), _MOST_CUTS):
        first, last = (_about(context.read(one), reading, known) for one in cut)
        pair = _in_their_months(alike(first, last), context)
        told.append((_differs(pair, context, lang), pair))
    best = max(told, key=lambda one: _fit(one[0], one[1], said), default=None)
    if best is None or _agrees(best[0], said) < _BOTH or _contradicts(*best):
        for sums, freely in ((said, False), (_sums_in(reading), True)):
            meant = _meant(whole, sums, freely, context, lang)
            if meant is not None:
                return _differs(meant, context, lang)
    if best is not None:
        return best[0]
    return answer_bill_changed(reading, known, before, context, lang)


def _sums_in(reading: Reading) -> frozenset[Decimal]:
    """Every number of a message that is no age and no year."""
    known = {Decimal(one.value) for one in reading.facts.values() if type(one.value) is int}
    return numbers_in(reading.text) - known


def _agrees(found: Answer, said: frozenset[Decimal]) -> int:
    """How many of the two sums are what the person says to have paid."""
    sums = {one for name in ("before", "after") if (one := found.figures.get(name)) is not None}
    return len({Decimal(one) for one in sums} & said)


def _fit(found: Answer, pair: Pair, said: frozenset[Decimal]) -> tuple[bool, int, bool]:
    """How well two bills fit what the person says, by which the likeliest cut is chosen."""
    return found.kind == "answer", _agrees(found, said), not _contradicts(found, pair)


def _contradicts(found: Answer, pair: Pair) -> bool:
    """Whether a bill costs something else than the person says to have paid of that very one."""
    sums = (found.figures.get("before"), found.figures.get("after"))
    paid = [bill.amount("person_paid") for bill in pair]
    return any(
        one is not None and said is not None and Decimal(one) != said
        for one, said in zip(sums, paid, strict=True)
    )


def _differs(pair: Pair, context: Context, lang: Lang) -> Answer:
    before, now = pair
    return answer_bill_changed(now, known_facts(now, context), before, context, lang)


def _in_their_months(pair: Pair, context: Context) -> Pair:
    """The bills on the first day of the month that each was in, where they say two and no day.

    What a bill says itself stands before what holds for both.
    """
    first, last = (
        next((one.day for one in find_days(bill.text, context.today) if one.grain == "month"), None)
        for bill in pair
    )
    if any("day" in bill.facts for bill in pair) or first is None or last in (None, first):
        return pair
    return _on(pair[0], first), _on(pair[1], last)


def _on(bill: Reading, day: date | None) -> Reading:
    """The bill on a day."""
    said = {} if day is None else {"day": Fact("day", day.isoformat(), "said", bill.subject)}
    return replace(bill, facts={**bill.facts, **said})


def _about(bill: Reading, whole: Reading, known: Known) -> Reading:
    """One of two bills with the person that the whole message is about."""
    of_person = {name: fact for name, fact in known.items() if name in PERSON_FACTS}
    facts = {**{n: f for n, f in of_person.items() if n != "region"}, **bill.facts}
    region = bill.region or (str(of_person["region"].value) if "region" in of_person else None)
    return replace(bill, subject=whole.subject, facts=facts, region=region)


def _meant(
    whole: Reading, said: frozenset[Decimal], freely: bool, context: Context, lang: Lang
) -> Pair | None:
    """The two bills that cost what the person says to have paid; the fewest differences first."""
    bills = list(supposed_bills(whole, context.today, freely))
    apart = said_apart(bills, whole)
    paid = list(_paid(bills, said, context, lang))
    pairs = [
        (one, other)
        for one, other in combinations(paid, 2)
        if _is_pair(one, other, whole) and all(_differ(one, other, name) for name in apart)
    ]
    ordered = [_in_order(pair, whole) for pair in pairs]
    kept = [pair for pair in ordered if _fits_its_days(pair)]
    if not kept:
        return None
    first, last = min(kept, key=lambda pair: _differences(*pair))
    return first[0].bill, last[0].bill


def _paid(
    bills: list[SupposedBill], said: frozenset[Decimal], context: Context, lang: Lang
) -> Iterator[Paid]:
    """The bills that cost what was said, with what they cost."""
    for one in bills:
        priced = priced_bill(one.bill, known_facts(one.bill, context), context, lang)
        cash = None if priced is None else cost(priced.case, context.book).figures.cash
        if cash is not None and cash in said:
            yield one, cash


def _is_pair(one: Paid, other: Paid, whole: Reading) -> bool:
    """Whether two bills of one total cost different sums; a whole bill was paid only where its
    number is said twice.
    """
    total = one[0].told["total"]
    said_once = times_said(total, whole.text) < _BOTH if isinstance(total, Decimal) else True
    return (
        total == other[0].told["total"]
        and one[1] != other[1]
        and not (said_once and total in (one[1], other[1]))
        and 0 not in (one[1], other[1])
    )


def _differ(one: Paid, other: Paid, name: str) -> bool:
    return one[0].told.get(name) != other[0].told.get(name)


def _differences(one: Paid, other: Paid) -> int:
    return sum(_differ(one, other, name) for name in one[0].told)


def _in_order(pair: tuple[Paid, Paid], whole: Reading) -> tuple[Paid, Paid]:
    """The two bills as their sums are said, the earlier one first."""
    order = paid_oneself(whole)

    def said_at(one: Paid) -> int:
        return order.index(one[1]) if one[1] in order else where_said(one[1], whole.text)

    both_known = all(one[1] in order for one in pair)
    key = said_at if both_known else lambda one: where_said(one[1], whole.text)
    first, last = sorted(pair, key=key)
    return first, last


def _fits_its_days(pair: tuple[Paid, Paid]) -> bool:
    """Whether the sum that is said first is that of the earlier day, as people tell it."""
    first, last = (str(one[0].told.get("day", "")) for one in pair)
    return first <= last
