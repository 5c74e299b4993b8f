"""Vectors in a file, by the digest of what they were made from, so that nobody embeds them again.

One such file ships with the documents and holds their passages and questions, and the lens that
the questions gave. It is the large one: half a byte a number, around the middle of all, and a scale
a row. A cosine moves by two thousandths, which changes one answer in a hundred. Others (the frames
of the planner, the user's questions in another model) are small and keep a byte a number.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from askdoc.library.document import Passage, asked_digest
from askdoc.library.embedding import DEFAULT, Embedding, Matrix, load_embedding
from askdoc.library.lens import fit_lens
from askdoc.library.shipped import FOLDER, Shelf, load_shipped
from askdoc.policy import load_book

FILE = "vectors.npz"
# Vectors differ little from their middle, so half a byte a number tells them apart.
_HALF_BYTE = 7
_BYTE = 127


def read_vectors(file: Path, model: str) -> dict[str, Matrix]:
    """The kept vectors by digest; none when the file is damaged or another model made them."""
    kept = _read(file, model)
    if "digests" not in kept:
        return {}
    digests = [digest.decode("ascii") for digest in kept["digests"]]
    if "packed" in kept:
        steps = _unpacked(kept["packed"], len(kept["middle"]))
        return dict(zip(digests, steps * kept["scales"] + kept["middle"], strict=True))
    return dict(zip(digests, kept["vectors"] * kept["scales"], strict=True))


def read_lens(file: Path, model: str) -> Matrix | None:
    """The kept lens (`lens`); None when there is none for this model."""
    kept = _read(file, model)
    return (kept["lens"] * kept["lens_scales"]).T if "lens" in kept else None


def _read(file: Path, model: str) -> dict[str, NDArray[Any]]:
    try:
        with np.load(file) as kept:
            return dict(kept) if str(kept["model"]) == model else {}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def write_vectors(file: Path, model: str, vectors: Mapping[str, Matrix]) -> None:
    """Keep these vectors and no others, a byte a number; whole or not at all."""
    digests = sorted(vectors)
    rows, scales = _coarse(np.stack([vectors[digest] for digest in digests]), _BYTE)
    _write(file, model, {"digests": np.array(digests, "S"), "vectors": rows, "scales": scales})


def write_shipped(
    file: Path, model: str, vectors: Mapping[str, Matrix], lens: Matrix | None = None
) -> None:
    """The same with half a byte a number, and the lens."""
    digests = sorted(vectors)
    rows = np.stack([vectors[digest] for digest in digests]).astype(np.float32)
    # Another middle would move every vector a little whenever one is added.
    middle = _read(file, model).get("middle", rows.mean(axis=0))
    steps, scales = _coarse(rows - middle, _HALF_BYTE)
    kept: dict[str, NDArray[Any]] = {
        "digests": np.array(digests, "S"),
        "middle": middle,
        "packed": _packed(steps),
        "scales": scales,
    }
    if lens is not None:
        kept["lens"], kept["lens_scales"] = _coarse(lens.T, _BYTE)
    _write(file, model, kept)


def _write(file: Path, model: str, kept: dict[str, NDArray[Any]]) -> None:
    draft = file.with_name(f".{file.name}")
    with draft.open("wb") as opened:
        np.savez_compressed(opened, model=np.array(model), **kept)  # type: ignore[arg-type]
    os.replace(draft, file)


def _coarse(rows: Matrix, most: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows in steps of their own size, at most so many either way, and that size."""
    scales = (np.abs(rows).max(axis=1, keepdims=True) / most).astype(np.float32)
    return np.round(rows / np.where(scales == 0, 1, scales)).astype(np.int8), scales


def _packed(steps: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Two steps of -7 to 7 a byte; an odd last one stands alone."""
    lifted = (steps + _HALF_BYTE).astype(np.uint8)
    if lifted.shape[1] % 2:
        lifted = np.pad(lifted, ((0, 0), (0, 1)))
    return np.asarray(lifted[:, ::2] << 4 | lifted[:, 1::2], np.uint8)


def _unpacked(packed: NDArray[np.uint8], width: int) -> NDArray[np.float32]:
    steps = np.stack([packed >> 4, packed & 15], axis=-1).reshape(len(packed), -1)
    return steps[:, :width].astype(np.float32) - _HALF_BYTE


def questions_of(passages: Iterable[Passage], outside: Iterable[str] = ()) -> dict[str, str]:
    """Every question that passages answer or that lies outside, by digest."""
    asked = [*(one for passage in passages for one in passage.asked), *outside]
    return {asked_digest(one): one for one in asked}


def main() -> None:
    """Make the kept vectors fit the shipped documents (`make vectors`); only new texts cost."""
    knowledge = Path(sys.argv[1])
    embedding = load_embedding(DEFAULT)
    shelf = load_shipped(knowledge, load_book(knowledge, shown=True))
    file = knowledge / FOLDER / FILE
    kept = read_vectors(file, embedding.id)
    vectors, new = _fitting(shelf, kept, embedding)
    if vectors.keys() != kept.keys() or read_lens(file, embedding.id) is None:
        write_shipped(file, embedding.id, vectors, _lens(shelf.passages, vectors))
    sys.stdout.write(f"{len(vectors)} vectors, {new} of them new\n")


def _fitting(
    shelf: Shelf, kept: Mapping[str, Matrix], embedding: Embedding
) -> tuple[dict[str, Matrix], int]:
    """The vectors of passages and of all questions, and how many had to be made."""
    texts = {passage.digest: passage.read_as for passage in shelf.passages}
    questions = questions_of(shelf.passages, shelf.outside)
    vectors = {one: kept[one] for one in (*texts, *questions) if one in kept}
    missing = [one for one in texts if one not in vectors]
    asked = [one for one in questions if one not in vectors]
    if missing:
        made = embedding.passages([texts[one] for one in missing])
        vectors |= dict(zip(missing, made, strict=True))
    vectors |= {one: embedding.question(questions[one]) for one in asked}
    return vectors, len(missing) + len(asked)


def _lens(passages: Sequence[Passage], vectors: Mapping[str, Matrix]) -> Matrix | None:
    """The lens that the questions of these passages give."""
    sections = {id: at for at, id in enumerate(dict.fromkeys(one.id for one in passages))}
    about = {asked: sections[one.id] for one in passages for asked in one.asked}
    if not about:
        return None
    return fit_lens(
        np.stack([vectors[asked_digest(asked)] for asked in about]),
        list(about.values()),
        np.stack([vectors[passage.digest] for passage in passages]),
        [sections[passage.id] for passage in passages],
    )


if __name__ == "__main__":
    main()
