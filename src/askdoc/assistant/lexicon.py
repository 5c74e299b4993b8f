"""What people say → what policies say, from `knowledge/lexicon.yaml`.

Words are looked for in simplified, lower-case text; at one place the longest word wins, and a
Latin word only matches as a whole word.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from askdoc.policy.dimensions import MEMBERS
from askdoc.policy.strict_yaml import Map, SheetError, read_sheet

Meaning = TypeVar("Meaning")
FILE = "lexicon.yaml"
# Roles that a bill is made of; anything else that was recognised is only repeated.
BILL_ROLES = (
    "total",
    "class_a",
    "class_b",
    "negotiated",
    "off_catalogue",
    "deductible_used",
    "account_current",
    "fund_paid",
    "in_scope_self_pay",
)
ROLES = (
    *BILL_ROLES,
    # Recognised and repeated, but no part of a bill.
    "person_paid",
    "funds_paid",
    "unit_price",
    "deductible_full",
    "deductible_left",
    # Speak of the deductible where that is spoken of, else of nothing.
    "used",
    "left",
)
ASKS = (
    "cost",
    "compare_places",
    "medicine",
    "alternatives",
    "same_ingredient",
    "explain",
    "value",
)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Meaning]):
    """A word found in a text, where, and what it means."""

    word: str
    start: int
    end: int
    meaning: Meaning


class WordList(Generic[Meaning]):
    """Words with a meaning each, found in one pass over a text."""

    def __init__(self, words: Mapping[str, Meaning]) -> None:
        self._meanings = dict(words)
        ordered = sorted(self._meanings, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(_alone(word) for word in ordered) or r"(?!)")

    def find(self, text: str) -> list[Hit[Meaning]]:
        """Every word in a text that is simplified and lower-case already."""
        return [
            Hit(found[0], found.start(), found.end(), self._meanings[found[0]])
            for found in self._pattern.finditer(text)
        ]


def _alone(word: str) -> str:
    before = r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    after = r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return f"{before}{re.escape(word)}{after}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists that the reader uses."""

    facts: WordList[Mapping[str, str]]
    weak: frozenset[str]
    before: WordList[str]
    after: WordList[str]
    shares: WordList[str]
    asks: WordList[str]
    values: WordList[str]
    subjects: WordList[str]
    elsewhere: WordList[str]


def load_lexicon(knowledge: Path) -> Lexicon:
    """The lexicon of a knowledge folder. Raises SheetError naming file and line."""
    sheet = read_sheet(knowledge / FILE).only(
        "facts", "money", "shares", "asks", "values", "subjects", "elsewhere"
    )
    facts: dict[str, Mapping[str, str]] = {}
    weak: set[str] = set()
    for row in sheet.rows("facts").maps():
        row.only("sets", "words", "weak")
        sets = _sets(row.map("sets"))
        for word in _words(row, facts):
            facts[word] = sets
            if "weak" in row and row.scalar("weak").flag():
                weak.add(word)
    return Lexicon(
        facts=WordList(facts),
        weak=frozenset(weak),
        before=_list(sheet.rows("money").maps(), "role", ROLES, "before"),
        after=_list(sheet.rows("money").maps(), "role", ROLES, "after"),
        shares=_list(sheet.rows("shares").maps(), "role", ("first_pay_share",), "words"),
        asks=_list(sheet.rows("asks").maps(), "ask", ASKS, "words"),
        values=_list(
            sheet.rows("values").maps(), "figure", ("deductible", "share", "ceiling"), "words"
        ),
        subjects=_list(
            sheet.rows("subjects").maps(),
            "subject",
            ("parent", "partner", "child", "grandparent", "patient"),
            "words",
        ),
        elsewhere=_list(sheet.rows("elsewhere").maps(), "means", ("unrecorded", "away"), "words"),
    )


def _sets(row: Map) -> dict[str, str]:
    return {
        name: row.scalar(name).one_of(
            ("female", "male") if name == "sex" else MEMBERS.get(name, ())
        )
        for name in row
    }


def _words(row: Map, taken: Iterable[str], key: str = "words") -> list[str]:
    found: list[str] = []
    for one in row.rows(key).scalars() if key in row else []:
        word = one.text().lower()
        if word in taken or word in found:
            raise SheetError(one.place, "listed_twice", found=word)
        found.append(word)
    return found


def _list(rows: list[Map], name: str, allowed: tuple[str, ...], key: str) -> WordList[str]:
    words: dict[str, str] = {}
    for row in rows:
        meaning = row.scalar(name).one_of(allowed)
        words.update(dict.fromkeys(_words(row, words, key), meaning))
    return WordList(words)
