"""What a person agreed to, read from every word that they said about it.

What a reader would not guess: the last word counts, and whoever refuses that anything is kept in a
chat is not reminded there either, until they agree to that again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

ConsentKind = Literal["domestic", "cross_border", "reminders"]


@dataclass(frozen=True, slots=True)
class Word:
    """A yes or a no to one thing."""

    kind: str
    given: bool


def agreed_to_reminders(words: Iterable[Word]) -> bool:
    """Whether a chat may be reminded, after these words about it, oldest first."""
    agreed = False
    for word in words:
        if word.kind == "reminders":
            agreed = word.given
        elif not word.given:
            agreed = False
    return agreed


def lets_abroad(words: Iterable[Word]) -> bool:
    """Whether what is written may leave the country, after these words, oldest first."""
    return next((one.given for one in reversed([*words]) if one.kind == "cross_border"), False)
