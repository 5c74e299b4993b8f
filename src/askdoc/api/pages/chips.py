"""What was understood, as chips: each fact with the other values it may have and how to say so.

A chip speaks: choosing another value says a sentence that anybody could have typed, so that what is
corrected by hand and by word goes the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from askdoc.assistant.answers import telling
from askdoc.policy import Book
from askdoc.policy.dimensions import MEMBERS, STATUSES
from askdoc.wording import Lang, phrase

_CHANGED = ("scheme", "status", "tier", "setting", "grade")


@dataclass(frozen=True, slots=True)
class Chip:
    """A fact, where it came from, and what may be said to change it."""

    fact: str
    name: str
    shown: str
    origin: str
    ways: list[tuple[str, str]]


def chips(understood: list[Mapping[str, Any]], book: Book, lang: Lang) -> list[Chip]:
    """The chips of an answer, in its order."""
    values = {one["fact"]: str(one["value"]) for one in understood}
    return [
        Chip(
            one["fact"],
            phrase(f"assistant.name.{one['fact']}", lang),
            one["shown"],
            phrase(f"pages.origin.{one['origin']}", lang),
            _ways(one["fact"], values, book, lang),
        )
        for one in understood
    ]


def _ways(fact: str, values: Mapping[str, str], book: Book, lang: Lang) -> list[tuple[str, str]]:
    if fact == "region":
        members = [path for path, one in book.regions.items() if one.level == "city"]
    elif fact == "status":
        members = list(STATUSES.get(values.get("scheme", ""), MEMBERS["status"]))
    elif fact in _CHANGED:
        members = list(MEMBERS[fact])
    else:
        return []
    others = [one for one in dict.fromkeys(members) if one != values.get(fact)]
    shown = [telling.fact(fact, one, lang, book) for one in others]
    return [(one, phrase("pages.chat.correct", lang, said=one)) for one in shown]
