"""A message in pieces that weights can be learnt for: letters by ones, twos and threes, and marks.

Beside each piece stands the same piece with what its clause is: one that denies, or speaks of
insurance, the past or a supposition, weighs otherwise than a plain one. Pieces are counted in
numbered places (a hash), so that the weights need no list of words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from askdoc.assistant.triage.happening import Speaker
from askdoc.assistant.triage.message import Message
from askdoc.language import Span

PLACES = 1 << 15
# What makes a clause another kind of clause.
_TURNING = ("insurance", "past", "supposed")
# What may deny what a clause says; 没反应 is learnt as a sign all the same.
_DENYING = re.compile(r"没|不是|不用|不要|不会|别|未|无|\b(?:no|not|never|nobody|none)\b|n't\b")
# A mark counts as much as a few pieces of a short message.
_MARK_SIZE = 0.22
_LENGTHS = (6, 10, 15, 25, 40)
_LATIN = re.compile(r"[a-z][a-z']*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The places of a message's pieces and how much each counts; at least one."""

    places: NDArray[np.int32]
    sizes: NDArray[np.float32]


def pieces_of(said: Message, speaker: Speaker) -> Pieces:
    """Everything that the weights know of a message."""
    grams = {gram for clause in clauses_of(said) for gram in _clause_grams(said, clause)}
    counted: dict[int, float] = {}
    _count(counted, grams, 1 / max(len(grams), 1) ** 0.5)
    _count(counted, set(_marks(said, speaker)), _MARK_SIZE)
    return _pieces(counted)


def clause_pieces(said: Message, clause: Span) -> Pieces:
    """The pieces of one clause alone: what it adds to the whole."""
    counted: dict[int, float] = {}
    _count(counted, set(_clause_grams(said, clause)), 1.0)
    return _pieces(counted)


def _pieces(counted: Mapping[int, float]) -> Pieces:
    return Pieces(
        np.fromiter(counted, np.int32, len(counted)),
        np.fromiter(counted.values(), np.float32, len(counted)),
    )


def clauses_of(said: Message) -> list[Span]:
    """The clauses of a message, in order."""
    starts = (*said.clause_starts, len(said.text))
    return [(start, end) for start, end in pairwise(starts) if start < end]


def _count(counted: dict[int, float], pieces: Iterable[str], size: float) -> None:
    # Sorted, so that the sums are the same on every run.
    for piece in sorted(pieces):
        place = crc32(piece.encode("utf-8", "ignore")) % PLACES
        counted[place] = counted.get(place, 0.0) + size


def _clause_grams(said: Message, clause: Span) -> Iterator[str]:
    """Plain pieces and those with the clause's kind; what is denied gives none that are plain."""
    text = _NUMBER.sub("0", said.text[slice(*clause)])
    kind = _kind(said, clause)
    plain = f"{kind}|" if kind == "d" else ""
    words = _LATIN.findall(text)
    letters = _LATIN.sub("a", text)
    yield from (f"{plain}{gram}" for gram in _grams(f"^{letters}$", 3))
    yield from (f"{plain}w:{one} {two}" for one, two in pairwise(words))
    yield from (f"w:{word}" for word in words if not plain)
    yield from (f"{kind}|{gram}" for gram in _grams(letters, 2))
    yield from (f"{kind}|w:{word}" for word in words)


def _grams(letters: str, longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(letters) - length + 1):
            yield letters[at : at + length]


def _kind(said: Message, clause: Span) -> str:
    if said.has("over", *clause) or _DENYING.search(said.text, *clause):
        return "d"
    return "m" if any(said.has(name, *clause) for name in _TURNING) else "p"


def _marks(said: Message, speaker: Speaker) -> Iterator[str]:
    length = len(said.text)
    yield f"D:{speaker}"
    yield from (f"S:{name}" for name in said.marks if said.has(name, 0, length))
    if said.harmless.spans:
        yield "H"
    yield from (f"L{limit}" for limit in _LENGTHS if length > limit)
