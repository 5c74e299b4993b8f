"""The weights of the search and of "nothing is sufficient", found on questions for tuning.

Every fifth of the questions is tried by weights that never saw it, so the printed rates are of
unseen questions. The code holds these weights rounded; running this changes nothing. The lens is
not made anew for a fold: none of these questions had a part in it. What names a place whose rules
are not recorded is left out: the reader refuses it, whatever was found.

Run: python eval/retrieval/fit.py
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from metrics import hit, recall
from numpy.typing import NDArray
from rankers import DEPTH, allowed
from run import HERE, KNOWLEDGE, TODAY, asked_of

from askdoc.bootstrap import House
from askdoc.library.evidence import is_foreign
from askdoc.library.index import Index
from askdoc.library.keeper import Kept
from askdoc.library.search import MOST_LEVELS, likeness, spread
from askdoc.library.vocabulary import load_vocabulary
from askdoc.settings import Settings

FILES = ("tuning", "inside", "outside", "practice", "practice_again")
PARTS = ("text", "asked", "words", "nearer")
SIGNS = ("closest", "words", "outside", "foreign", "aside")
FOLDS, SEEDS = 5, 5
SURE = 0.7
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Looked:
    """A question, the rows it may see, their parts, and the signs that something is sufficient."""

    asked: dict[str, Any]
    ids: list[str]
    parts: Table
    signs: list[float]

    @property
    def right(self) -> Table:
        return np.isin(self.ids, self.asked.get("right") or [])


def looked_at(asked: dict[str, Any], kept: Kept, vocabulary: Any) -> Looked:
    """One question as the search sees it, before anything is weighed."""
    index: Index = kept.index
    ask = asked_of(asked, vocabulary)
    assert kept.embedding is not None
    like = likeness(ask.question, index, kept.embedding.question(ask.question.read_as))
    at = np.flatnonzero(allowed(ask, index))
    parts = spread(like, at)
    nearer = np.minimum(index.filters.levels[at], MOST_LEVELS)
    signs = [
        like.closest(at) or 0.0,
        float(like.said[at].max()),
        float(ask.question.outside is not None),
        float(is_foreign(ask.question)),
        like.aside or 0.0,
    ]
    columns = [*(parts[name] for name in PARTS[:-1]), nearer]
    ids = [index.passage(int(row)).id for row in at]
    return Looked(asked, ids, np.stack(columns, axis=1).astype(np.float64), signs)


def order_weights(rows: list[Looked], steps: int = 200) -> Table:
    """The weights under which the right passages stand out (softmax over rows, Adam)."""
    weights = np.full(len(PARTS), 4.0)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = 0.01 * weights
        for row in rows:
            score = row.parts @ weights
            all_ = np.exp(score - score.max())
            good = np.where(row.right, all_, 0)
            slope = slope + row.parts.T @ (all_ / all_.sum() - good / good.sum()) / len(rows)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights = weights - 0.3 * (1 - step / steps) * move
    return weights / weights.sum()


def sure_weights(signs: Table, wanted: Table) -> Table:
    """A logistic rule over signs; the last weight is its threshold."""
    middle, width = signs.mean(axis=0), signs.std(axis=0)
    table = np.c_[(signs - middle) / width, np.ones(len(signs))]
    weights = np.zeros(table.shape[1])
    steady = np.diag([*([0.005 * len(signs)] * signs.shape[1]), 1e-6])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-table @ weights))
        bend = (table * (sure * (1 - sure))[:, np.newaxis]).T @ table + steady
        weights = weights + np.linalg.solve(bend, table.T @ (wanted - sure) - steady @ weights)
    plain = weights[:-1] / width
    return np.array([*plain, weights[-1] - plain @ middle])


def folds(count: int, seed: int) -> list[NDArray[np.intp]]:
    """The numbers below a count, in parts drawn by a seed."""
    drawn = np.random.default_rng(seed).permutation(count)
    return [drawn[at::FOLDS] for at in range(FOLDS)]


def try_order(rows: list[Looked]) -> None:
    """Print the weights of the order and how well they do on questions they never saw."""
    hits, recalls = [], []
    for seed in range(SEEDS):
        for part in folds(len(rows), seed):
            weights = order_weights([row for at, row in enumerate(rows) if at not in part])
            for row in (rows[at] for at in part):
                best = np.argsort(-(row.parts @ weights), kind="stable")[:DEPTH]
                shown = [row.ids[at] for at in best]
                hits.append(hit(shown, row.asked["right"]))
                recalls.append(recall(shown, row.asked["right"], 5))
    found = dict(zip(PARTS, order_weights(rows).round(3).tolist(), strict=True))
    print(f"order: {found}\n  unseen hit@1 {np.mean(hits):.3f}  recall@5 {np.mean(recalls):.3f}")


def try_sure(rows: list[Looked]) -> None:
    """Print the rule for "sufficient" and both its error rates on questions it never saw."""
    signs = np.array([row.signs for row in rows])
    wanted = np.array([float(not row.asked.get("unanswerable")) for row in rows])
    limit = np.log(SURE / (1 - SURE))
    wrong: dict[float, list[bool]] = {0.0: [], 1.0: []}
    for seed in range(SEEDS):
        for part in folds(len(rows), seed):
            rest = np.setdiff1d(np.arange(len(rows)), part)
            weights = sure_weights(signs[rest], wanted[rest])
            sure = signs[part] @ weights[:-1] + weights[-1] >= limit
            for yes, was in zip(sure, wanted[part], strict=True):
                wrong[was].append(bool(yes) != bool(was))
    weights = sure_weights(signs, wanted)
    ratios = (weights[:-1] / weights[0]).round(5).tolist()
    print(f"sufficient: {dict(zip(SIGNS, ratios, strict=True))}")
    print(f"  floor {(limit - weights[-1]) / weights[0]:.3f}")
    print(f"  unseen answered though unanswerable {np.mean(wrong[0.0]):.3f}")
    print(f"  unseen refused though answerable {np.mean(wrong[1.0]):.3f}")


def main() -> None:
    """Print both sets of weights with their rates."""
    vocabulary = load_vocabulary(KNOWLEDGE)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Settings(KNOWLEDGE, Path(folder), Path(folder), "zh"))
        kept, reader = house.open_library(), house.context(TODAY, {}, 0, None)
        rows = [
            looked_at(asked, kept, vocabulary)
            for name in FILES
            for asked in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))["questions"]
            if reader.read(asked["ask"]).unrecorded is None
        ]
    try_order([row for row in rows if row.right.any()])
    try_sure(rows)


if __name__ == "__main__":
    main()
