"""Search: filters first, then vectors and words together, then whether that is enough.

A passage is seen only when its region, scheme, kind and day fit; nothing of that is left to
likeness. What begins later is looked for apart and told as coming, never among what holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from askdoc.library.document import IN_FORCE_KINDS, SCHEMES, Kind, Passage
from askdoc.library.embedding import Embedding, Matrix
from askdoc.library.evidence import is_sufficient
from askdoc.library.index import Index, Rows, Scores
from askdoc.library.vectors import fitting
from askdoc.library.vocabulary import Question
from askdoc.library.words import tokens
from askdoc.policy.book import NATION

# Measured in eval/retrieval on the tuning half.
DENSE_PART = 0.4
ADDED_PART = 1.0
# What a rule of the person's own place is worth over a wider one, for each level below the nation.
NEARER = 0.1
MOST_LEVELS = 2
# How many neighbours are asked for where not every vector is compared.
OFFERED = 200
Nearest = Callable[[Matrix, dict[str, Any], int], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with the person's place, scheme (None: either) and day."""

    question: Question
    day: date
    region: str | None = None
    scheme: str | None = None
    kinds: tuple[Kind, ...] = IN_FORCE_KINDS
    count: int = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, its score (0-1 within this search), and why it is here.

    `closeness` is the cosine, None without vectors.
    """

    passage: Passage
    score: float
    closeness: float | None
    question: Question

    @property
    def words(self) -> tuple[str, ...]:
        """The question's words that stand in the passage, longest first."""
        return shared_words(self.question, self.passage)


@dataclass(frozen=True, slots=True)
class Found:
    """What holds, best first; what is coming; and whether the best is enough to answer from."""

    matches: tuple[Match, ...]
    coming: tuple[Match, ...]
    sufficient: bool


def search(
    ask: Ask, index: Index, embedding: Embedding | None, nearest: Nearest | None = None
) -> Found:
    """The passages for a question. Without an embedding or vectors, by words alone."""
    vector = None
    if embedding is not None and index.vectors is not None and index.size:
        vector = embedding.question(ask.question.read_as)
    return search_by(ask, index, vector, nearest, embedding.floor if embedding else None)


def search_by(
    ask: Ask,
    index: Index,
    vector: Matrix | None,
    nearest: Nearest | None = None,
    floor: float | None = None,
) -> Found:
    """The passages for a question whose vector is given.

    Every vector is compared, or with `nearest` those that it offers. `floor` is the embedding's.
    """
    seen = index.filters.visible(regions_above(ask.region), _schemes(ask.scheme), ask.kinds)
    close = None if vector is None else _closeness(ask, index, vector, nearest)
    words = index.words
    shared = words.scores(ask.question.said) + ADDED_PART * words.scores(ask.question.added)
    held = seen & index.filters.in_force(ask.day)
    matches = _best(ask, index, held, close, shared)
    coming = _best(ask, index, seen & index.filters.coming(ask.day), close, shared)
    return Found(matches, coming, _enough(ask, held, close, shared, floor))


def _enough(
    ask: Ask, rows: Rows, close: Scores | None, shared: Scores, floor: float | None
) -> bool:
    if not rows.any():
        return False
    best_close = None if close is None else float(close[rows].max())
    return is_sufficient(ask.question, best_close, float(shared[rows].max()), floor)


def _closeness(ask: Ask, index: Index, vector: Matrix, nearest: Nearest | None) -> Scores | None:
    """The cosine of every row; rows that were not offered count as far as the farthest offered."""
    if index.vectors is None:
        return None
    if nearest is None:
        return np.asarray(index.vectors @ vector, np.float32)
    where = fitting(regions_above(ask.region), _schemes(ask.scheme), ask.kinds, ask.day)
    offered = [digest.encode() for digest in nearest(vector, where, OFFERED)]
    rows = np.flatnonzero(np.isin(index.digests, offered))
    exact = np.asarray(index.vectors[rows] @ vector, np.float32)
    close = np.full(index.size, exact.min(initial=1.0), np.float32)
    close[rows] = exact
    return close


def regions_above(region: str | None) -> tuple[str, ...]:
    """A region and every region that it lies in; the nation alone when none is known."""
    parts = (region or NATION).split("/")
    return tuple("/".join(parts[: count + 1]) for count in range(len(parts)))


def _schemes(scheme: str | None) -> Sequence[str]:
    return SCHEMES if scheme is None else (scheme,)


def _best(
    ask: Ask, index: Index, rows: Rows, close: Scores | None, shared: Scores
) -> tuple[Match, ...]:
    at = np.flatnonzero(rows)
    if not at.size:
        return ()
    scores = fused(None if close is None else close[at], shared[at])
    nearer = NEARER * np.minimum(index.filters.levels[at], MOST_LEVELS)
    scores = np.asarray((scores + nearer) / (1 + NEARER * MOST_LEVELS), np.float32)
    count = min(ask.count, at.size)
    top = np.argpartition(-scores, count - 1)[:count]
    top = top[np.argsort(-scores[top], kind="stable")]
    return tuple(_match(ask, index, int(at[one]), float(scores[one]), close) for one in top)


def fused(close: Scores | None, shared: Scores) -> Scores:
    """Likeness of meaning and shared words as one score, each spread over 0-1 first."""
    if close is None:
        return _spread(shared)
    return DENSE_PART * _spread(close) + (1 - DENSE_PART) * _spread(shared)


def _spread(scores: Scores) -> Scores:
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    return ((scores - low) / (high - low)).astype(np.float32)


def _match(ask: Ask, index: Index, row: int, score: float, close: Scores | None) -> Match:
    passage = index.passage(row)
    return Match(
        passage,
        round(score, 4),
        None if close is None else round(float(close[row]), 4),
        ask.question,
    )


def shared_words(question: Question, passage: Passage) -> tuple[str, ...]:
    """The question's words that stand in the passage, pairs joined into runs, longest first."""
    held = set(tokens(passage.read_as))
    runs: list[str] = []
    for text in (question.text, *(meant for _, meant in question.means)):
        run = ""
        for token in [one for one in tokens(text) if len(one) > 1]:
            if token not in held:
                run = ""
            elif run and not token[0].isascii() and run[-1] == token[0]:
                runs[-1] = run = run + token[1:]
            else:
                run = token
                runs.append(run)
    return tuple(sorted(dict.fromkeys(runs), key=len, reverse=True))
