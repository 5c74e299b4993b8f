"""Words with a meaning each, found in one pass over a text; the longest word wins at its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Meaning]):
    """A word found in a text, where, and what it means."""

    word: str
    start: int
    end: int
    meaning: Meaning


class WordList(Generic[Meaning]):
    """Words with a meaning each. A Latin word only matches as a whole word."""

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


def overlapping(words: WordList[Meaning], text: str) -> list[Hit[Meaning]]:
    """Every word, also where two overlap; one that lies inside a longer one says nothing."""
    hits: list[Hit[Meaning]] = []
    at = 0
    while found := words.find(text[at:]):
        first = found[0]
        hit = Hit(first.word, first.start + at, first.end + at, first.meaning)
        if not any(one.start <= hit.start and hit.end <= one.end for one in hits):
            hits.append(hit)
        at = hit.start + 1
    return hits
