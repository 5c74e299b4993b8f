"""A model's prose: its own words, and sentences of the results that it puts in by number ({3}).

Only code prints a figure: where the model wants one, it names the sentence that holds it.
"""

import re
from dataclasses import dataclass

from askdoc.assistant.outside.evidence import Evidence

_REFERENCE = re.compile(r"[{｛]\s*(\d{1,3})\s*[}｝]")
_ENDS = tuple('。！？.!?…}｝）)”"')
_DIGITS = re.compile(r"\d[\d,.]*")
HIDDEN = "#"


@dataclass(frozen=True, slots=True)
class Prose:
    """`own` are the model's words with every reference taken out; `lines` are what to show.

    Words that lead to a sentence that does not exist are in neither; `unknown` names it.
    A text that breaks off is not `is_finished`: a stream may end early without saying so.
    """

    own: str
    lines: tuple[str, ...]
    used: frozenset[int]
    unknown: tuple[str, ...]
    is_finished: bool


def read_prose(text: str, evidence: Evidence) -> Prose:
    """The prose with its references resolved; an unknown number is reported."""
    own: list[str] = []
    lines: list[str] = []
    used: set[int] = set()
    unknown: list[str] = []
    for paragraph in text.strip().splitlines():
        done = 0
        for match in _REFERENCE.finditer(paragraph):
            words, done = paragraph[done : match.start()], match.end()
            at = int(match[1]) - 1
            if not 0 <= at < len(evidence.lines):
                unknown.append(match[0])
                continue
            _add(words, own, lines)
            if at not in used:
                used.add(at)
                lines.append(evidence.lines[at])
        _add(paragraph[done:], own, lines)
    return Prose(
        "。".join(own), tuple(lines), frozenset(used), tuple(unknown), text.rstrip().endswith(_ENDS)
    )


def _add(words: str, own: list[str], lines: list[str]) -> None:
    # What is left of a sentence around a reference may be a stop alone.
    words = words.strip().lstrip("。．.，,；;：: ")
    if words:
        own.append(words)
        lines.append(words)


def hidden(line: str) -> str:
    """A sentence as the model sees it: its figures can't be copied, only referred to."""
    return _DIGITS.sub(HIDDEN, line)
