"""What stands beside the first passage, what lies outside, and lines that state only a gap."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from askdoc.library.embedding import Matrix
from askdoc.library.index import build, load, save
from askdoc.library.search import Ask, search, search_by
from askdoc.library.shipped import OUTSIDE, Shelf, load_shipped
from askdoc.library.words import plain
from askdoc.policy import Book, SheetError
from askdoc.wording import phrase

from .conftest import CountedWords, document, passage
from .test_asked_questions import ask

EVAL = Path(__file__).parents[2] / "eval" / "retrieval"
GAP = phrase("library.figure.gap", "zh")


def near(*cosines: float) -> Matrix:
    """Rows of unit length: the first axis, and rows at these cosines to it."""
    rows = np.zeros((len(cosines), len(cosines) + 1), np.float32)
    for at, cosine in enumerate(cosines):
        rows[at, 0], rows[at, at + 1] = cosine, np.sqrt(1 - cosine**2)
    return rows


def test_what_reads_like_the_first_comes_before_what_is_as_like_the_question() -> None:
    passages = [passage(name, name) for name in ("甲", "乙", "丙", "丁")]
    vectors = near(1.0, 0.4, 0.4, 0.0)
    # The third reads like the first and no more like the question than the second does.
    question = np.array([0.8, 0.6, 0, 0, 0], np.float32)
    vectors[1] = [0.2, 0.6, 0.77, 0, 0]
    vectors[2] = [0.65, 0.0, 0, 0.76, 0]
    index = build({"anle-rule": document()}, passages, vectors)
    order = [one.passage.path[0] for one in search_by(ask("问"), index, question).matches]
    assert order[:3] == ["甲", "丙", "乙"]


def test_the_first_stays_first_and_scores_fall(embedding: CountedWords) -> None:
    passages = [passage(f"节{at}", f"家属可以替老人取药{at}。" * (at + 1)) for at in range(6)]
    vectors = embedding.passages([one.read_as for one in passages])
    index = build({"anle-rule": document()}, passages, vectors)
    scores = [one.score for one in search(ask("家属取药"), index, embedding).matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one <= 1 for one in scores)


def test_one_passage_alone_is_found(embedding: CountedWords) -> None:
    one = passage("代取", "家属可以替老人取药。")
    index = build({"anle-rule": document()}, [one], embedding.passages([one.read_as]))
    assert [hit.passage for hit in search(ask("取药"), index, embedding).matches] == [one]


def test_a_line_that_only_states_a_gap_is_shown_and_not_searched() -> None:
    told = passage("代取", f"- 怎么办：家属去取。\n- 电话：{GAP}")
    assert GAP in told.text
    assert told.read_as.endswith("- 怎么办：家属去取。")


def test_a_question_that_lies_outside_is_insufficient_also_from_a_saved_index(
    tmp_path: Path,
) -> None:
    embedding = CountedWords()
    embedding.floor = 0.9
    said, aside = "门槛费一年要多少钱", "门槛费一年要多少"
    one = passage("起付线", "年度起付线。", asked=(said,))
    vectors = embedding.passages([one.read_as])
    known = {text: embedding.question(text) for text in (said, aside)}

    def asked(given: Ask, outside: tuple[str, ...]) -> bool:
        index = build({"anle-rule": document()}, [one], vectors, known, None, outside)
        folder = tmp_path / f"index-{len(outside)}"
        save(index, [one], folder)
        opened = load(folder)
        assert opened is not None
        found = search(given, opened, embedding)
        assert found == search(given, index, embedding)
        return found.sufficient

    assert asked(ask(aside), ())
    assert not asked(ask(aside), (aside,))


def test_no_shipped_section_answers_a_question_that_lies_outside(shelf: Shelf) -> None:
    asked = {said for one in shelf.passages for said in one.asked}
    assert len(shelf.outside) > 150
    assert asked.isdisjoint(shelf.outside)


def test_no_question_that_measures_is_shipped(shelf: Shelf) -> None:
    shipped = {plain(said) for one in shelf.passages for said in one.asked}
    shipped |= {plain(said) for said in shelf.outside}
    copied = [
        one["id"]
        for name in ("tuning", "test", "inside", "outside", "practice", "practice_again")
        for one in yaml.safe_load((EVAL / f"{name}.yaml").read_text("utf-8"))["questions"]
        if plain(one["ask"]) in shipped
    ]
    assert copied == []


def test_a_question_outside_said_twice_is_refused_with_its_line(
    tmp_path: Path, book: Book, knowledge: Path
) -> None:
    (tmp_path / "medicines").mkdir()
    conditions = knowledge / "medicines" / "conditions.yaml"
    (tmp_path / "medicines" / "conditions.yaml").write_bytes(conditions.read_bytes())
    (tmp_path / "documents").mkdir()
    rows = "questions:\n  - {matter: pets, asked: [狗能报吗, 狗能报吗]}\n"
    (tmp_path / "documents" / OUTSIDE).write_text(rows, encoding="utf-8")
    with pytest.raises(SheetError) as refused:
        load_shipped(tmp_path, book)
    assert refused.value.problem == "listed_twice"
    assert OUTSIDE in str(refused.value.fields["place"])
