"""What was read from a picture or heard in a recording: always read back, never taken for said.

A machine that reads a box may take one medicine for another, and one that listens one amount for
another; so what it found is offered, and only what the person confirms is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from askdoc.medicines import CatalogueOnDay
from askdoc.medicines.mentions import find_mentions
from askdoc.reception.reaction import Saying
from askdoc.reception.telling import said, saying
from askdoc.wording import Lang, phrase

# Below this a reader guesses; a guess is not worth an old person's time.
LEAST_SCORE = 0.8
_MOST_NAMES = 5
_MOST_HEARD = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print in a picture, and how sure the reader is of it (0-1)."""

    text: str
    score: float


class BoxReader(Protocol):
    """Reads the print in a picture."""

    def read(self, picture: bytes) -> Sequence[Line]:
        """Its lines from top to bottom; none when it is no picture or nothing can be read."""


class Transcriber(Protocol):
    """Writes down what is said in a recording."""

    def transcribe(self, recording: bytes) -> str | None:
        """The words; None when nothing was understood."""


@dataclass(frozen=True, slots=True)
class SeenNames:
    """Names of medicines that stand in a picture, to be confirmed."""

    names: tuple[str, ...]

    def saying(self, lang: Lang) -> Saying:
        """What was read, a button for each name, and one for none of them."""
        ways = [(name, f"ask:{name}") for name in self.names]
        ways.append((phrase("reception.button.none_of_these", lang), "not_it"))
        return saying(phrase("reception.photo.read", lang), ways)


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a recording, to be confirmed."""

    text: str

    def saying(self, lang: Lang) -> Saying:
        """The words, and whether they are right."""
        ways = [
            (phrase("reception.button.heard_right", lang), f"heard:{self.text}"),
            (phrase("reception.button.heard_wrong", lang), "not_it"),
        ]
        return saying(phrase("reception.heard", lang, text=self.text), ways)


@dataclass(frozen=True, slots=True)
class NobodyListens:
    """A recording where there is no transcriber."""

    def saying(self, lang: Lang) -> Saying:
        """What the person can do instead."""
        return said("unread.no_voice", lang)


def names_in(lines: Sequence[Line], on: CatalogueOnDay) -> SeenNames | None:
    """The medicines of the catalogue that are named in what was read for sure; None without any."""
    names: dict[str, None] = {}
    for line in lines:
        if line.score < LEAST_SCORE:
            continue
        for mention in find_mentions(line.text, on):
            if mention.resolution.medicines:
                names.setdefault(mention.text)
    return SeenNames(tuple(names)[:_MOST_NAMES]) if names else None


def heard(text: str | None) -> Heard | None:
    """What was heard, if it is anything, and short enough to be read back."""
    words = (text or "").strip()
    return Heard(words) if 0 < len(words) <= _MOST_HEARD else None
