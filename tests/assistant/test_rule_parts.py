"""Two figures of a rule asked in one message are both told; a year or a named place is neither."""

import pytest

from askdoc.bootstrap import House

from .conftest import DAY
from .talking import last

BOTH = (
    ("多少钱起报 报百分之几 爸爸退休 2012年退的 上海职工医保 三级医院住院", "1200.00", "92%"),
    ("上海职工，在职，三级医院住院，从多少钱开始医保才给报，报百分之几呀", "1500.00", "85%"),
    ("在职，上海职工医保，二级医院门诊，起付线多少，过后报几成", "500.00", "75%"),
    ("我係上海退休职工，2015年退，66岁，社区门诊起付线几多？过咗之后付几多成", "300.00", "85%"),
    ("上海职工医保，在职，三级医院住院，几多钱起报，之后可以报返百分之几", "1500.00", "85%"),
    ("上海在职职工去二级医院看门诊，要满多少钱才给报，给报百分之几", "500.00", "75%"),
    ("深圳职工医保一档，在职，三级医院门诊，起付线几多，之后报几多成", "0.00", "55%"),
    ("上海学生，居民医保，三级医院门诊，从多少钱起报，报百分之多少", "300.00", "50%"),
    (
        "I retired from a Shanghai firm in 2015 and have employee insurance; I'm 66. How high is "
        "the deductible at a community health centre and what percentage is paid after that?",
        "300.00",
        "85%",
    ),
    (
        "Employee insurance in Shanghai, still working, outpatient at a secondary hospital. What "
        "is the deductible and what share is paid after it?",
        "500.00",
        "75%",
    ),
)


@pytest.mark.parametrize(("said", "deductible", "share"), BOTH)
def test_both_figures_are_told(house: House, said: str, deductible: str, share: str) -> None:
    told = last(house, said)
    assert told.kind == "answer"
    assert deductible in told.text
    assert share in told.text


def test_a_named_place_with_a_share_asked_is_no_medicine(house: House) -> None:
    said = "在深圳上班，40岁，职工医保二档，去绑定的社康看门诊，医保给报好多，百分之几"
    assert "75%" in last(house, said).text


def test_the_year_of_retirement_is_no_amount(house: House) -> None:
    read = house.context(DAY, {}, 0, None).read("I retired from a Shanghai school in 2014")
    assert (read.amounts, read.unread) == ((), ())
    assert read.facts["retired_year"].value == 2014


def test_a_first_payment_asked_in_percent_stays_a_medicine_s(house: House) -> None:
    said = "上海职工医保，恩格列净要先自付百分之几"
    assert last(house, said).medicines == ("恩格列净片",)
