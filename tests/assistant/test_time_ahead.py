"""A medicine for a time to come: past the last known day of the list nobody can say."""

from datetime import date

import pytest

from askdoc.assistant.reading.time_ahead import time_ahead
from askdoc.bootstrap import House

from .talking import last

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "said",
    [
        "房颤，利伐沙班27年3月份才上，医保报吗",
        "甘精胰岛素明年三月开始打，二型糖尿病，报不报",
        "过了年再换成阿托伐他汀，血脂高，能报吗",
        "春节以后吃立普妥，血脂高，能报吗",
        "二七年二月才用阿卡波糖，糖尿病，报吗",
        "来年开春吃氨氯地平，高血压，走得了医保不",
        "元旦过后达格列净还报吗，二型糖尿病",
        "高血压，络活喜2月份再吃，到时候还报吗",
        "過咗年先食立普妥，高血脂，報唔報",
        "等我2028年退休了，络活喜还能报吗，高血压",
        "下一年度立普妥还在目录里吗",
        "Starting atorvastatin in February 2027 for high cholesterol, will it be covered?",
        "Will rivaroxaban still be covered next spring? AF patient.",
    ],
)
def test_past_the_last_known_day_nothing_is_promised(house: House, said: str) -> None:
    found = last(house, said)
    assert found.outcome == "indeterminate"
    assert "2026-12-31" in found.text


@pytest.mark.parametrize(
    "said",
    [
        "下个月吃立普妥，血脂高，能报吗",
        "我妈明年做手术，现在吃络活喜，高血压，能报吗",
        "去年查出高血压，络活喜能报吗",
        "2019年得的高血压，络活喜能报吗",
        "成年后才得的高血压，络活喜能报吗",
        "高血压十来年了，络活喜能报吗",
        "春节后查出来的高血压，络活喜能报吗",
        "3月份查出来的高血压，络活喜报不报",
    ],
)
def test_other_times_leave_today_s_cover(house: House, said: str) -> None:
    assert last(house, said).outcome == "covered"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("27年2月才开始", date(2027, 2, 1)),
        ("2月份再打，到时报吗", date(2027, 2, 1)),
        ("翻过年再吃", date(2027, 1, 1)),
        ("两年后再说", date(2028, 11, 25)),
        ("花了2028元", None),
        ("2月份打了一针", None),
        ("我爸明年退休", None),
    ],
)
def test_the_time_to_come_is_the_medicine_s(said: str, day: date | None) -> None:
    assert time_ahead(said, TODAY) == day
