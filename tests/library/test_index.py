"""An index is whole or not there, and what is opened is what was saved."""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from askdoc.language.word_list import WordList
from askdoc.library.index import build, load, save
from askdoc.library.search import Ask, Found, search
from askdoc.library.vocabulary import Vocabulary

from .conftest import CountedWords, document, passage

DAY = date(2026, 11, 25)
PASSAGES = [
    passage("起付线", "在职职工看门诊，年度起付线是某个数。"),
    passage("报销比例", "过了起付线以后，按医院级别报销。"),
    passage("代取", "家属可以代取长期处方的药。", schemes=("employee", "resident")),
]


def ask(text: str, **changes: object) -> Ask:
    told: dict[str, object] = {
        "question": Vocabulary(WordList({})).question(text),
        "day": DAY,
        "region": "cn/shanghai",
        "scheme": "employee",
    }
    return Ask(**(told | changes))  # type: ignore[arg-type]


def found_ids(found: Found) -> list[str]:
    return [match.passage.path[0] for match in found.matches]


def test_what_is_saved_answers_like_what_was_built(tmp_path: Path, embedding: CountedWords) -> None:
    vectors = embedding.passages([one.read_as for one in PASSAGES])
    built = build({"anle-rule": document()}, PASSAGES, vectors)
    save(built, PASSAGES, tmp_path / "index")
    opened = load(tmp_path / "index")
    assert opened is not None
    for text in ("门诊起付线多少", "家属能代取药吗", "报销比例"):
        assert search(ask(text), opened, embedding) == search(ask(text), built, embedding)
    assert opened.documents == built.documents


@pytest.mark.parametrize("name", ["whole.json", "filters.npy", "starts.npy", "passages.jsonl"])
def test_an_index_with_a_missing_or_cut_file_is_not_there(tmp_path: Path, name: str) -> None:
    save(build({"anle-rule": document()}, PASSAGES, None), PASSAGES, tmp_path / "index")
    file = tmp_path / "index" / name
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert load(tmp_path / "index") is None
    file.unlink()
    assert load(tmp_path / "index") is None


def test_an_index_whose_count_is_wrong_is_not_there(tmp_path: Path) -> None:
    save(build({"anle-rule": document()}, PASSAGES, None), PASSAGES, tmp_path / "index")
    file = tmp_path / "index" / "whole.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"rows": 2}))
    assert load(tmp_path / "index") is None


def test_an_empty_library_finds_nothing(tmp_path: Path, embedding: CountedWords) -> None:
    empty = build({}, [], np.zeros((0, embedding.dimension), np.float32))
    save(empty, [], tmp_path / "index")
    opened = load(tmp_path / "index")
    assert opened is not None
    assert search(ask("起付线"), opened, embedding) == Found((), (), False)


def test_words_alone_answer_where_there_are_no_vectors(tmp_path: Path) -> None:
    index = build({"anle-rule": document()}, PASSAGES, None)
    found = search(ask("家属代取"), index, None)
    assert found_ids(found)[0] == "代取"
    assert found.matches[0].closeness is None


def test_every_match_says_which_words_it_shares() -> None:
    index = build({"anle-rule": document()}, PASSAGES, None)
    assert "代取" in search(ask("家属代取"), index, None).matches[0].words


def test_a_rule_that_begins_later_is_told_as_coming_and_from_when() -> None:
    later = passage("起付线", "新的起付线办法。", begins=date(2027, 1, 1))
    index = build({"anle-rule": document()}, [*PASSAGES, later], None)
    today = search(ask("起付线"), index, None)
    assert all(match.passage.begins != date(2027, 1, 1) for match in today.matches)
    assert [match.passage.begins for match in today.coming] == [date(2027, 1, 1)]
    then = search(ask("起付线", day=date(2027, 1, 1)), index, None)
    assert date(2027, 1, 1) in {match.passage.begins for match in then.matches}


def test_a_question_about_a_past_day_finds_the_old_rule() -> None:
    old = passage("起付线", "旧的起付线办法。", begins=None, ends=date(2023, 12, 31))
    index = build({"anle-rule": document()}, [*PASSAGES, old], None)
    found = search(ask("起付线", day=date(2023, 12, 31)), index, None)
    assert [match.passage.text for match in found.matches] == ["旧的起付线办法。"]
    after = search(ask("起付线", day=date(2024, 1, 1)), index, None)
    assert "旧的起付线办法。" not in [match.passage.text for match in after.matches]
