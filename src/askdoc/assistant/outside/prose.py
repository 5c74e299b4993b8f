"""A model's prose: its own words, and sentences of the results that it puts in by number ({3}).

Only code prints a figure: where the model wants one, it names the sentence that holds it. The
number behind its own words is also their citation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askdoc.assistant.outside.evidence import Evidence

_REFERENCE = re.compile(r"[{｛]\s*(\d{1,3})\s*[}｝]")
_ENDS = tuple('。！？.!?…}｝）)”"')
_DIGITS = re.compile(r"\d[\d,.]*")
HIDDEN = "#"


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of the model with the sentence that they lead to: `cites` is its place, else None.

    `line` is that sentence where it is to be shown: the first time that it is cited.
    """

    own: str
    cites: int | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in units, in order.

    Words that lead to a sentence that does not exist are in none; `unknown` names it. A text that
    breaks off is not `is_finished`: a stream may end early without saying so.
    """

    units: tuple[Unit, ...]
    unknown: tuple[str, ...]
    is_finished: bool

    @property
    def own(self) -> str:
        """The model's words with every reference taken out."""
        return "。".join(unit.own for unit in self.units if unit.own)

    @property
    def lines(self) -> tuple[str, ...]:
        """What to show."""
        return lines_of(self.units)

    @property
    def used(self) -> frozenset[int]:
        """The places of the sentences that are put in."""
        return frozenset(unit.cites for unit in self.units if unit.cites is not None)

    @property
    def certain(self) -> "Prose":
        """What no further word can change while the text is still being written."""
        ends = [at for at, unit in enumerate(self.units, 1) if unit.cites is not None]
        return Prose(self.units[: ends[-1] if ends else 0], self.unknown, True)


def lines_of(units: Sequence[Unit]) -> tuple[str, ...]:
    """The words of units and the sentences behind them, in order."""
    return tuple(line for unit in units for line in (unit.own, unit.line) if line)


def read_prose(text: str, evidence: Evidence) -> Prose:
    """The prose with its references resolved; an unknown number is reported."""
    units: list[Unit] = []
    unknown: list[str] = []
    used: set[int] = set()
    for words, reference in _pieces(text):
        if reference is None:
            units += [Unit(words)] if words else []
            continue
        at = int(reference[1]) - 1
        if not 0 <= at < len(evidence.lines):
            unknown.append(reference[0])
            continue
        units.append(Unit(words, at, None if at in used else evidence.lines[at]))
        used.add(at)
    return Prose(tuple(units), tuple(unknown), text.rstrip().endswith(_ENDS))


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Words with the reference behind them in the same paragraph, if there is one."""
    for paragraph in text.strip().splitlines():
        done = 0
        for match in _REFERENCE.finditer(paragraph):
            yield _words(paragraph[done : match.start()]), match
            done = match.end()
        yield _words(paragraph[done:]), None


def _words(text: str) -> str:
    # What is left of a sentence around a reference may be a stop alone.
    return text.strip().lstrip("。．.，,；;：: ")


def hidden(line: str) -> str:
    """A sentence as the model sees it: its figures can't be copied, only referred to."""
    return _DIGITS.sub(HIDDEN, line)
