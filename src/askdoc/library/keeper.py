"""Keeps what is on the shelves and what a search reads in step.

The documents are the truth. The index is named by a fingerprint of everything that it was made
from; when that name is not there, it is made, and vectors that are missing are made with it. So a
crash at any moment costs at most the making again.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from askdoc.library.document import Passage
from askdoc.library.embedding import Embedding, Matrix, NoEmbedding, load_embedding
from askdoc.library.index import Index, build, load, save
from askdoc.library.own_documents import OwnDocument, OwnDocuments
from askdoc.library.search import Nearest
from askdoc.library.shipped import FOLDER, Shelf, load_shipped
from askdoc.library.shipped_vectors import (
    FILE,
    questions_of,
    read_lens,
    read_vectors,
    write_vectors,
)
from askdoc.library.vectors import VectorStore, drop_store, is_sound, open_store
from askdoc.policy import Book
from askdoc.wording import AskdocError

# Changes when the same documents would give another index.
_FORMAT = "4"
# What the passages are rendered from, beside the documents themselves.
_RENDERED_FROM = ("policy", "sources.yaml", "medicines/conditions.yaml")
_AT_ONCE = 16
# Up to here a search compares every vector; beyond, it asks Chroma for the nearest.
EXACT_UP_TO = 50_000
# The index of what ships is made in less; whoever makes longer is making vectors.
_PATIENCE = 3.0
Progress = Callable[[int, int], None]


class BeingMade(AskdocError):
    """Another process is making the index: words alone answer until it is there."""

    code = "library.being_made"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library is: shipped knowledge, the user's data, the embedding, the Chroma server.

    `chroma` None: embedded, inside `data`.
    """

    knowledge: Path
    data: Path
    embedding: str
    chroma: str | None = None

    @property
    def own(self) -> OwnDocuments:
        return OwnDocuments(self.data / "documents")

    @property
    def store(self) -> Path | str:
        return self.chroma or self.data / "chroma"


@dataclass(frozen=True)
class Kept:
    """An index and what it was made with. `without` says why it goes by words alone, if so."""

    place: Place
    index: Index
    embedding: Embedding | None
    without: NoEmbedding | BeingMade | None

    @cached_property
    def nearest(self) -> Nearest | None:
        """Chroma's way to the nearest, held open, for a library too large to compare whole."""
        if self.embedding is None or self.index.size <= EXACT_UP_TO:
            return None
        made_by = (self.embedding.id, self.embedding.dimension)
        return ExitStack().enter_context(open_store(self.place.store, *made_by)).nearest


def all_documents(place: Place, book: Book) -> tuple[Shelf, list[OwnDocument]]:
    """What ships and what the user added. Raises SheetError and DamagedDocument."""
    return load_shipped(place.knowledge, book), place.own.all()


def open_index(
    place: Place,
    whole_book: Callable[[], Book],
    progress: Progress | None = None,
    patience: float | None = None,
) -> Kept:
    """The index of today's documents, made now when it is not there.

    While another process makes it for longer than `patience` seconds (None: a few), one of words
    alone.
    Raises OtherModel when the stored vectors are another model's, StoreUnreachable, SheetError.
    """
    embedding, without = _embedding(place)
    name = _fingerprint(place, embedding.id if embedding else "words")
    folder = place.data / "index" / name
    kept = load(folder)
    if kept is None:
        place.data.mkdir(parents=True, exist_ok=True)
        try:
            waiting = _lock(place).acquire(timeout=_PATIENCE if patience is None else patience)
        except Timeout:
            return Kept(place, _by_words(place, whole_book()), None, BeingMade())
        with waiting:
            kept = load(folder) or _make(place, whole_book(), embedding, progress, folder)
    return Kept(place, kept, embedding, without)


def is_being_made(place: Place) -> bool:
    """Whether another process is making the index, or adding a document to it."""
    try:
        with _lock(place).acquire(timeout=0):
            return False
    except Timeout:
        return True


def _lock(place: Place) -> FileLock:
    return FileLock(place.data / ".lock")


def _by_words(place: Place, book: Book) -> Index:
    """Today's documents in memory, without vectors."""
    shelf, own = all_documents(place, book)
    passages = [*shelf.passages, *(passage for one in own for passage in one.passages)]
    documents = shelf.documents | {one.document.id: one.document for one in own}
    return build(documents, passages, None)


def rebuild(place: Place, whole_book: Callable[[], Book], progress: Progress | None = None) -> Kept:
    """Forget every vector and index, and make them again."""
    place.data.mkdir(parents=True, exist_ok=True)
    with _lock(place):
        drop_store(place.store)
        shutil.rmtree(place.data / "index", ignore_errors=True)
    return open_index(place, whole_book, progress)


def add_document(place: Place, own: OwnDocument, progress: Progress | None = None) -> None:
    """Add or replace a user's document; its vectors come first, so it is in whole or not."""
    embedding, _ = _embedding(place)
    place.data.mkdir(parents=True, exist_ok=True)
    with _lock(place):
        if embedding is not None:
            with _store(place, embedding) as store:
                _vectors(own.passages, {}, embedding, store, progress)
        place.own.put(own)


def _make(
    place: Place, book: Book, embedding: Embedding | None, progress: Progress | None, folder: Path
) -> Index:
    shelf, own = all_documents(place, book)
    passages = [*shelf.passages, *(passage for one in own for passage in one.passages)]
    vectors = questions = lens = None
    asked = questions_of(passages, shelf.outside)
    if embedding is not None:
        file = place.knowledge / FOLDER / FILE
        shipped, lens = read_vectors(file, embedding.id), read_lens(file, embedding.id)
        questions = _questions(place, asked, shipped, embedding, progress)
        with _store(place, embedding) as store:
            vectors = _vectors(passages, shipped, embedding, store, progress)
            store.keep_only({passage.digest for passage in passages})
    documents = shelf.documents | {one.document.id: one.document for one in own}
    index = build(documents, passages, vectors, questions, lens, shelf.outside)
    save(index, passages, folder)
    for old in folder.parent.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return index


@contextmanager
def _store(place: Place, embedding: Embedding) -> Iterator[VectorStore]:
    """The store; one in our own folder that cannot be opened is made anew."""
    if isinstance(place.store, Path) and not is_sound(place.store):
        shutil.rmtree(place.store)
    with open_store(place.store, embedding.id, embedding.dimension) as store:
        yield store


def _vectors(
    passages: Sequence[Passage],
    shipped: dict[str, Matrix],
    embedding: Embedding,
    store: VectorStore,
    progress: Progress | None,
) -> Matrix:
    """One vector a passage, in order; what is missing in the store is put there."""
    by_digest = {passage.digest: passage for passage in passages}
    known = store.get(list(by_digest))
    given = [digest for digest in by_digest if digest not in known and digest in shipped]
    if given:
        store.put([by_digest[one] for one in given], np.stack([shipped[one] for one in given]))
        known |= {one: shipped[one] for one in given}
    missing = [digest for digest in by_digest if digest not in known]
    for start in range(0, len(missing), _AT_ONCE):
        part = [by_digest[one] for one in missing[start : start + _AT_ONCE]]
        made = embedding.passages([passage.read_as for passage in part])
        store.put(part, made)
        known |= dict(zip(missing[start : start + _AT_ONCE], made, strict=True))
        if progress is not None:
            progress(min(start + _AT_ONCE, len(missing)), len(missing))
    if not passages:
        return np.zeros((0, embedding.dimension), np.float32)
    return np.stack([known[passage.digest] for passage in passages]).astype(np.float32)


def _questions(
    place: Place,
    asked: dict[str, str],
    shipped: dict[str, Matrix],
    embedding: Embedding,
    progress: Progress | None,
) -> dict[str, Matrix]:
    """The vector of each question, given by digest; what does not ship is kept in a file."""
    file = place.data / "questions.npz"
    known = read_vectors(file, embedding.id) | shipped
    missing = [digest for digest in asked if digest not in known]
    for done, digest in enumerate(missing, 1):
        known[digest] = embedding.question(asked[digest])
        if progress is not None:
            progress(done, len(missing))
    if missing:
        write_vectors(file, embedding.id, {one: known[one] for one in asked if one not in shipped})
    return {question: known[digest] for digest, question in asked.items()}


def _embedding(place: Place) -> tuple[Embedding | None, NoEmbedding | None]:
    try:
        return load_embedding(place.embedding), None
    except NoEmbedding as failed:
        return None, failed


def _fingerprint(place: Place, model: str) -> str:
    """A name for everything that the index is made from."""
    mark = blake2b(f"{_FORMAT}\0{model}".encode(), digest_size=16)
    for file in _made_from(place.knowledge):
        mark.update(file.relative_to(place.knowledge).as_posix().encode() + b"\0")
        mark.update(blake2b(file.read_bytes()).digest())
    for file in place.own.files():
        told = file.stat()
        mark.update(f"{file.name}\0{told.st_size}\0{told.st_mtime_ns}".encode())
    return mark.hexdigest()


def _made_from(knowledge: Path) -> Iterable[Path]:
    for name in (FOLDER, *_RENDERED_FROM):
        at = knowledge / name
        files = [at] if at.is_file() else at.rglob("*")
        yield from sorted(file for file in files if file.suffix in (".md", ".yaml"))
