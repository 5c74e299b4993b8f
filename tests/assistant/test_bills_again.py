"""The sums so far once more: added up, one beside the other, or the first one again."""

from decimal import Decimal

import pytest

from askdoc.assistant.answer import Answer
from askdoc.bootstrap import House

from .talking import last, talk

FIRST = "青岛职工在职，三级医院住院花了11000，今年第一次，自己付多少"
SECOND = "第二次住院在二级，花了5000"
ELSEWHERE = ("要是在二级呢", "那一级呢")


def pays(answer: Answer) -> Decimal:
    return Decimal(answer.figures["person_pays"])


@pytest.mark.parametrize(
    "said",
    [
        "两次加起来我要付多少",
        "那两回一共自己掏几多钱",
        "加埋兩次我一共要俾幾多",
        "两张单子合起来我出多少",
        "前后两趟总共要我出好多",
        "这两笔合计自付多少呀",
        "what do I pay for both together?",
        "how much is that altogether for the two stays?",
    ],
)
def test_two_bills_are_added_up(house: House, said: str) -> None:
    first, second, both = [one.answer for one in talk(house, FIRST, SECOND, said)]
    assert pays(both) == pays(first) + pays(second)
    assert both.figures["total"] == "16000.00"
    assert all(one.figures["person_pays"] in both.text for one in (first, second, both))
    assert both.sources


def test_only_what_stands_after_a_correction_is_added_up(house: House) -> None:
    said = (FIRST, "打错了，是12000", SECOND, "其中600是自费", "两次加起来我付多少")
    _, first, _, second, both = [one.answer for one in talk(house, *said)]
    assert pays(both) == pays(first) + pays(second)


def test_two_persons_are_added_up_where_both_are_meant(house: House) -> None:
    his = "我爸深圳一档退休，三级医院住院9000，今年第一次，付多少"
    first, second, both = [
        one.answer for one in talk(house, FIRST, his, "我们两个人加起来要付多少")
    ]
    assert pays(both) == pays(first) + pays(second)


@pytest.mark.parametrize(
    "said",
    [
        "三种情况各自付多少",
        "简单点，这三种分别要我掏多少",
        "列一下三个情况各付几多",
        "三種情形各要俾幾多錢",
        "just give me what I pay in each of the three cases",
        "三次各是多少",
    ],
)
def test_each_of_three_ways_is_told(house: House, said: str) -> None:
    *three, each = [one.answer for one in talk(house, FIRST, *ELSEWHERE, said)]
    assert each.kind == "answer"
    assert [f"{pays(one):.2f}" in each.text for one in three] == [True] * 3
    assert "三级医院" in each.text or "tertiary" in each.text


@pytest.mark.parametrize(
    "said",
    [
        "再说一遍最开始的那个",
        "第一个算出来是多少来着",
        "最初那次我要付多少来着",
        "what was the first one again?",
        "sorry, repeat the very first result",
        "頭先第一個結果再講一次",
        "一开始算的那个再报一下",
    ],
)
def test_the_first_sum_is_told_again(house: House, said: str) -> None:
    first, *_, again = [one.answer for one in talk(house, FIRST, *ELSEWHERE, said)]
    assert again.figures == first.figures


def test_it_is_the_first_also_when_asked_twice(house: House) -> None:
    again = "最开始那个再说一遍"
    first, *_, third = [one.answer for one in talk(house, FIRST, *ELSEWHERE, again, again)]
    assert third.figures == first.figures


def test_the_second_sum_is_told_again(house: House) -> None:
    _, second, _, again = [
        one.answer for one in talk(house, FIRST, *ELSEWHERE, "第二个结果再说一次")
    ]
    assert again.figures == second.figures


@pytest.mark.parametrize(
    "said", ["再说一遍", "一共要付多少", "say that again", "两家医院各付多少", "总共多少"]
)
def test_one_bill_is_not_told_twice(house: House, said: str) -> None:
    found = last(house, FIRST, said)
    assert found.figures.get("total", "11000.00") == "11000.00"
    assert "加起来" not in found.text
