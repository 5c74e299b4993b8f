"""What staff approved is told to the same question in other words, and to no other question."""

from datetime import timedelta
from typing import Any

import pytest

from askdoc.medicines import Catalogue

from .conftest import SHANGHAI, Web
from .test_approved import TEXT, confirm
from .test_approved import told as told_anybody

MEDICINE = "阿托伐他汀能报吗"
BILL = "我在三级医院看门诊花了2317元，能报多少"


def told(web: Web, *said: str, **facts: Any) -> list[str]:
    """What is told to somebody insured like the one whose answer it was."""
    return told_anybody(web, *said, **(SHANGHAI | facts))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (BILL, "门诊在三甲花了两千三百一十七块，报销多少？"),
        ("我在三甲看门诊花了2318元，能报多少", "您好，三级医院门诊2318元能报多少"),
        (MEDICINE, "请问阿托伐他汀可以报销吗？"),
        ("住院起付线是多少", "请问住院的起付标准多少"),
        ("is rosuvastatin covered", "Hello, is rosuvastatin covered please?"),
    ],
)
def test_other_words_for_the_same_are_told(web: Web, asked: str, said: str) -> None:
    assert told(web, said) == []
    confirm(web, asked)
    assert told(web, asked)[0] == TEXT
    assert told(web, said)[0] == TEXT


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        # The first two come to the same text: what they say more is read by nothing.
        ("瑞舒伐他汀能报吗", "瑞舒伐他汀怀孕了能报吗"),
        ("阿卡波糖能报吗", "阿卡波糖不能报吗"),
        ("氨氯地平10mg能报吗", "氨氯地平5mg能报吗"),
        ("我在三级医院看门诊花了2471元，能报多少", "我在三级医院看门诊花了2472元，能报多少"),
        ("我在三级医院看门诊花了2473元，能报多少", "我在二级医院看门诊花了2473元，能报多少"),
        ("我在三级医院看门诊花了2474元，能报多少", "我妈在三级医院看门诊花了2474元，能报多少"),
        ("门诊封顶线是多少", "门诊起付线是多少"),
        # A document answered: it was chosen by the words.
        ("怎么办理异地就医备案", "异地就医备案怎么办理"),
        ("蓝色的灯塔几点开", "蓝色的灯塔几点关"),
    ],
)
def test_another_question_is_not_told(web: Web, asked: str, said: str) -> None:
    confirm(web, asked)
    assert told(web, asked) == [TEXT]
    assert told(web, said) == []


def test_the_same_words_after_another_question_are_not_told(web: Web) -> None:
    follow = "那三级医院呢，能报多少"
    confirm(web, follow, "我在二级医院看门诊花了2581元，能报多少")
    assert told(web, "我在二级医院看门诊花了2581元，能报多少", follow) == [TEXT]
    assert told(web, "我在二级医院看门诊花了2582元，能报多少", "三级医院呢，能报多少") == []


def test_what_was_said_before_is_part_of_the_question(web: Web) -> None:
    asked, said = "缬沙坦能报吗", "请问缬沙坦可以报销吗"
    confirm(web, asked, "我已经退休了")
    assert told(web, asked) == [TEXT]
    assert told(web, said) == []
    assert told(web, "我已经退休了", said) == [TEXT]


def test_another_home_and_another_scheme_are_not_told(web: Web) -> None:
    said = "三级医院看门诊花了2612元，报销多少"
    confirm(web, "我在三级医院看门诊花了2612元，能报多少")
    assert told(web, said) == [TEXT]
    assert told(web, said, scheme="resident", status="adult") == []
    assert told(web, said, region="cn/shandong/qingdao") == []


def test_when_it_ends_it_is_silent(web: Web) -> None:
    said = "三级医院看门诊花了2633元，报销多少"
    confirm(web, "我在三级医院看门诊花了2633元，能报多少", until="2026-11-27")
    assert told(web, said) == [TEXT]
    web.clock.pass_by(days=3)
    assert told(web, said) == []


def test_when_the_answer_changes_it_is_silent(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "请问依折麦布可以报销吗"
    confirm(web, "依折麦布能报吗")
    assert told(web, said) == [TEXT]
    before = web.say(web.talk(), said).json()["answer"]
    whole, now = Catalogue.on, web.clock.now.date()
    # As if another edition were in force from now on.
    monkeypatch.setattr(Catalogue, "on", lambda self, day: whole(self, now - timedelta(days=400)))
    monkeypatch.delitem(web.front.house.__dict__, "assistant")
    after = web.say(web.talk(), said).json()
    assert after["answer"]["text"] != before["text"]
    assert after["approved"] == []
