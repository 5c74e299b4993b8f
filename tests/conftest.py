"""What many tests share: the shipped knowledge, read once."""

from pathlib import Path

import pytest
from hypothesis import settings

from askdoc.policy import Book, load_book

# The same examples on every run: a change is judged by what it changed.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def knowledge() -> Path:
    """The knowledge folder of this checkout."""
    return ROOT / "knowledge"


@pytest.fixture(scope="session")
def book(knowledge: Path) -> Book:
    """The shipped book of policy values."""
    return load_book(knowledge, shown=True)
