"""Questions under a section: no part of its text, searched beside it, bound by its filters."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from askdoc.language.word_list import WordList
from askdoc.library.asked_questions import asked_apart
from askdoc.library.document import DocumentError, Passage, asked_digest
from askdoc.library.document_sheet import read_document
from askdoc.library.embedding import Matrix
from askdoc.library.index import Index, build, load, save
from askdoc.library.lens import fit_lens, through
from askdoc.library.search import Ask, search
from askdoc.library.shipped import Shelf, names_of_things
from askdoc.library.versions import passages_of
from askdoc.library.vocabulary import Vocabulary
from askdoc.policy import Book

from .conftest import CountedWords, document, passage

DAY = date(2026, 11, 25)
SHEET = """---
id: lamp
title: {zh: 长期处方, en: Long prescriptions}
kind: rule
region: cn
schemes: [employee]
topics: [x]
from: 2021-08-01
source: long-prescription-2021
confidence: official
---
## 一般多久
一般不超过{{long_prescription.usual_weeks}}。
"""
ASKED = "? 一趟能拿多少日子的药\n? 我娘腿脚不好，药能多拿点不\n"


def read(tmp_path: Path, book: Book, knowledge: Path, text: str) -> Passage:
    file = tmp_path / "lamp.md"
    file.write_text(text, encoding="utf-8")
    (found,) = passages_of(read_document(file, book), book, names_of_things(knowledge, book))
    return found


def ask(text: str, **changes: object) -> Ask:
    told: dict[str, object] = {
        "question": Vocabulary(WordList({})).question(text),
        "day": DAY,
        "region": "cn/shanghai",
        "scheme": "employee",
    }
    return Ask(**(told | changes))  # type: ignore[arg-type]


def indexed(embedding: CountedWords, *passages: Passage, lens: Matrix | None = None) -> Index:
    vectors = embedding.passages([one.read_as for one in passages])
    asked = {said: embedding.question(said) for one in passages for said in one.asked}
    return build({"anle-rule": document()}, passages, vectors, asked, lens)


def test_questions_are_taken_out_of_the_text_and_change_neither_text_nor_digest(
    tmp_path: Path, book: Book, knowledge: Path
) -> None:
    bare = read(tmp_path, book, knowledge, SHEET)
    asked = read(tmp_path, book, knowledge, SHEET + ASKED)
    assert asked.asked == ("一趟能拿多少日子的药", "我娘腿脚不好，药能多拿点不")
    assert replace(asked, asked=()) == bare
    assert asked.digest == bare.digest
    assert bare.asked == ()


def test_words_are_counted_in_the_questions_too_and_the_text_is_embedded_without_them() -> None:
    one = passage("起付线", "年度起付线。", asked=("门槛费多少",))
    assert "门槛费" in one.counted_as
    assert "门槛费" not in one.read_as


@pytest.mark.parametrize("figure", ["最多5元吗", "报80%吗", "报八成吗", "百分之五十吗", "打五折吗"])
def test_a_figure_of_policy_in_a_question_is_refused(figure: str) -> None:
    with pytest.raises(DocumentError) as refused:
        asked_apart([f"? {figure}"], "lamp.md:1")
    assert refused.value.problem == "figure_asked"
    assert "lamp.md:1" in refused.value.sentence("zh")


@pytest.mark.parametrize("said", ["签1+1+1划算不", "两个孩子都算吗", "断了一年怎么办", "CAR-T报吗"])
def test_a_name_and_a_persons_own_situation_are_no_figures(said: str) -> None:
    assert asked_apart([f"? {said}"], "lamp.md:1") == ("", (said,))


def test_every_shipped_section_has_questions_and_versions_share_them(shelf: Shelf) -> None:
    asked: dict[str, set[tuple[str, ...]]] = {}
    for one in shelf.passages:
        asked.setdefault(one.id, set()).add(one.asked)
    assert [id for id, kinds in asked.items() if len(kinds) != 1 or () in kinds] == []


def test_a_passage_is_found_by_a_question_that_shares_nothing_with_its_text(
    embedding: CountedWords,
) -> None:
    rule = passage("起付线", "年度内先由个人承担的部分。", asked=("门槛费要多少钱",))
    other = passage("代取", "家属可以替老人取药。", asked=("能让女儿去拿药吗",))
    index = indexed(embedding, other, rule)
    assert search(ask("门槛费多少钱"), index, embedding).matches[0].passage == rule
    assert search(ask("女儿去拿药行吗"), index, embedding).matches[0].passage == other


def test_a_question_of_another_scheme_region_or_day_finds_nothing(embedding: CountedWords) -> None:
    said = "门槛费要多少钱"
    hidden = (
        passage("一", "居民的规定。", schemes=("resident",), asked=(said,)),
        passage("二", "别处的规定。", region="cn/zhejiang", asked=(said,)),
        passage("三", "旧的规定。", ends=date(2024, 12, 31), asked=(said,)),
    )
    shown = passage("四", "家属可以替老人取药。", asked=("能让女儿去拿药吗",))
    found = search(ask(said), indexed(embedding, *hidden, shown), embedding)
    assert [one.passage for one in found.matches] == [shown]


def test_a_question_of_a_hidden_passage_makes_nothing_sufficient() -> None:
    embedding = CountedWords()
    embedding.floor = 0.9
    said = "门槛费要多少钱"
    hidden = passage("一", "居民的规定。", schemes=("resident",), asked=(said,))
    shown = passage("二", "家属可以替老人取药。", asked=("能让女儿去拿药吗",))
    index = indexed(embedding, hidden, shown)
    assert not search(ask(said), index, embedding).sufficient
    assert search(ask(said, scheme="resident"), index, embedding).sufficient


def test_a_passage_without_questions_is_not_behind_those_that_have_some(
    embedding: CountedWords,
) -> None:
    asked = passage("起付线", "年度起付线。", asked=("门槛费要多少钱",))
    own = passage("药柜", "灯塔药柜每周三上午发放冷藏袋。")
    found = search(ask("灯塔药柜哪天发冷藏袋"), indexed(embedding, asked, own), embedding)
    assert found.matches[0].passage == own


def test_versions_share_one_vector_and_a_saved_index_answers_alike(
    tmp_path: Path, embedding: CountedWords
) -> None:
    said = ("门槛费要多少钱", "先掏多少")
    old = passage("起付线", "旧的起付线。", ends=date(2025, 12, 31), asked=said)
    new = passage("起付线", "新的起付线。", begins=date(2026, 1, 1), asked=said)
    bare = passage("药柜", "灯塔药柜。")
    lens = np.eye(embedding.dimension, dtype=np.float32)[:, :32]
    built = indexed(embedding, old, bare, new, lens=lens)
    assert len(built.asked.vectors) == 2
    assert built.asked.best(np.array([0.25, 0.5], np.float32), 3).tolist()[::2] == [0.5, 0.5]
    assert np.isnan(built.asked.best(np.array([0.25, 0.5], np.float32), 3)[1])
    save(built, [old, bare, new], tmp_path / "index")
    opened = load(tmp_path / "index")
    assert opened is not None
    for text in ("门槛费多少", "灯塔药柜"):
        assert search(ask(text), opened, embedding) == search(ask(text), built, embedding)


def test_the_name_of_a_question_is_not_that_of_a_text() -> None:
    one = passage("起付线", "年度起付线。")
    assert asked_digest(one.read_as) != one.digest


def test_a_lens_finds_the_section_of_questions_that_it_was_not_made_from() -> None:
    drawn = np.random.default_rng(3)
    about, is_new = np.repeat(np.arange(40), 4), np.arange(160) % 4 == 0
    # What tells sections apart, and beside it what all questions vary in.
    apart, alike = np.zeros((200, 256)), np.zeros((200, 256))
    apart[:, :60] = 0.1 * drawn.standard_normal((40, 60))[[*about, *range(40)]]
    alike[:, 60:] = 0.12 * drawn.standard_normal((200, 196))
    rows = np.asarray(apart + alike, np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    questions, texts = rows[:160], rows[160:]
    lens = fit_lens(questions[~is_new], about[~is_new].tolist(), texts, range(40))
    new, right = questions[is_new], about[is_new]
    plain = (new @ texts.T).argmax(axis=1) == right
    seen = (through(lens, new) @ through(lens, texts).T).argmax(axis=1) == right
    assert plain.mean() < 0.8 < 0.9 < seen.mean()
