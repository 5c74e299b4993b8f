"""Why two bills of one person differ: each fact's part, the parts summing to the fen.

A fact's part is its average effect over every order in which the facts could have changed
(the Shapley value), so no fact is favoured by being named first; explaining the way back
gives the same parts with the sign turned.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial

from askdoc.benefits.case import ZERO, Case, Item, fen
from askdoc.benefits.cost import cost
from askdoc.benefits.insurance_year import year_start
from askdoc.benefits.result import Result
from askdoc.policy import Book
from askdoc.wording import AskdocError

Change = Callable[[Case, Case], Case]


class NotOnePerson(AskdocError):
    """The two bills do not belong to one person: region or scheme differ."""

    code = "benefits.not_one_person"


@dataclass(frozen=True, slots=True)
class Part:
    """How much of the difference one fact accounts for, in yuan (negative: it saved)."""

    fact: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Explanation:
    """Two sums and the parts of the difference in what the person paid in cash."""

    before: Result
    after: Result
    difference: Decimal
    parts: tuple[Part, ...]


def explain(before: Case, after: Case, book: Book) -> Explanation:
    """Which facts account for the change from `before` to `after`.

    Raises NotOnePerson when region or scheme differ.
    """
    if (before.person.region, before.person.scheme) != (after.person.region, after.person.scheme):
        raise NotOnePerson()
    changes = _changes(before, after, book)
    sums: dict[frozenset[str], Result] = {}

    def made(changed: frozenset[str]) -> Result:
        if changed not in sums:
            case = before
            for name in changes:
                if name in changed:
                    case = changes[name](case, after)
            sums[changed] = cost(replace(case, items=_items(before, after, changed)), book)
        return sums[changed]

    first, last = made(frozenset()), made(frozenset(changes))
    difference = last.figures.cash - first.figures.cash
    exact = {
        name: _average_effect(name, list(changes), lambda names: Fraction(made(names).figures.cash))
        for name in changes
    }
    return Explanation(first, last, difference, _to_the_fen(exact, difference))


def _average_effect(
    name: str, names: list[str], cash: Callable[[frozenset[str]], Fraction]
) -> Fraction:
    others = [other for other in names if other != name]
    found = Fraction(0)
    for size in range(len(others) + 1):
        weight = Fraction(factorial(size) * factorial(len(others) - size), factorial(len(names)))
        for chosen in combinations(others, size):
            without = frozenset(chosen)
            found += weight * (cash(without | {name}) - cash(without))
    return found


def _to_the_fen(exact: dict[str, Fraction], difference: Decimal) -> tuple[Part, ...]:
    """Parts rounded to the fen; what rounding leaves goes to the largest part."""
    rounded = {
        name: fen(Decimal(part.numerator) / Decimal(part.denominator))
        for name, part in exact.items()
    }
    left = difference - sum(rounded.values(), ZERO)
    if left:
        largest = max(rounded, key=lambda name: (abs(exact[name]), name))
        rounded[largest] += left
    parts = [Part(name, amount) for name, amount in rounded.items() if amount]
    return tuple(sorted(parts, key=lambda part: (-abs(part.amount), part.fact)))


def _changes(before: Case, after: Case, book: Book) -> dict[str, Change]:
    """The facts that differ, by name, and how to carry each over."""
    crossed = _year(before, book) != _year(after, book)
    known: dict[str, Change] = {
        "new_year": _used_up if crossed else _nothing,
        "deductible": _nothing if crossed else _deductible,
        "used_this_year": _nothing if crossed else _accumulators,
        "day": _day,
        "account": _account,
        "tier": lambda case, to: _visit(case, to, "tier", "institution"),
        "setting": lambda case, to: _visit(case, to, "setting", "disease", "diagnoses"),
        "referral": lambda case, to: _visit(case, to, "referral", "filed", "place"),
        "contract": lambda case, to: replace(
            case, person=replace(case.person, contracted=to.person.contracted)
        ),
        "person": lambda case, to: replace(
            case, person=replace(to.person, contracted=case.person.contracted)
        ),
        "assumed": lambda case, to: replace(case, assume=to.assume),
    }
    changes = {name: change for name, change in known.items() if change(before, after) != before}
    for name in ("class_or_form", "price", "quantity", "amount", "items"):
        if _items(before, after, frozenset({name})) != _items(before, after, frozenset()):
            changes[name] = _nothing
    return changes


def _year(case: Case, book: Book) -> object:
    return year_start(book, case.person.region, str(case.person.scheme), case.visit.day)


def _nothing(case: Case, to: Case) -> Case:
    return case


def _visit(case: Case, to: Case, *names: str) -> Case:
    carried = {name: getattr(to.visit, name) for name in names}
    return replace(case, visit=replace(case.visit, **carried))


def _day(case: Case, to: Case) -> Case:
    return _visit(case, to, "day")


def _deductible(case: Case, to: Case) -> Case:
    """What is used of the deductible, whichever way it was said."""
    used, left = to.year.deductible_used, to.year.deductible_left
    return replace(case, year=replace(case.year, deductible_used=used, deductible_left=left))


def _accumulators(case: Case, to: Case) -> Case:
    year = to.year
    return replace(
        case,
        year=replace(
            case.year,
            fund_paid=year.fund_paid,
            in_scope_self_pay=year.in_scope_self_pay,
            admissions=year.admissions,
            aid_used=year.aid_used,
        ),
    )


def _used_up(case: Case, to: Case) -> Case:
    return _accumulators(_deductible(case, to), to)


def _account(case: Case, to: Case) -> Case:
    year = to.year
    return replace(
        case,
        year=replace(
            case.year, account_current=year.account_current, account_past=year.account_past
        ),
    )


def _items(before: Case, after: Case, changed: frozenset[str]) -> tuple[Item, ...]:
    """The items of a bill on the way from one to the other."""
    pairs, only_before, only_after = _paired(before.items, after.items)
    mixed = tuple(_mixed(was, now, changed) for was, now in pairs)
    return mixed + (tuple(only_after) if "items" in changed else tuple(only_before))


def _paired(
    before: tuple[Item, ...], after: tuple[Item, ...]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    pairs: list[tuple[Item, Item]] = []
    left_before, left_after = list(before), list(after)
    for same in (_same_line, _same_substance, _same_class):
        for was in list(left_before):
            now = next((one for one in left_after if same(was, one)), None)
            if now is not None:
                pairs.append((was, now))
                left_before.remove(was)
                left_after.remove(now)
    return pairs, left_before, left_after


def _same_line(was: Item, now: Item) -> bool:
    return was.medicine is not None and was.medicine == now.medicine


def _same_substance(was: Item, now: Item) -> bool:
    return was.substance is not None and was.substance == now.substance


def _same_class(was: Item, now: Item) -> bool:
    named = was.medicine is not None or now.medicine is not None
    return not named and was.item_class == now.item_class


def _mixed(was: Item, now: Item, changed: frozenset[str]) -> Item:
    kind = now if "class_or_form" in changed else was
    priced = None not in (was.unit_price, now.unit_price, was.quantity, now.quantity)
    price = now if ("price" if priced else "amount") in changed else was
    count = now if "quantity" in changed else was
    return replace(
        kind,
        amount=None if priced else price.total,
        unit_price=price.unit_price if priced else None,
        quantity=count.quantity if priced else None,
        over_standard=price.over_standard,
    )
