"""Search: filters first, then vectors and words together, then whether that is enough.

A passage is seen only when its region, scheme, kind and day fit; nothing of that is left to
likeness. A question is compared with the texts and with the questions that they answer. What
begins later is looked for apart and told as coming, never among what holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askdoc.library.asked_rows import Scores
from askdoc.library.document import IN_FORCE_KINDS, SCHEMES, Kind, Passage
from askdoc.library.embedding import Embedding, Matrix
from askdoc.library.evidence import CLOSER, is_foreign, is_sufficient
from askdoc.library.index import Index
from askdoc.library.lens import through
from askdoc.library.vectors import fitting
from askdoc.library.vocabulary import Question
from askdoc.library.words import tokens
from askdoc.policy.book import NATION

# Found by eval/retrieval/fit.py on its own questions and the tuning half, and rounded.
PARTS = {"text": 0.2, "asked": 0.3, "words": 0.45}
# The words of a question in another language than the documents are those that the vocabulary
# knows and names that are never translated: they tell less than those of a whole sentence.
FOREIGN_WORDS = 0.2
# What the terms of policy count for that the vocabulary adds to the person's own words.
ADDED_PART = 0.3
# What a rule of the person's own place is worth over a wider one, for each level below the nation.
NEARER = 0.08
MOST_LEVELS = 2
# What it is worth to be kin of a passage found (`knowledge/documents/kin.yaml`): as much as its
# kin, and the less the farther that lies behind the first. And what it is worth to read like the
# first, for passages that nobody knows the kin of. Among so many of the best.
KIN = 0.4
BEHIND = 4
ALIKE = 0.1
KIN_AMONG = 100
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
class Likeness:
    """How like the question every row is; what is compared by vectors is None without them.

    `text` and `asked` (the closest question that a row answers, NaN where it has none; None where
    no row has any) order the rows, `close` and `close_asked` are the same as plain cosines. `said`
    counts the question's own words, `words` also the terms that they mean. `aside` is the cosine
    with the closest question that no document answers.
    """

    said: Scores
    words: Scores
    text: Scores | None = None
    asked: Scores | None = None
    close: Scores | None = None
    close_asked: Scores | None = None
    aside: float | None = None

    def closest(self, at: NDArray[np.intp]) -> float | None:
        """The best cosine among some rows, as if every row were asked something."""
        if self.close is None:
            return None
        if self.close_asked is None:
            return float(self.close[at].max()) + CLOSER
        asked, text = self.close_asked[at], self.close[at] + CLOSER
        return float(np.where(np.isnan(asked), text, asked).max())


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, its score (0-1 within this search), and why it is here.

    `closeness` is the cosine with its text, None without vectors.
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
    like: Likeness | None = None,
) -> Found:
    """The passages for a question whose vector is given.

    Every vector is compared, or with `nearest` those that it offers. `floor` is the embedding's.
    `like` is the question's likeness, where it was found before: it is the same for every place.
    """
    seen = index.filters.visible(regions_above(ask.region), _schemes(ask.scheme), ask.kinds)
    if like is None:
        rows = None
        if vector is not None and index.vectors is not None and nearest is not None:
            rows = _offered(index, nearest(vector, _where(ask), OFFERED))
        like = likeness(ask.question, index, vector, rows)
    held = np.flatnonzero(seen & index.filters.in_force(ask.day))
    coming = np.flatnonzero(seen & index.filters.coming(ask.day))
    matches = _best(ask, index, held, like)
    enough = bool(held.size) and is_sufficient(
        ask.question, like.closest(held), float(like.said[held].max()), floor, like.aside
    )
    return Found(matches, _best(ask, index, coming, like), enough)


def likeness(
    question: Question, index: Index, vector: Matrix | None, rows: NDArray[np.intp] | None = None
) -> Likeness:
    """How like the question every row is, whether it may be shown or not; by vector only `rows`."""
    said = index.words.scores(question.said)
    words = said
    if question.means:
        words = said + ADDED_PART * index.words.scores(question.added)
    if vector is None or index.vectors is None:
        return Likeness(said, words)
    close = _cosines(index.vectors, vector, rows)
    close_asked = _closest_asked(index, index.asked.vectors, vector)
    aside = float((index.outside @ vector).max()) if len(index.outside) else None
    if index.seen is None:
        return Likeness(said, words, close, close_asked, close, close_asked, aside)
    seen = through(index.seen.turn, vector)
    text = _cosines(index.seen.texts, seen, rows)
    asked = _closest_asked(index, index.seen.questions, seen)
    return Likeness(said, words, text, asked, close, close_asked, aside)


def _closest_asked(index: Index, questions: Matrix, vector: Matrix) -> Scores | None:
    return index.asked.best(questions @ vector, index.size) if len(questions) else None


def _where(ask: Ask) -> dict[str, Any]:
    return fitting(regions_above(ask.region), _schemes(ask.scheme), ask.kinds, ask.day)


def _offered(index: Index, digests: Iterable[str]) -> NDArray[np.intp]:
    return np.flatnonzero(np.isin(index.digests, [digest.encode() for digest in digests]))


def _cosines(vectors: Matrix, vector: Matrix, rows: NDArray[np.intp] | None) -> Scores:
    """The cosine of every row; rows that were not offered count as far as the farthest offered."""
    if rows is None:
        return np.asarray(vectors @ vector, np.float32)
    exact = np.asarray(vectors[rows] @ vector, np.float32)
    close = np.full(len(vectors), exact.min(initial=1.0), np.float32)
    close[rows] = exact
    return close


def regions_above(region: str | None) -> tuple[str, ...]:
    """A region and every region that it lies in; the nation alone when none is known."""
    parts = (region or NATION).split("/")
    return tuple("/".join(parts[: count + 1]) for count in range(len(parts)))


def _schemes(scheme: str | None) -> Sequence[str]:
    return SCHEMES if scheme is None else (scheme,)


def _best(ask: Ask, index: Index, at: NDArray[np.intp], like: Likeness) -> tuple[Match, ...]:
    if not at.size:
        return ()
    scores = fused(spread(like, at), is_foreign(ask.question))
    scores += NEARER * np.minimum(index.filters.levels[at], MOST_LEVELS)
    scores /= 1 + NEARER * MOST_LEVELS
    top = _first(scores, max(ask.count, KIN_AMONG))
    best = _with_kin(scores[top], at[top], index)
    if like.close is not None and index.vectors is not None:
        near = _likeness_to_first(index.vectors[at[top]])
        best = np.asarray((best + ALIKE * near) / (1 + ALIKE), np.float32)
    found = ((int(at[top[one]]), float(best[one])) for one in _first(best, ask.count))
    return tuple(_match(ask, index, row, score, like.close) for row, score in found)


def _first(scores: Scores, count: int) -> NDArray[np.intp]:
    """Where the highest scores are, highest first."""
    count = min(count, scores.size)
    top = np.argpartition(-scores, count - 1)[:count]
    return top[np.argsort(-scores[top], kind="stable")]


def _with_kin(scores: Scores, rows: NDArray[np.intp], index: Index) -> Scores:
    """The scores of some rows, best first, with what each is worth as kin of a better one."""
    if scores[0] <= 0:
        return scores
    share = (scores / scores[0]) ** BEHIND
    place = np.full(index.size, -1)
    place[rows] = np.arange(len(rows))
    pairs = place[index.kin]
    pairs = pairs[(pairs >= 0).all(axis=1)]
    worth = share.copy()
    np.maximum.at(worth, pairs[:, 0], share[pairs[:, 1]])
    return np.asarray((scores + KIN * worth) / (1 + KIN), np.float32)


def _likeness_to_first(vectors: Matrix) -> Scores:
    """How like the first text the others are, spread over 0-1; the first is as like as the next."""
    near = np.asarray(vectors @ vectors[0], np.float32)
    if len(near) > 1:
        near[0] = near[1:].max()
    return _spread(near)


def spread(like: Likeness, at: NDArray[np.intp]) -> dict[str, Scores]:
    """Each part of the score of some rows, spread over 0-1."""
    parts = {"words": _spread(like.words[at])}
    if like.text is not None:
        parts["text"] = _spread(like.text[at])
    if like.asked is not None:
        near = like.asked[at]
        has = ~np.isnan(near)
        # A passage without questions is judged by its text alone.
        parts["asked"] = parts["text"].copy()
        if has.any():
            parts["asked"][has] = _spread(near[has])
    return parts


def fused(parts: dict[str, Scores], foreign: bool = False) -> Scores:
    """The parts that could be compared as one score of 0-1; `foreign` for a question that is."""
    weights = PARTS | {"words": FOREIGN_WORDS} if foreign else PARTS
    weight = sum(weights[name] for name in parts)
    score = sum(weights[name] * part for name, part in parts.items())
    return np.asarray(score / weight, np.float32)


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
