"""How near a question comes to what people say for each frame: the best cosine of its utterances.

The utterances' vectors ship with the frames (`make vectors`); for another embedding they are made
once a process, when a question first needs them.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from askdoc.assistant.planning.frame import Frame, load_frames
from askdoc.assistant.planning.tools import TOOLS
from askdoc.library.document import asked_digest
from askdoc.library.embedding import DEFAULT, Embedding, Matrix, load_embedding
from askdoc.library.shipped_vectors import read_vectors, write_vectors

FILE = "frame_vectors.npz"


class Nearest:
    """Text → frame id → cosine with the nearest of the frame's utterances (−1 to 1).

    Empty where no embedding can run: the words alone decide then.
    """

    def __init__(
        self, frames: Sequence[Frame], knowledge: Path, embedding: Callable[[], Embedding | None]
    ) -> None:
        self._said = [(frame.id, said) for frame in frames for said in frame.say]
        self._file = knowledge / FILE
        self._embedding = embedding
        self._rows: Matrix | None = None

    def __call__(self, text: str) -> Mapping[str, float]:
        """How near the text comes to every frame that has utterances."""
        embedding = self._embedding()
        if embedding is None or not self._said:
            return {}
        if self._rows is None:
            made = vectors_of([said for _, said in self._said], self._file, embedding)
            self._rows = np.stack([made[asked_digest(said)] for _, said in self._said])
        near: dict[str, float] = {}
        for (id, _), cosine in zip(self._said, self._rows @ embedding.question(text), strict=True):
            near[id] = max(near.get(id, -1.0), float(cosine))
        return near


def vectors_of(said: Sequence[str], file: Path, embedding: Embedding) -> dict[str, Matrix]:
    """The vectors of utterances by digest: those kept in the file, the others made now."""
    kept = read_vectors(file, embedding.id)
    return {
        digest: kept[digest] if digest in kept else embedding.question(one)
        for one in said
        for digest in [asked_digest(one)]
    }


def main() -> None:
    """Make the kept vectors fit the frames (`make vectors`); only new utterances cost."""
    knowledge = Path(sys.argv[1])
    frames = load_frames(knowledge, tuple(TOOLS)).by_id.values()
    embedding = load_embedding(DEFAULT)
    kept = read_vectors(knowledge / FILE, embedding.id)
    said = [one for frame in frames for one in frame.say]
    vectors = vectors_of(said, knowledge / FILE, embedding)
    if vectors.keys() != kept.keys():
        write_vectors(knowledge / FILE, embedding.id, vectors)
    new = len(vectors.keys() - kept.keys())
    sys.stdout.write(f"{len(vectors)} vectors of what people say, {new} of them new\n")


if __name__ == "__main__":
    main()
