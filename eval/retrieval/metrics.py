"""How good a ranking is, and how sure that is: the usual measures and their bootstrap.

What a reader would not guess: a right passage counts once, so a list that names it twice earns
nothing more.
"""

from collections.abc import Callable, Collection, Sequence
from math import log2

import numpy as np

RESAMPLES, SEED = 10_000, 20261125
Measure = Callable[[Sequence[str], Collection[str]], float]


def ndcg(ranked: Sequence[str], right: Collection[str], cut: int = 10) -> float:
    """Gain of each right passage discounted by its place, against the best possible order."""
    gained = sum(1 / log2(at + 2) for at, one in enumerate(_once(ranked)[:cut]) if one in right)
    best = sum(1 / log2(at + 2) for at in range(min(cut, len(set(right)))))
    return gained / best if best else 0.0


def recall(ranked: Sequence[str], right: Collection[str], cut: int) -> float:
    """The share of the right passages among the first `cut`."""
    wanted = set(right)
    return len(wanted & set(_once(ranked)[:cut])) / len(wanted) if wanted else 0.0


def mrr(ranked: Sequence[str], right: Collection[str], cut: int = 10) -> float:
    """One over the place of the first right passage; 0 when none is among the first `cut`."""
    return next((1 / at for at, one in enumerate(_once(ranked)[:cut], 1) if one in right), 0.0)


def hit(ranked: Sequence[str], right: Collection[str]) -> float:
    """1 when the first passage is right."""
    return float(bool(ranked) and ranked[0] in right)


MEASURES: dict[str, Measure] = {
    "nDCG@10": ndcg,
    "recall@5": lambda ranked, right: recall(ranked, right, 5),
    "recall@10": lambda ranked, right: recall(ranked, right, 10),
    "MRR@10": mrr,
    "hit@1": hit,
}


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean and its 95% bootstrap interval over questions; paired when given differences."""
    if not values:
        return (float("nan"),) * 3
    kept = np.asarray(values, np.float64)
    drawn = np.random.default_rng(SEED).integers(0, len(kept), (RESAMPLES, len(kept)))
    low, high = np.percentile(kept[drawn].mean(axis=1), [2.5, 97.5])
    return float(kept.mean()), float(low), float(high)


def _once(ranked: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ranked))
