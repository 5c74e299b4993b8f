"""Another city in the middle of a talk: where the care was, or where somebody is insured."""

import pytest

from askdoc.bootstrap import House

from .talking import facts, last, same_sum

HOME = "青岛职工在职，三级医院住院花了21000，今年第一次，全是甲类，自己付多少"
AWAY = "青岛职工在职，在外地三级医院住院花了21000，今年第一次，全是甲类，{way}，自己付多少"
UNFILED = AWAY.format(way="没转诊，办了临时备案")
REFERRED = AWAY.format(way="转诊了，办了临时备案")
LONG = AWAY.format(way="办了长期备案")


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("其他不变，要是在武汉住的呢，没转诊，办了临时备案", UNFILED),
        ("那要是跑到西安去住，没转诊，只做了个临时备案呢", UNFILED),
        ("咁如果喺廣州住，冇轉診，辦咗臨時備案呢", UNFILED),
        ("要是转诊到南京，办了临时备案呢", REFERRED),
        ("如果我长期住在郑州，在那边办好了长期备案呢", LONG),
        ("要是常驻重庆，长期备案办了呢", LONG),
        ("what if it was in Chengdu with long-term filing?", LONG),
        ("要是在杭州住的呢，没转诊，临时备案", UNFILED),
    ],
)
def test_it_is_where_the_care_was(house: House, said: str, whole: str) -> None:
    assert last(house, HOME, said).figures == last(house, whole).figures


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("要是我是杭州的医保呢，在职职工", "cn/zhejiang/hangzhou"),
        ("打错了，是深圳一档", "cn/guangdong/shenzhen"),
    ],
)
def test_it_is_where_somebody_is_insured(house: House, said: str, region: str) -> None:
    assert facts(last(house, HOME, said))["region"] == region


@pytest.mark.parametrize("said", ["要是我参保在成都呢", "那成都职工医保呢", "我其实是武汉的医保"])
def test_a_home_without_recorded_rules_stays_one(house: House, said: str) -> None:
    assert not last(house, HOME, said).figures


def test_another_bill_of_another_place_stays_its_own(house: House) -> None:
    bill = "我妈杭州退休职工，三级医院住院9000，今年第一次，全甲类，自己付多少"
    assert same_sum(house, (HOME, bill), bill)
