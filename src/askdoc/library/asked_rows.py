"""The questions that passages answer, as vectors beside the rows of the index.

Versions of a section share its questions, so one vector may belong to several rows. A question is
embedded as a question, not as a text that is searched: like lies closer to like.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdoc.library.document import Passage
from askdoc.library.embedding import Matrix

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class AskedRows:
    """Distinct questions, and which of them each row answers.

    `rows` have questions, ascending; those of `rows[n]` stand in `at` from `starts[n]` on.
    """

    vectors: Matrix
    rows: NDArray[np.int32]
    starts: NDArray[np.int32]
    at: NDArray[np.int32]

    def best(self, scores: Scores, size: int) -> Scores:
        """Of one score a question, the best of each row's; NaN for a row that has none."""
        found = np.full(size, np.nan, np.float32)
        if self.rows.size:
            found[self.rows] = np.maximum.reduceat(scores[self.at], self.starts)
        return found


def asked_rows(passages: Sequence[Passage], vectors: Mapping[str, Matrix]) -> AskedRows:
    """The questions of passages that have a vector, in the order of the passages."""
    place: dict[str, int] = {}
    rows: list[int] = []
    starts: list[int] = []
    at: list[int] = []
    for row, passage in enumerate(passages):
        known = [question for question in passage.asked if question in vectors]
        if known:
            rows.append(row)
            starts.append(len(at))
            at += [place.setdefault(question, len(place)) for question in known]
    kept = [vectors[question] for question in place]
    matrix = np.stack(kept).astype(np.float32) if kept else np.zeros((0, 0), np.float32)
    return AskedRows(
        matrix, np.array(rows, np.int32), np.array(starts, np.int32), np.array(at, np.int32)
    )
