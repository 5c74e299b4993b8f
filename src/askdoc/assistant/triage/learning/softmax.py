"""Learning the weights of the second opinion: multinomial logistic regression, by L-BFGS.

Each message counts twice, with its embedded row and without, so that one set of weights serves
machines where the embedding runs and those where it does not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdoc.assistant.triage.pieces import PLACES, Pieces

Doubles = NDArray[np.float64]
Goal = Callable[[Doubles], tuple[float, Doubles]]

_LETTER_PENALTY = 0.1
_MEANING_PENALTY = 0.3
_ROUNDS = 70
_MEMORY = 8


@dataclass(frozen=True, slots=True)
class Table:
    """Messages as sparse rows: row i holds `starts[i]` up to `starts[i + 1]`.

    `rows` are their embedded rows, `classes` what they are, `counts` how much each counts.
    """

    starts: NDArray[np.intp]
    places: NDArray[np.int32]
    sizes: NDArray[np.float32]
    rows: NDArray[np.float32]
    classes: NDArray[np.intp]
    counts: Doubles


@dataclass(frozen=True, slots=True)
class Learnt:
    """Letters (places, classes), meaning (dimensions, classes), bias without and with meaning."""

    letters: Doubles
    meaning: Doubles
    bias: tuple[Doubles, Doubles]


def table_of(
    pieces: Sequence[Pieces], rows: NDArray[np.float32], classes: Sequence[int], counts: Doubles
) -> Table:
    """The table of these messages."""
    lengths = [len(one.places) for one in pieces]
    return Table(
        starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp),
        places=np.concatenate([one.places for one in pieces]),
        sizes=np.concatenate([one.sizes for one in pieces]),
        rows=rows,
        classes=np.array(classes, np.intp),
        counts=counts,
    )


def letter_sums(table: Table, letters: NDArray[np.floating]) -> NDArray[np.floating]:
    """What the pieces of each message add up to, for every class."""
    weighed = letters[table.places] * table.sizes[:, None]
    return np.asarray(np.add.reduceat(weighed, table.starts[:-1], axis=0))


def learn(table: Table, classes: int) -> Learnt:
    """The weights that make the labels likeliest, kept small."""
    sizes = (PLACES * classes, table.rows.shape[1] * classes, classes, classes)
    bounds = np.cumsum(sizes)
    found = _descend(_goal(table, classes, bounds), np.zeros(bounds[-1]))
    letters, meaning, without, with_meaning = np.split(found, bounds[:-1])
    return Learnt(
        letters.reshape(PLACES, classes),
        meaning.reshape(-1, classes),
        (without, with_meaning),
    )


def _goal(table: Table, classes: int, bounds: NDArray[np.intp]) -> Goal:
    """What is to be made small, with its slope."""
    count = len(table.classes)
    order = np.argsort(table.places, kind="stable")
    sizes = table.sizes[order][:, None]
    message = np.repeat(np.arange(count), np.diff(table.starts))[order]
    held, first = np.unique(table.places[order], return_index=True)
    wanted = np.eye(classes)[table.classes]
    counts = table.counts[:, None] / 2

    def goal(at: Doubles) -> tuple[float, Doubles]:
        letters, meaning, without, with_meaning = np.split(at, bounds[:-1])
        meaning = meaning.reshape(-1, classes)
        sums = letter_sums(table, letters.astype(np.float32).reshape(PLACES, classes))
        loss, gaps = 0.0, []
        for scores in (sums + without, sums + table.rows @ meaning + with_meaning):
            chances = scores - scores.max(axis=1, keepdims=True)
            chances -= np.log(np.exp(chances).sum(axis=1, keepdims=True))
            loss -= float((counts * wanted * chances).sum())
            gaps.append(counts * (np.exp(chances) - wanted))
        loss += _LETTER_PENALTY / 2 * float(letters @ letters)
        loss += _MEANING_PENALTY / 2 * float((meaning**2).sum())
        slope = np.zeros((PLACES, classes))
        both = (gaps[0] + gaps[1]).astype(np.float32)
        slope[held] = np.add.reduceat(both[message] * sizes, first, axis=0)
        return loss, np.concatenate(
            [
                slope.ravel() + _LETTER_PENALTY * letters,
                (table.rows.T @ gaps[1] + _MEANING_PENALTY * meaning).ravel(),
                gaps[0].sum(axis=0),
                gaps[1].sum(axis=0),
            ]
        )

    return goal


def _descend(goal: Goal, at: Doubles) -> Doubles:
    """L-BFGS with halved steps; the same result on every run."""
    height, slope = goal(at)
    steps: list[tuple[Doubles, Doubles]] = []
    for _ in range(_ROUNDS):
        way = -_bent(slope, steps)
        length = 1.0 if steps else 1.0 / float(np.linalg.norm(slope))
        for _ in range(20):
            lower, next_slope = goal(at + length * way)
            if lower <= height + 1e-4 * length * float(slope @ way):
                break
            length /= 2
        step, turn = length * way, next_slope - slope
        at, gained = at + step, height - lower
        if turn @ step > 1e-10:
            steps = [*steps[1 - _MEMORY :], (step, turn)]
        height, slope = lower, next_slope
        if gained < 1e-6 * abs(height):
            break
    return at


def _bent(slope: Doubles, steps: Sequence[tuple[Doubles, Doubles]]) -> Doubles:
    """The slope bent by the curvature that the last steps showed."""
    bent, kept = slope.copy(), []
    for step, turn in reversed(steps):
        share = float(step @ bent) / float(turn @ step)
        kept.append(share)
        bent -= share * turn
    if steps:
        step, turn = steps[-1]
        bent *= float(step @ turn) / float(turn @ turn)
    for (step, turn), share in zip(steps, reversed(kept), strict=True):
        bent += step * (share - float(turn @ bent) / float(turn @ step))
    return bent
