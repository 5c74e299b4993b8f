"""What many tests share: the shipped knowledge, read once."""

from pathlib import Path

import pytest

from askdoc.policy import Book, load_book

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def knowledge() -> Path:
    """The knowledge folder of this checkout."""
    return ROOT / "knowledge"


@pytest.fixture(scope="session")
def book(knowledge: Path) -> Book:
    """The shipped book of policy values."""
    return load_book(knowledge, shown=True)
