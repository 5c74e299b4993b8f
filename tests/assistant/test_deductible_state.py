"""How far the deductible is used: met, untouched, or open, which is neither."""

from decimal import Decimal

import pytest

from .conftest import Ask, Read
from .talking import amounts_said

OF_DEDUCTIBLE = ("deductible_used", "deductible_left")


def said(read: Read, text: str) -> dict[str, str]:
    """What is said to be used or left of the deductible."""
    return amounts_said(read(text), OF_DEDUCTIBLE)


@pytest.mark.parametrize(
    "text",
    [
        "起付线用了多少不清楚",
        "起付线不晓得用掉几多",
        "起付线用了多少，我也不知道",
        "不知道起付线用完没有",
        "起付线用没用完记不得了",
        "起付线用完了没有我说不准",
        "搞不清起付线过了没",
        "起付线唔知用咗几多",
        "起付线好像用完了",
        "可能起付线已经满了",
        "起付线用了一部分",
        "起付线快用完了",
        "起付线还没用完",
        "起付线还没满",
        "起付线没达到",
        "没到起付线",
        "no idea how much of the deductible has been used",
        "not sure whether the deductible is used up",
        "no clue if my deductible has been met",
        "I can't remember how much deductible is used",
        "deductible used: unknown",
        "some of the deductible is used",
        "the deductible may have been used up",
        "deductible not yet met",
        "I haven't met my deductible",
        "deductible partly used",
        "has my deductible been met?",
    ],
)
def test_what_is_not_known_of_the_deductible_stays_open(reading: Read, text: str) -> None:
    assert said(reading, f"门诊花了830，{text}") == {}
    assert str(reading(f"门诊花了830，{text}").amount("total")) == "830.00"


@pytest.mark.parametrize(
    "text",
    [
        "起付线用好了",
        "起付线用脱了",
        "起付线早就过脱了",
        "起付线用掉了",
        "起付线付好了",
        "起付线使晒",
        "起付线交满了",
        "起付线满了",
        "起付线过了",
        "起付线扣好了",
        "今年起付线够数了",
        "起付线早超了",
        "已经过了起付线",
        "超过起付线了",
        "起付线已经没有了",
        "I'm past the deductible",
        "the deductible was cleared",
        "deductible all paid",
        "the deductible is out of the way",
    ],
)
def test_a_deductible_that_is_met_in_any_words_leaves_nothing(reading: Read, text: str) -> None:
    assert said(reading, f"门诊花了830，{text}") == {"deductible_left": "0"}


@pytest.mark.parametrize(
    "text",
    [
        "起付线还没用",
        "起付线一分未动",
        "起付线冇用过",
        "起付线勿曾用",
        "起付线零使用",
        "起付线原封不动",
        "nothing used of the deductible",
        "nothing of the deductible used",
        "no deductible used",
        "the deductible is still intact",
    ],
)
def test_a_deductible_that_nobody_touched_has_nothing_used(reading: Read, text: str) -> None:
    assert said(reading, f"门诊花了830，{text}") == {"deductible_used": "0"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("起付线还没扣完，还差140", {"deductible_left": "140"}),
        ("起付线没满，用了260", {"deductible_used": "260"}),
        ("起付线用完了，不知道能报多少", {"deductible_left": "0"}),
        ("起付线的规定我不清楚，今年用了260", {"deductible_used": "260"}),
    ],
)
def test_an_amount_beside_it_counts(reading: Read, text: str, expected: dict[str, str]) -> None:
    assert said(reading, f"门诊花了830，{text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("起付线过了账户空", {"deductible_left": "0"}),
        ("起付线满账户空", {"deductible_left": "0"}),
        ("起付段走完了账户也空", {"deductible_left": "0"}),
        ("账户用完了起付线没用", {"deductible_used": "0"}),
    ],
)
def test_a_verb_belongs_to_the_topic_before_it(
    reading: Read, text: str, expected: dict[str, str]
) -> None:
    assert said(reading, f"门诊花了830，{text}") == expected
    assert str(reading(f"门诊花了830，{text}").amount("account_current")) == "0"


def test_an_open_deductible_gives_a_range(answered: Ask) -> None:
    told = answered("上海在职45岁，三级门诊花了830，起付线用了多少不清楚，我付多少？")
    met = answered("上海在职45岁，三级门诊花了830，起付线用完了，我付多少？")
    assert told.range is not None
    least, most = told.range.person_pays
    assert least <= Decimal(met.figures["person_pays"]) < Decimal(told.figures["person_pays"])
    assert Decimal(told.figures["person_pays"]) <= most


def test_whoever_does_not_know_the_height_asks_for_it(answered: Ask) -> None:
    told = answered("我不清楚上海在职职工三级医院门诊起付线是多少")
    assert told.text == answered("上海在职职工三级医院门诊起付线是多少").text


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("今年还没用过起付线", {"deductible_used": "0"}),
        ("没动过起付线", {"deductible_used": "0"}),
        ("还没开始扣起付线", {"deductible_used": "0"}),
        ("還沒付過門檻費", {"deductible_used": "0"}),
        ("未曾用过起付线", {"deductible_used": "0"}),
        ("I haven't used my deductible", {"deductible_used": "0"}),
        ("I never touched the deductible", {"deductible_used": "0"}),
        ("没用完起付线", {}),
        ("没交满门槛费", {}),
        ("haven't reached the deductible", {}),
        ("用完了起付线", {"deductible_left": "0"}),
        ("已经过了起付线", {"deductible_left": "0"}),
    ],
)
def test_a_denied_verb_in_front_is_no_used_up_deductible(
    reading: Read, text: str, state: dict[str, str]
) -> None:
    assert said(reading, f"门诊花了830，{text}") == state
