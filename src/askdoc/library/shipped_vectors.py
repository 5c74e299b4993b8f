"""The vectors of the shipped documents, kept beside them so that nobody has to embed them.

Half precision: the file is half as large. They are found by the digest of their text, so a changed
passage has no vector until `make vectors` has been run.
"""

import sys
from pathlib import Path

import numpy as np

from askdoc.library.embedding import DEFAULT, Matrix, load_embedding
from askdoc.library.shipped import FOLDER, load_shipped
from askdoc.policy import load_book

FILE = "vectors.npz"


def read_vectors(folder: Path, model: str) -> dict[str, Matrix]:
    """The kept vectors by digest of their text; none when another model made them."""
    file = folder / FILE
    if not file.is_file():
        return {}
    with np.load(file) as kept:
        if str(kept["model"]) != model:
            return {}
        rows = kept["vectors"].astype(np.float32)
        digests = [digest.decode("ascii") for digest in kept["digests"]]
        return dict(zip(digests, rows, strict=True))


def write_vectors(folder: Path, model: str, vectors: dict[str, Matrix]) -> None:
    """Keep these vectors and no others, in the order of their digests."""
    digests = sorted(vectors)
    np.savez(
        folder / FILE,
        model=np.array(model),
        digests=np.array(digests, "S"),
        vectors=np.stack([vectors[digest] for digest in digests]).astype(np.float16),
    )


def main() -> None:
    """Make the kept vectors fit the shipped documents (`make vectors`); only new texts cost."""
    knowledge = Path(sys.argv[1])
    embedding = load_embedding(DEFAULT)
    passages = load_shipped(knowledge, load_book(knowledge, shown=True)).passages
    texts = {passage.digest: passage.read_as for passage in passages}
    kept = read_vectors(knowledge / FOLDER, embedding.id)
    vectors = {digest: kept[digest] for digest in texts if digest in kept}
    missing = [digest for digest in texts if digest not in kept]
    if missing:
        made = embedding.passages([texts[digest] for digest in missing])
        vectors |= dict(zip(missing, made, strict=True))
    write_vectors(knowledge / FOLDER, embedding.id, vectors)
    sys.stdout.write(f"{len(vectors)} vectors, {len(missing)} of them new\n")


if __name__ == "__main__":
    main()
