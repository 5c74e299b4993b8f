"""Chroma keeps the vectors, embedded or as a server, and never mixes two models'."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from askdoc.language.word_list import WordList
from askdoc.library.index import build
from askdoc.library.search import Ask, search_by
from askdoc.library.vectors import (
    MOST_AT_ONCE,
    OtherModel,
    StoreUnreachable,
    drop_store,
    is_sound,
    open_store,
)
from askdoc.library.vocabulary import Vocabulary

from .conftest import CountedWords, document, passage

PASSAGES = [passage(f"第{number}段", f"第{number}段的内容。") for number in range(20)]


def opened(where: Path | str, model: str, dimension: int) -> set[str]:
    """What a store holds, as somebody with this model sees it."""
    with open_store(where, model, dimension) as store:
        return store.known()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server in a process of its own."""
    port = free_port()
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(tmp_path_factory.mktemp("chroma"))]
    running = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.kill()
        running.wait()


@pytest.fixture(params=["embedded", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    if request.param == "embedded":
        yield tmp_path / "chroma"
    else:
        address = str(request.getfixturevalue("server"))
        drop_store(address)
        yield address


def test_what_is_put_is_got_by_the_digest_of_its_text(
    where: Path | str, embedding: CountedWords
) -> None:
    vectors = embedding.passages([one.read_as for one in PASSAGES])
    with open_store(where, embedding.id, embedding.dimension) as store:
        store.put(PASSAGES, vectors)
    with open_store(where, embedding.id, embedding.dimension) as again:
        got = again.get([one.digest for one in PASSAGES] + ["nobody"])
    assert set(got) == {one.digest for one in PASSAGES}
    for one, row in zip(PASSAGES, vectors, strict=True):
        np.testing.assert_allclose(got[one.digest], row, atol=1e-6)


def test_texts_that_are_gone_are_forgotten(where: Path | str, embedding: CountedWords) -> None:
    kept = {one.digest for one in PASSAGES[:5]}
    with open_store(where, embedding.id, embedding.dimension) as store:
        store.put(PASSAGES, embedding.passages([one.read_as for one in PASSAGES]))
        store.keep_only(kept)
        assert store.known() == kept


def test_another_model_is_refused_until_the_store_is_dropped(
    where: Path | str, embedding: CountedWords
) -> None:
    opened(where, embedding.id, embedding.dimension)
    with pytest.raises(OtherModel) as refused:
        opened(where, "another-model", embedding.dimension)
    assert "askdoc library rebuild" in refused.value.sentence("zh")
    with pytest.raises(OtherModel):
        opened(where, embedding.id, embedding.dimension + 1)
    drop_store(where)
    assert opened(where, "another-model", 8) == set()


def test_the_nearest_are_found_inside_a_filter(where: Path | str, embedding: CountedWords) -> None:
    near = [*PASSAGES, passage("居民", "第3段的内容。", schemes=("resident",))]
    vectors = embedding.passages([one.read_as for one in near])
    with open_store(where, embedding.id, embedding.dimension) as store:
        store.put(near, vectors)
        found = store.nearest(vectors[3], {"employee": True}, 3)
    assert next(iter(found)) == PASSAGES[3].digest
    assert near[-1].digest not in found
    assert found[PASSAGES[3].digest] == pytest.approx(1.0, abs=1e-5)


def test_where_not_every_vector_is_compared_chroma_offers_and_the_filters_still_hold(
    tmp_path: Path, embedding: CountedWords
) -> None:
    others = [passage(f"居民{at}", f"第{at}段的内容。", schemes=("resident",)) for at in range(20)]
    held = [*PASSAGES, *others]
    vectors = embedding.passages([one.read_as for one in held])
    index = build({"anle-rule": document()}, held, vectors)
    question = Vocabulary(WordList({})).question("第7段的内容")
    ask = Ask(question, date(2026, 11, 25), "cn/shanghai", "employee")
    vector = embedding.question(question.read_as)
    exact = search_by(ask, index, vector)
    with open_store(tmp_path / "chroma", embedding.id, embedding.dimension) as store:
        store.put(held, vectors)
        offered = search_by(ask, index, vector, store.nearest)
        before = search_by(replace(ask, day=date(2023, 1, 1)), index, vector, store.nearest)
    assert [one.passage.id for one in offered.matches] == [one.passage.id for one in exact.matches]
    assert before.matches == ()


def test_more_rows_than_chroma_takes_at_once_go_in_parts(
    tmp_path: Path, embedding: CountedWords
) -> None:
    many = [passage(str(number), f"内容{number}") for number in range(MOST_AT_ONCE + 10)]
    rows = np.random.default_rng(1).random((len(many), embedding.dimension), np.float32)
    with open_store(tmp_path / "chroma", embedding.id, embedding.dimension) as store:
        store.put(many, rows)
        assert len(store.get([one.digest for one in many])) == len(many)


@pytest.mark.parametrize("name", ["chroma.sqlite3"])
def test_a_damaged_store_is_told_from_a_sound_one(
    tmp_path: Path, name: str, embedding: CountedWords
) -> None:
    folder = tmp_path / "chroma"
    assert is_sound(folder)
    opened(folder, embedding.id, embedding.dimension)
    assert is_sound(folder)
    (folder / name).write_bytes(b"not a database" * 500)
    assert not is_sound(folder)


def test_a_server_that_is_not_there_is_named() -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnreachable) as refused:
        opened(address, "model", 8)
    assert address in refused.value.sentence("zh")
