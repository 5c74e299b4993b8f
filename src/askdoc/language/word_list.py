"""Words with a meaning each, found in one pass over a text; the longest word wins at its place.

The words are looked up by their first letter: one pattern of a thousand words tries them all at
every letter, and reading a message asks dozens of lists.
"""

from collections.abc import Iterator, Mapping
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
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._meanings, key=lambda word: (-len(word), word)):
            self._by_letter.setdefault(word[0], []).append(word)

    def find(self, text: str) -> list[Hit[Meaning]]:
        """Every word in a text that is simplified and lower-case already."""
        hits: list[Hit[Meaning]] = []
        free = 0
        for hit in self.longest(text):
            if hit.start >= free:
                hits.append(hit)
                free = hit.end
        return hits

    def longest(self, text: str) -> Iterator[Hit[Meaning]]:
        """The longest word that begins at each place, whether or not others overlap it."""
        if self._by_letter.keys().isdisjoint(text):
            return
        for start, letter in enumerate(text):
            for word in self._by_letter.get(letter, ()):
                if text.startswith(word, start) and _is_whole(text, start, start + len(word)):
                    yield Hit(word, start, start + len(word), self._meanings[word])
                    break


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the word there is no part of a longer Latin one."""
    return not (
        (start > 0 and _is_latin(text[start]) and "a" <= text[start - 1] <= "z")
        or (end < len(text) and _is_latin(text[end - 1]) and "a" <= text[end] <= "z")
    )


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


def overlapping(words: WordList[Meaning], text: str) -> list[Hit[Meaning]]:
    """Every word, also where two overlap; one that lies inside a longer one says nothing."""
    hits: list[Hit[Meaning]] = []
    for hit in words.longest(text):
        if not hits or hit.end > hits[-1].end:
            hits.append(hit)
    return hits
