"""The documents that a user added: one JSON file each, replaced or removed as a whole.

These files are the truth; vectors and index are made from them and can be made again.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from askdoc.library.document import Document, Passage
from askdoc.library.records import (
    document_record,
    passage_record,
    read_document_record,
    read_passage,
    write_whole,
)
from askdoc.wording import AskdocError

_SUFFIX = ".json"


class DamagedDocument(AskdocError):
    """A stored document of a user cannot be read; fields: `id`."""

    code = "library.damaged_document"


class NoSuchDocument(AskdocError):
    """No document has that id; fields: `id`."""

    code = "library.no_such_document"


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document with its passages."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class OwnDocuments:
    """The folder of a user's documents."""

    folder: Path

    def files(self) -> list[Path]:
        """The stored files, by id."""
        if not self.folder.is_dir():
            return []
        return sorted(
            file for file in self.folder.glob(f"*{_SUFFIX}") if not file.name.startswith(".")
        )

    def all(self) -> list[OwnDocument]:
        """Every document. Raises DamagedDocument."""
        return [_read(file) for file in self.files()]

    def get(self, id: str) -> OwnDocument | None:
        """One document, or None. Raises DamagedDocument."""
        file = self.folder / f"{id}{_SUFFIX}"
        return _read(file) if file in self.files() else None

    def put(self, own: OwnDocument) -> None:
        """Keep a document; an older one of the same id is replaced."""
        write_whole(
            self.folder / f"{own.document.id}{_SUFFIX}",
            {
                "document": document_record(own.document),
                "passages": [passage_record(passage) for passage in own.passages],
            },
        )

    def remove(self, id: str) -> None:
        """Forget a document. Raises NoSuchDocument."""
        file = self.folder / f"{id}{_SUFFIX}"
        if file not in self.files():
            raise NoSuchDocument(id=id)
        file.unlink()


def _read(file: Path) -> OwnDocument:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return OwnDocument(
            read_document_record(told["document"]),
            tuple(read_passage(row) for row in told["passages"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as failed:
        raise DamagedDocument(id=file.name.removesuffix(_SUFFIX)) from failed
