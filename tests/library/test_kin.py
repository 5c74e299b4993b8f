"""What stands beside the first passage, what lies outside, and lines that state only a gap."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from askdoc.library.document import Passage
from askdoc.library.embedding import Matrix
from askdoc.library.index import build, load, save
from askdoc.library.search import Ask, regions_above, search, search_by
from askdoc.library.shipped import KIN, OUTSIDE, Shelf, load_shipped
from askdoc.library.words import plain
from askdoc.policy import Book, SheetError
from askdoc.wording import phrase

from .conftest import CountedWords, document, passage
from .test_asked_questions import SHEET, ask

EVAL = Path(__file__).parents[2] / "eval" / "retrieval"
FIRST = ("tuning", "test", "inside", "outside")
LATER = ("practice", "practice_again", "fresh", "second", "every")
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


RULE, DOING = "家属可以替老人取药。", "代取要带处方。"
KIN_GROUP = "groups:\n  - matter: collecting\n    sections: [{}]\n"


def related(**changes: object) -> list[Passage]:
    """A rule, five passages that share more words with a question about it, and its procedure."""
    doing = passage("怎么办", DOING, kin=("anle-rule#规定",), **changes)
    others = [passage(f"取药{at}", f"老人取药窗口{at}。") for at in range(5)]
    return [passage("规定", RULE, kin=("anle-rule#怎么办",)), *others, doing]


def found_first(passages: list[Passage], folder: Path | None = None) -> list[str]:
    index = build({"anle-rule": document()}, passages, None)
    if folder is not None:
        save(index, passages, folder)
        index = load(folder) or index
    found = search(ask("家属可以替老人取药吗"), index, None).matches
    return [one.passage.path[0] for one in found[:2]]


def test_kin_of_the_first_comes_next_and_without_being_kin_it_comes_last(tmp_path: Path) -> None:
    assert found_first(related()) == ["规定", "怎么办"]
    assert found_first(related(), tmp_path / "index") == ["规定", "怎么办"]
    assert found_first([replace(one, kin=()) for one in related()])[1] != "怎么办"


@pytest.mark.parametrize(
    "hidden",
    [{"schemes": ("resident",)}, {"region": "cn/zhejiang"}, {"ends": date(2024, 12, 31)}],
)
def test_kin_of_another_scheme_region_or_day_is_not_shown(hidden: dict[str, object]) -> None:
    assert "怎么办" not in found_first(related(**hidden))


def test_every_procedure_is_kin_of_a_section_and_kin_may_be_seen_together(shelf: Shelf) -> None:
    by_id = {one.id: one for one in shelf.passages}
    procedures = {one.id for one in shelf.passages if one.kind == "procedure"}
    assert sorted(id for id in procedures if not by_id[id].kin) == [
        "do-confirm-figure#askdoc说“待确认”的数字，怎么向医保核对"
    ]
    apart = [
        (one.id, id)
        for one in shelf.passages
        for id in one.kin
        if not set(one.schemes) & set(by_id[id].schemes)
        or one.id not in by_id[id].kin
        or not (
            one.region in regions_above(by_id[id].region)
            or by_id[id].region in regions_above(one.region)
        )
    ]
    assert apart == []


@pytest.mark.parametrize(
    ("sections", "problem"),
    [
        ("lamp#一, lamp#三", "unknown_section"),
        ("lamp#一", "kin_alone"),
        ("lamp#一, lamp#二, lamp#一", "listed_twice"),
    ],
)
def test_a_group_of_kin_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, book: Book, knowledge: Path, sections: str, problem: str
) -> None:
    (tmp_path / "medicines").mkdir()
    conditions = knowledge / "medicines" / "conditions.yaml"
    (tmp_path / "medicines" / "conditions.yaml").write_bytes(conditions.read_bytes())
    (tmp_path / "documents").mkdir()
    two = (
        SHEET.replace("## 一般多久", "## 一")
        + "## 二 [source=long-prescription-2021]\n家属代取。\n"
    )
    (tmp_path / "documents" / "lamp.md").write_text(two, encoding="utf-8")
    file = tmp_path / "documents" / KIN
    file.write_text(KIN_GROUP.format("lamp#一, lamp#二"), encoding="utf-8")
    assert [one.kin for one in load_shipped(tmp_path, book).passages] == [
        ("lamp#二",),
        ("lamp#一",),
    ]
    file.write_text(KIN_GROUP.format(sections), encoding="utf-8")
    with pytest.raises(SheetError) as refused:
        load_shipped(tmp_path, book)
    assert refused.value.problem == problem
    assert f"{KIN}:" in refused.value.sentence("zh")


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
        for name in (*FIRST, *LATER)
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
