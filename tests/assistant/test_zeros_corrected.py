"""An amount that had a nought too many or too few: 多打了个0, 漏了一个零, an extra zero."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import last

BILL = "杭州在职职工，二级医院住院花了26000，今年第一次住院，其中自费800，自己付多少"
TENTH = "杭州在职职工，二级医院住院花了2600，今年第一次住院，其中自费800，自己付多少"
TENFOLD = "杭州在职职工，二级医院住院花了260000，今年第一次住院，其中自费800，自己付多少"
PART = "杭州在职职工，二级医院住院花了26000，今年第一次住院，其中自费8000，自己付多少"
HUNDREDTH = "杭州在职职工，二级医院住院花了260，今年第一次住院，自己付多少"


@pytest.mark.parametrize(
    "said",
    [
        "多打了个0，是2600",
        "多打了个0… 2600",
        "哎呀多按了一个零 2600",
        "不好意思，多写一个0",
        "打多咗個零，應該係2600",
        "后头多了个0",
        "手抖多了一位，2600",
        "0多打了一个，两千六",
        "總數多打咗個0",
        "sorry, one zero too many",
        "oops I typed an extra zero, it's 2600",
    ],
)
def test_a_nought_too_many_makes_the_bill_a_tenth(house: House, said: str) -> None:
    assert last(house, BILL, said).figures == last(house, TENTH).figures


@pytest.mark.parametrize(
    "said",
    [
        "少打一个0，二十六万",
        "漏了个零",
        "不对，少写了一个零，是260000",
        "後面漏打咗個0",
        "打少了一个0",
        "I missed a zero there",
        "left out a zero: 260,000",
    ],
)
def test_a_nought_too_few_makes_it_tenfold(house: House, said: str) -> None:
    assert last(house, BILL, said).figures == last(house, TENFOLD).figures


@pytest.mark.parametrize("said", ["自费少打了个0", "少打个0，自费是8000", "自费那块漏了个零，8000"])
def test_it_may_be_a_part_that_is_meant(house: House, said: str) -> None:
    assert last(house, BILL, said).figures == last(house, PART).figures


def test_two_noughts_may_have_been_too_many(house: House) -> None:
    whole = "杭州在职职工，二级医院住院花了26000，今年第一次住院，自己付多少"
    assert last(house, whole, "多打了两个0").figures == last(house, HUNDREDTH).figures


@pytest.mark.parametrize("said", ["是不是多打了个0？", "零头不用管", "自费是0"])
def test_other_words_of_nought_change_no_whole(house: House, said: str) -> None:
    assert last(house, BILL, said).figures.get("total", "26000.00") == "26000.00"


@pytest.mark.parametrize("said", ["多打了个0", "少了一个零", "an extra 0"])
def test_the_nought_is_no_amount(reading: Read, said: str) -> None:
    assert not reading(said).amounts
