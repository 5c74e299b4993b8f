"""Everything a search touches, ready in arrays: filters, BM25 and vectors over the same rows.

An index is built in a folder of its own and named only when it is whole; what is opened is either
complete or not there. Passages stay on disk and are read row by row, so opening costs little.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from askdoc.library.asked_rows import AskedRows, Scores, asked_rows
from askdoc.library.document import KINDS, SCHEMES, Document, Passage
from askdoc.library.embedding import Matrix
from askdoc.library.lens import through
from askdoc.library.records import (
    document_record,
    passage_record,
    read_document_record,
    read_passage,
)
from askdoc.library.vectors import FIRST_DAY, LAST_DAY, numbered
from askdoc.library.words import tokens

if TYPE_CHECKING:
    from bm25s import BM25

Rows = NDArray[np.bool_]
_WHOLE = "whole.json"
_ASKED = ("vectors", "rows", "starts", "at")
_LENS = ("turn", "texts", "questions")
_COLUMNS = ("region", "schemes", "kinds", "begins", "ends")


@dataclass(frozen=True)
class Filters:
    """What may be seen, one entry a row. Days as 20260701, schemes and kinds as bits."""

    regions: tuple[str, ...]
    region: NDArray[np.int32]
    schemes: NDArray[np.int32]
    kinds: NDArray[np.int32]
    begins: NDArray[np.int32]
    ends: NDArray[np.int32]

    def visible(self, regions: Sequence[str], schemes: Sequence[str], kinds: Sequence[str]) -> Rows:
        """The rows of these regions that speak of one of the schemes and are of these kinds."""
        place = np.array([path in regions for path in self.regions], np.bool_)[self.region]
        insured = (self.schemes & _bits(schemes, SCHEMES)) > 0
        return place & insured & ((self.kinds & _bits(kinds, KINDS)) > 0)

    @cached_property
    def levels(self) -> Scores:
        """How far below the nation each row's region lies."""
        found = [path.count("/") for path in self.regions]
        return np.array(found or [0], np.float32)[self.region]

    def in_force(self, day: date) -> Rows:
        """The rows that hold on a day."""
        number = numbered(day, LAST_DAY)
        return (self.begins <= number) & (number <= self.ends)

    def coming(self, day: date) -> Rows:
        """The rows that begin after a day."""
        return self.begins > numbered(day, LAST_DAY)


def _bits(chosen: Sequence[str], among: Sequence[str]) -> int:
    return sum(1 << at for at, name in enumerate(among) if name in chosen)


def filters_of(passages: Sequence[Passage]) -> Filters:
    """The filters of passages, in their order."""
    regions = tuple(sorted({passage.region for passage in passages}))
    place = {path: at for at, path in enumerate(regions)}
    return Filters(
        regions=regions,
        region=np.array([place[one.region] for one in passages], np.int32),
        schemes=np.array([_bits(one.schemes, SCHEMES) for one in passages], np.int32),
        kinds=np.array([_bits((one.kind,), KINDS) for one in passages], np.int32),
        begins=np.array([numbered(one.begins, FIRST_DAY) for one in passages], np.int32),
        ends=np.array([numbered(one.ends, LAST_DAY) for one in passages], np.int32),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """BM25 over characters and their pairs; `None` when there is nothing to count."""

    bm25: "BM25 | None"
    rows: int

    def scores(self, asked: Sequence[str]) -> Scores:
        """One score a row; zero where no token is shared."""
        if not asked:
            return np.zeros(self.rows, np.float32)
        known = self.bm25.get_tokens_ids(list(asked)) if self.bm25 else []
        if not known or self.bm25 is None:
            return np.zeros(self.rows, np.float32)
        return np.asarray(self.bm25.get_scores_from_ids(known), np.float32)


def words_of(passages: Sequence[Passage]) -> Words:
    """BM25 over the passages with their questions."""
    if not passages:
        return Words(None, 0)
    from bm25s import BM25

    bm25 = BM25()
    bm25.index([tokens(passage.counted_as) for passage in passages], show_progress=False)
    return Words(bm25, len(passages))


@dataclass(frozen=True)
class Seen:
    """The texts and the questions of an index through a lens (`turn`)."""

    turn: Matrix
    texts: Matrix
    questions: Matrix


@dataclass(frozen=True)
class Index:
    """Rows of passages with their filters, words and vectors (`None`: not made yet).

    `asked` are the questions of the rows, `outside` those that none of them answers; `seen` is
    None without a lens. `kin` are pairs of rows that tell the same from another side, each in both
    orders. `digests` names the text of each row, as the store of vectors does.
    """

    filters: Filters
    words: Words
    vectors: Matrix | None
    asked: AskedRows
    outside: Matrix
    seen: Seen | None
    kin: NDArray[np.int32]
    digests: NDArray[np.bytes_]
    passage: Callable[[int], Passage]
    documents: Mapping[str, Document]

    @property
    def size(self) -> int:
        return len(self.filters.begins)


def build(
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    vectors: Matrix | None,
    questions: Mapping[str, Matrix] | None = None,
    lens: Matrix | None = None,
    outside: Sequence[str] = (),
) -> Index:
    """An index in memory; `questions` are the vectors of what is asked, inside and outside."""
    asked = asked_rows(passages, questions or {})
    aside = [questions[one] for one in outside if one in questions] if questions else []
    seen = None
    if lens is not None and vectors is not None and asked.rows.size:
        seen = Seen(lens, through(lens, vectors), through(lens, asked.vectors))
    return Index(
        filters=filters_of(passages),
        words=words_of(passages),
        vectors=vectors,
        asked=asked,
        outside=np.stack(aside).astype(np.float32) if aside else np.zeros((0, 0), np.float32),
        seen=seen,
        kin=kin_of(passages),
        digests=np.array([passage.digest for passage in passages], "S24"),
        passage=passages.__getitem__,
        documents=documents,
    )


def kin_of(passages: Sequence[Passage]) -> NDArray[np.int32]:
    """The pairs of rows that are kin, versions of a section included; shape (pairs, 2)."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(passages):
        rows.setdefault(passage.id, []).append(row)
    pairs = [
        (row, other)
        for row, passage in enumerate(passages)
        for id in passage.kin
        for other in rows.get(id, ())
    ]
    return np.array(pairs, np.int32).reshape(-1, 2)


def save(index: Index, passages: Sequence[Passage], folder: Path) -> None:
    """Write an index under `folder` so that it appears there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        _write(index, passages, draft)
        os.replace(draft, folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        # Somebody else finished the same index first; theirs is as good.
        if not (folder / _WHOLE).is_file():
            raise


def _write(index: Index, passages: Sequence[Passage], folder: Path) -> None:
    starts = [0]
    with (folder / "passages.jsonl").open("wb") as file:
        for passage in passages:
            row = json.dumps(passage_record(passage), ensure_ascii=False).encode() + b"\n"
            file.write(row)
            starts.append(starts[-1] + len(row))
    np.save(folder / "starts.npy", np.array(starts, np.int64))
    np.save(folder / "digests.npy", index.digests)
    filters = index.filters
    table = [getattr(filters, name) for name in _COLUMNS]
    np.save(folder / "filters.npy", np.stack(table).astype(np.int32))
    if index.words.bm25 is not None:
        index.words.bm25.save(folder / "words", show_progress=False)
    if index.vectors is not None:
        np.save(folder / "vectors.npy", index.vectors)
    for name in _ASKED:
        np.save(folder / f"asked_{name}.npy", getattr(index.asked, name))
    np.save(folder / "outside.npy", index.outside)
    np.save(folder / "kin.npy", index.kin)
    if index.seen is not None:
        for name in _LENS:
            np.save(folder / f"lens_{name}.npy", getattr(index.seen, name))
    whole = {
        "rows": len(passages),
        "regions": filters.regions,
        "lens": index.seen is not None,
        "documents": [document_record(one) for one in index.documents.values()],
    }
    (folder / _WHOLE).write_text(json.dumps(whole), encoding="utf-8")


def load(folder: Path) -> Index | None:
    """The index in a folder; None when there is none or it is not whole."""
    try:
        whole: dict[str, Any] = json.loads((folder / _WHOLE).read_text(encoding="utf-8"))
        columns = dict(zip(_COLUMNS, np.load(folder / "filters.npy"), strict=True))
        filters = Filters(regions=tuple(whole["regions"]), **columns)
        file = folder / "vectors.npy"
        vectors = np.load(file, mmap_mode="r") if file.is_file() else None
        asked = AskedRows(**{name: np.load(folder / f"asked_{name}.npy") for name in _ASKED})
        outside = np.load(folder / "outside.npy")
        kin = np.load(folder / "kin.npy")
        seen = None
        if whole["lens"]:
            seen = Seen(**{name: np.load(folder / f"lens_{name}.npy") for name in _LENS})
        starts = np.load(folder / "starts.npy", mmap_mode="r")
        digests = np.load(folder / "digests.npy", mmap_mode="r")
        rows = int(whole["rows"])
        read = _reader(folder / "passages.jsonl", starts)
        words = Words(_load_bm25(folder / "words") if rows else None, rows)
        documents = [read_document_record(told) for told in whole["documents"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    size = (folder / "passages.jsonl").stat().st_size
    if len(filters.begins) != rows or len(starts) != rows + 1 or starts[-1] != size:
        return None
    by_id = {one.id: one for one in documents}
    return Index(filters, words, vectors, asked, outside, seen, kin, digests, read, by_id)


def _load_bm25(folder: Path) -> "BM25":
    from bm25s import BM25

    return BM25.load(folder, mmap=True, show_progress=False)


def _reader(file: Path, starts: NDArray[np.int64]) -> Callable[[int], Passage]:
    content = np.memmap(file, np.uint8, "r") if len(starts) > 1 else np.zeros(0, np.uint8)

    def read(at: int) -> Passage:
        row = content[int(starts[at]) : int(starts[at + 1])].tobytes()
        return read_passage(json.loads(row))

    return read
