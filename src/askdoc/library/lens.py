"""What the questions of the documents teach about likeness: a turn of the embedding's space.

A general model finds any two questions about insurance alike. The shipped questions say which
belong to one section; the lens is the projection under which each lies closest to its own section
and far from the others. It orders passages; whether anything is sufficient goes by the plain
cosine, because what the lens was never shown (other matters) looks through it like anything else.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from askdoc.library.embedding import Matrix

# Chosen in eval/retrieval by questions that it was not made from; none of them is critical.
WIDTH = 128
_STEPS = 60
_RATE = 1e-3
_SHARPNESS = 20.0


def through(lens: Matrix, vectors: Matrix) -> Matrix:
    """Vectors (or one) as they look through a lens, of unit length."""
    seen = vectors @ lens
    lengths = np.linalg.norm(seen, axis=-1, keepdims=True)
    return np.asarray(seen / np.where(lengths == 0, 1, lengths), np.float32)


def fit_lens(
    questions: Matrix, about: Sequence[int], texts: Matrix, sections: Sequence[int]
) -> Matrix:
    """A lens, shape (dimension, WIDTH), that draws questions to their sections.

    `about` is the section of each question, `sections` that of each text. Starts from the main
    directions of all vectors and follows the gradient of a softmax over all others (Adam).
    """
    count = len(questions)
    all_ = np.vstack([questions, texts]).astype(np.float32)
    own = np.arange(count)
    right = np.asarray(about)[:, np.newaxis] == np.asarray([*about, *sections])
    right[own, own] = False
    _, directions = np.linalg.eigh(all_.T @ all_)
    lens = np.asarray(directions[:, ::-1][:, :WIDTH], np.float32)
    mean, square = np.zeros_like(lens), np.zeros_like(lens)
    for step in range(1, _STEPS + 1):
        slope = _slope(lens, all_, right)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        move = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        lens = np.asarray(lens - _RATE * move, np.float32)
    return lens


def _slope(lens: Matrix, vectors: Matrix, right: NDArray[np.bool_]) -> Matrix:
    """The gradient of how far the questions (the first rows) are from what is right for them."""
    count = len(right)
    seen = vectors @ lens
    lengths = np.linalg.norm(seen, axis=1, keepdims=True)
    unit = seen / lengths
    near = _SHARPNESS * (unit[:count] @ unit.T)
    near[np.arange(count), np.arange(count)] = -np.inf
    weight = np.exp(near - near.max(axis=1, keepdims=True))
    wanted = np.where(right, weight, 0)
    total = wanted.sum(axis=1, keepdims=True)
    wrong = weight / weight.sum(axis=1, keepdims=True) - wanted / np.where(total == 0, 1, total)
    wrong = np.where(total > 0, wrong, 0) * (_SHARPNESS / count)
    pull = wrong.T @ unit[:count]
    pull[:count] += wrong @ unit
    pull = (pull - (pull * unit).sum(axis=1, keepdims=True) * unit) / lengths
    return np.asarray(vectors.T @ pull, np.float32)
