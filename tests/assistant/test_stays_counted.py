"""Which stay of the year a question means, and the deductible of that one."""

import pytest

from askdoc.assistant.reading.stay_number import stays_counted
from askdoc.bootstrap import House

from .talking import last

# Qingdao, employees: a tertiary hospital's deductible of the first, second and later stays.
FIRST, SECOND, LATER = "800.00", "400.00", "0.00"


@pytest.mark.parametrize(
    ("said", "height"),
    [
        ("今年住过一次院，这个月还要住三级医院，起付线多少", SECOND),
        ("今年已经住院一次了，这回再住三级医院起付标准是多少", SECOND),
        ("同一年里再次住院，三级医院门槛费多少", SECOND),
        ("今年春天在三级医院住过院，现在又要住，起付线是多少", SECOND),
        ("年頭住過一次院，而家又要入三級醫院，門檻費幾多", SECOND),
        ("住第二次院，三级医院，起付线多少", SECOND),
        ("今年前面都住了两次院，这次又要住，三级医院起付线多少", LATER),
        ("今年第三次住院，三级医院起付线怎么算", LATER),
        ("今年头一次住院，三级医院起付线多少", FIRST),
        ("去年住过一次院，今年第一次住三级医院，起付线多少", FIRST),
        ("去年住了两次院，这次住三级医院，起付线多少", FIRST),
        ("三级医院住院起付线多少", FIRST),
    ],
)
def test_a_deductible_is_told_of_the_stay_that_is_meant(
    house: House, said: str, height: str
) -> None:
    found = last(house, f"青岛职工医保在职，{said}")
    assert [f"{one.content:.2f}" for one in found.values] == [height]


@pytest.mark.parametrize(
    "said",
    [
        "I was already hospitalised once this year",
        "Second hospital stay this year",
        "One stay before this year",
        "Going in for the second time this year",
    ],
)
def test_stays_are_counted_in_english(house: House, said: str) -> None:
    asks = (
        "Qingdao employee insurance, active, tertiary hospital, inpatient. What is the deductible?"
    )
    found = last(house, f"{said}. {asks}")
    assert [f"{one.content:.2f}" for one in found.values] == [SECOND]


def test_two_stays_that_are_asked_about_are_both_told(house: House) -> None:
    found = last(house, "青岛职工在职三级医院，第一次和第二次住院的起付线各是多少")
    assert [f"{one.content:.2f}" for one in found.values] == [FIRST, SECOND]


@pytest.mark.parametrize(
    "said",
    [
        "今年没住过院",
        "去年住过一次院",
        "前年第二次住院",
        "又住院了",
        "住院两次了",
        "去年住过院，今年又住院了",
        "不是第二次住院",
    ],
)
def test_no_stay_of_this_year_is_counted(said: str) -> None:
    assert not list(stays_counted(said))


def test_what_holds_for_both_settings_is_told_where_stays_are_spoken_of(house: House) -> None:
    found = last(house, "青岛职工医保在职，今年没住过院，三级医院起付线多少")
    assert len({one.parameter for one in found.values}) == 2
