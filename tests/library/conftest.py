"""What the library's tests share: the shipped shelf, a made-up one, and vectors without a model."""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pytest

from askdoc.library.document import Document, Passage
from askdoc.library.embedding import Matrix
from askdoc.library.shipped import Shelf, load_shipped
from askdoc.library.words import tokens
from askdoc.policy import Book


@pytest.fixture(scope="session")
def shelf(knowledge: Path, book: Book) -> Shelf:
    """The shipped documents."""
    return load_shipped(knowledge, book)


class CountedWords:
    """Vectors from the words alone: texts that share words lie close. Quick and steady."""

    id = "counted-words"
    dimension = 64
    floor: float | None = None

    def passages(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Matrix:
        row = np.zeros(self.dimension, np.float32)
        for token in tokens(text):
            row[blake2b(token.encode(), digest_size=2).digest()[0] % self.dimension] += 1
        length = float(np.linalg.norm(row))
        return (row / length if length else row).astype(np.float32)


@pytest.fixture
def embedding() -> CountedWords:
    return CountedWords()


def document(id: str = "anle-rule", **changes: object) -> Document:
    """A document of a made-up kind, with what a test changes."""
    told: dict[str, object] = {
        "id": id,
        "title": {"zh": "安乐门诊待遇", "en": "Anle outpatient care"},
        "kind": "rule",
        "region": "cn/shanghai",
        "schemes": ("employee",),
        "topics": (),
        "begins": date(2024, 1, 1),
        "begins_unknown": False,
        "ends": None,
        "replaced_by": None,
        "issuer": {"zh": "安乐", "en": "Anle"},
        "number": None,
        "issued": None,
        "source": "anle",
        "confidence": "secondary",
        "own": True,
    }
    return Document(**(told | changes))  # type: ignore[arg-type]


def passage(heading: str, text: str, **changes: object) -> Passage:
    """A passage of a made-up document, with what a test changes."""
    told: dict[str, object] = {
        "id": f"anle-rule#{heading}",
        "document": "anle-rule",
        "title": {"zh": "安乐门诊待遇", "en": "Anle outpatient care"},
        "path": (heading,),
        "article": None,
        "text": text,
        "kind": "rule",
        "region": "cn/shanghai",
        "schemes": ("employee",),
        "begins": date(2024, 1, 1),
        "begins_unknown": False,
        "ends": None,
        "confidence": "secondary",
        "sources": ("anle",),
    }
    return Passage(**(told | changes))  # type: ignore[arg-type]
