"""`askdoc transcript`: what was kept, and what was struck of a model's words, and why."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from langchain_core.messages import AIMessage

from askdoc.assistant.outside.guard import Why
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.talk.session import Session
from askdoc.bootstrap import House
from askdoc.settings import read_settings
from askdoc.testing import ScriptedModel
from askdoc.wording.phrases import LANGUAGES, has_phrase

from .conftest import Command, one_sentence

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
BILL = "上海在职职工，三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，能报多少？"
UNCLEAR = "医保那个事咋整"
Talk = Callable[..., str]


@pytest.fixture
def talk(askdoc: Command, tmp_path: Path) -> Talk:
    """A kept conversation with a model that says these words in turn; its id."""
    house = House(read_settings({"HOME": str(tmp_path), "ASKDOC_DATA": str(tmp_path / "data")}))

    def talking(*words: str, said: tuple[str, ...] = (BILL,), hours: int = 0) -> str:
        model = ScriptedModel(messages=[AIMessage(one) for one in words])
        context = house.context(NOW.date(), {}, 0, None)
        opened = house.transcript.open_conversation(
            "test", "resident", NOW + timedelta(hours=hours)
        )
        session = Session(house.transcript, opened)
        for one in said:
            session.say(one, replace(context, outside=OutsideModel(model)), NOW)
        return opened

    return talking


def test_what_was_struck_is_shown_with_why(askdoc: Command, talk: Talk) -> None:
    talk("医保给您报490元。", "您好，结果在这里：{1}")
    ran = askdoc("transcript", "--struck")
    assert ran.code == 0
    assert "490" in ran.out
    assert "自己写了数字" in ran.out
    assert "重写后通过" in ran.out
    english = askdoc("transcript", "--struck", "--lang", "en").out
    assert "wrote a figure of its own" in english


def test_a_refused_call_is_shown_with_why(askdoc: Command, talk: Talk) -> None:
    call = '{"name": "find_procedure", "arguments": {"region": "cn/qingdao"}}'
    talk(call, said=(UNCLEAR,))
    assert "cn/qingdao" in askdoc("transcript", "--struck").out


def test_words_that_passed_before_others_were_struck_are_said_to_be_shown(
    askdoc: Command, talk: Talk
) -> None:
    talk("您好：{1} 医保给您报490元。")
    assert "只显示前面的" in askdoc("transcript", "--struck").out
    assert "first words passed" in askdoc("transcript", "--lang", "en").out


def test_words_that_passed_are_not_among_the_struck(askdoc: Command, talk: Talk) -> None:
    talk("您好：{1}")
    assert "没有划掉过" in askdoc("transcript", "--struck").out
    assert "通过了检查" in askdoc("transcript").out


def test_the_newest_conversation_is_shown_unless_one_is_named(askdoc: Command, talk: Talk) -> None:
    old, new = talk("您好：{1}"), talk("您好：{1}", said=("你好",), hours=1)
    assert new in askdoc("transcript").out
    told = json.loads(askdoc("transcript", old, "--json").out)
    assert told["conversation"] == old
    assert [one["said"] for one in told["turns"]] == [BILL]


def test_without_a_conversation_it_says_what_to_do(askdoc: Command) -> None:
    ran = askdoc("transcript")
    assert one_sentence(ran)
    assert "askdoc chat" in ran.err
    assert one_sentence(askdoc("transcript", "nobody"))


def test_every_reason_for_striking_has_words() -> None:
    for why in get_args(Why):
        assert all(has_phrase(f"transcript.struck.{why}", lang) for lang in LANGUAGES), why
