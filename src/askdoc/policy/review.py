"""What a keeper of the book should look at: unverified, conflicting and long unchecked values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from askdoc.policy.book import Book
from askdoc.policy.values import Entry, Leaf, Table

Matter = Literal["unverified", "conflict", "unchecked", "bound"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One value to look at: why, which parameter, where in the files."""

    matter: Matter
    region: str
    parameter: str
    place: str
    source: str
    checked_on: date


def review(book: Book, day: date, months: int) -> list[Finding]:
    """Findings over the whole book; `unchecked` when last checked over `months` months ago."""
    book.load_all()
    found: list[Finding] = []
    for path in book.regions:
        for entries in book.pages(path).entries.values():
            for entry in entries:
                found.extend(_of(entry, day, months))
    return found


def _of(entry: Entry, day: date, months: int) -> Iterator[Finding]:
    leaves = list(_leaves(entry.held))
    checked = (day.year - entry.checked_on.year) * 12 + day.month - entry.checked_on.month
    matters: list[tuple[Matter, Leaf | None]] = []
    if checked > months or (checked == months and day.day > entry.checked_on.day):
        matters.append(("unchecked", leaves[0] if leaves else None))
    for leaf in leaves:
        if leaf.readings:
            matters.append(("conflict", leaf))
        elif leaf.confidence == "unverified":
            matters.append(("unverified", leaf))
        if leaf.bound != "exact":
            matters.append(("bound", leaf))
    for matter, found in matters:
        place, source = (found.place, found.source) if found else (entry.place, "")
        yield Finding(matter, entry.region, entry.parameter, place, source, entry.checked_on)


def _leaves(held: Table | Leaf | None) -> Iterator[Leaf]:
    if isinstance(held, Leaf):
        yield held
    elif isinstance(held, Table):
        for _, branch in held.branches:
            yield from _leaves(branch)
