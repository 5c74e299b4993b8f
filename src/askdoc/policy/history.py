"""What a parameter was, is and will be, each value with its conditions; what changed between days.

A table is told leaf by leaf, so that two days are compared value by value and not file by file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from askdoc.policy.book import Book
from askdoc.policy.dimensions import ANY, Band
from askdoc.policy.policy import Policy
from askdoc.policy.values import Entry, Leaf, Table

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of an entry; `leaf` None: from that day the wider region's value holds."""

    entry: Entry
    conditions: Conditions
    leaf: Leaf | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A value that differs between two days; None where there was or is none."""

    parameter: str
    conditions: Conditions
    before: Dated | None
    after: Dated | None


def told(entry: Entry) -> Iterator[Dated]:
    """Every value of an entry."""
    if entry.held is None:
        yield Dated(entry, (), None)
        return
    for conditions, leaf in _leaves(entry.held, ()):
        yield Dated(entry, conditions, leaf)


def history(book: Book, region: str, parameter: str) -> tuple[Dated, ...]:
    """Every value that the region and those around it ever dated, widest region first.

    Raises UnknownRegion and UnknownParameter.
    """
    entries = Policy(book, date.max, region).history(parameter)
    return tuple(one for entry in entries for one in told(entry))


def in_force(book: Book, region: str, day: date, parameter: str) -> tuple[Dated, ...]:
    """The values of a parameter that hold on a day. Raises UnknownRegion, UnknownParameter."""
    entry = Policy(book, day, region).entry(parameter)
    return () if entry is None else tuple(told(entry))


def changes(book: Book, region: str, first: date, last: date) -> tuple[Changed, ...]:
    """What holds on `last` and did not on `first`, and the other way. Raises UnknownRegion."""
    found: list[Changed] = []
    for name in book.parameters:
        before = {one.conditions: one for one in in_force(book, region, first, name)}
        after = {one.conditions: one for one in in_force(book, region, last, name)}
        for conditions in dict.fromkeys((*before, *after)):
            old, new = before.get(conditions), after.get(conditions)
            if _content(old) != _content(new):
                found.append(Changed(name, conditions, old, new))
    return tuple(found)


def _content(one: Dated | None) -> object:
    if one is None or one.leaf is None:
        return None
    return one.leaf.standing, one.leaf.content, one.leaf.readings


def _leaves(held: Table | Leaf, above: Conditions) -> Iterator[tuple[Conditions, Leaf]]:
    if isinstance(held, Leaf):
        yield above, held
        return
    for key, branch in held.branches:
        shown = _band(key) if isinstance(key, Band) else key
        here = above if shown == ANY else (*above, (held.dimension, shown))
        yield from _leaves(branch, here)


def _band(band: Band) -> str:
    return f"{band.low}.." if band.high is None else f"{band.low or ''}..{band.high}"
