"""Four ways to rank the same passages: jieba words, characters and pairs, vectors, the search.

Region, scheme, day and kinds cut the rows before every ranking, so only the order differs; all
four get the question with the vocabulary's terms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from askdoc.library.document import SCHEMES, Passage
from askdoc.library.embedding import Embedding
from askdoc.library.index import Index, Rows, Scores
from askdoc.library.search import Ask, regions_above
from askdoc.library.words import plain, tokens

DEPTH = 10
Scorer = Callable[[Ask], Scores]


@dataclass(frozen=True)
class Rankers:
    """The single rankers by name, and why one is missing."""

    scorers: dict[str, Scorer]
    skipped: dict[str, str]


def rankers_of(index: Index, embedding: Embedding | None) -> Rankers:
    """Every ranker that can run here."""
    scorers: dict[str, Scorer] = {
        "pairs": lambda ask: index.words.scores(tokens(ask.question.read_as))
    }
    skipped: dict[str, str] = {}
    if find_spec("jieba"):
        scorers["jieba"] = _jieba([index.passage(at) for at in range(index.size)])
    else:
        skipped["jieba"] = "jieba is not installed (pip install 'askdoc[bench]')"
    vectors = index.vectors
    if embedding is None or vectors is None:
        skipped["dense"] = "there are no vectors here"
    else:
        scorers["dense"] = lambda ask: np.asarray(
            vectors @ embedding.question(ask.question.read_as), np.float32
        )
    return Rankers(scorers, skipped)


def allowed(ask: Ask, index: Index) -> Rows:
    """The rows that the search itself may show for a question."""
    schemes = SCHEMES if ask.scheme is None else (ask.scheme,)
    seen = index.filters.visible(regions_above(ask.region), schemes, ask.kinds)
    return seen & index.filters.in_force(ask.day)


def ranked(ask: Ask, index: Index, scorer: Scorer) -> list[str]:
    """The best passages by one score, among the allowed rows."""
    rows = np.flatnonzero(allowed(ask, index))
    best = rows[np.argsort(-scorer(ask)[rows], kind="stable")][:DEPTH]
    return [index.passage(int(at)).id for at in best]


def _jieba(passages: Sequence[Passage]) -> Scorer:
    import jieba
    from bm25s import BM25

    jieba.setLogLevel(60)

    def cut(text: str) -> list[str]:
        return [word for word in jieba.lcut(plain(text)) if any(map(str.isalnum, word))]

    bm25: Any = BM25()
    bm25.index([cut(one.read_as) for one in passages], show_progress=False)

    def score(ask: Ask) -> Scores:
        known = bm25.get_tokens_ids(cut(ask.question.read_as))
        if not known:
            return np.zeros(len(passages), np.float32)
        return np.asarray(bm25.get_scores_from_ids(known), np.float32)

    return score
