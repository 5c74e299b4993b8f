"""Which stay of the year a message speaks of, once the talk is of stays: 第一次那回, first time."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last

SECOND = "深圳一档在职，今年第二次住院，二级医院，7200块，我自己付多少"
FIRST = "青岛职工在职，三级医院住院花了11000，今年第一次，自己付多少"
VISIT = "上海在职职工，三级医院门诊花了700元，起付线已经用完了，自己付多少"


@pytest.mark.parametrize(
    "said",
    [
        "第一次那次是在三级医院，11000，那次呢",
        "第一回是三级，花了11000",
        "头一次那趟11000，三级的",
        "年初第一次是11000块，三级医院，付多少",
        "第一次嗰次喺三級，11000",
        "the first time it was 11,000 at a tertiary hospital",
        "第1次是三甲，一万一",
    ],
)
def test_the_first_of_two_stays_is_one_without_stays_before(house: House, said: str) -> None:
    found = last(house, SECOND, said)
    assert facts(found)["admissions"] == 0
    assert facts(found)["tier"] == "tertiary"
    assert found.figures["total"] == "11000.00"


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("第二次那回在二级，花了3000", 1),
        ("第三次是3000，二级的", 2),
        ("the second time it was 3,000", 1),
        ("第二趟花了3000", 1),
    ],
)
def test_a_later_stay_counts_those_before(house: House, said: str, before: int) -> None:
    assert facts(last(house, FIRST, said))["admissions"] == before


@pytest.mark.parametrize(
    "said", ["第一次问你的那个是多少来着", "第二次算的呢", "你第一次说的是多少"]
)
def test_what_was_asked_the_first_time_is_no_stay(house: House, said: str) -> None:
    assert facts(last(house, SECOND, said)).get("admissions", 1) == 1


def test_a_visit_is_no_stay(house: House) -> None:
    assert "admissions" not in facts(last(house, VISIT, "第二次那回花了300"))
