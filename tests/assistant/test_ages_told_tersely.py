"""An age in terse text: in front of where and how somebody is insured, or right behind a person."""

import pytest

from .conftest import Read


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("66杭州居保 三甲住院 1万8 全甲类 掏多少", 66),
        ("73退休上海职保 二级门诊 600块 全甲类 掏多少", 73),
        ("六十八青岛居保 三甲住院两万二 全甲类 掏多少", 68),
        ("58女 深圳一档在职 三级门诊 900 全甲 掏多少", 58),
        ("问下 47上海职工 门诊三级 700 全甲", 47),
        ("我对象44 青岛居保 二级住院 9千 全甲", 44),
        ("俺对象三十九，杭州职保，三级门诊800全甲", 39),
        ("我同事52 上海职保在职 三级门诊900 全甲", 52),
        ("我先生61 上海职保退休 三级门诊900 全甲", 61),
    ],
)
def test_an_age_is_no_amount(reading: Read, said: str, age: int) -> None:
    found = reading(said)
    assert found.facts["age"].value == age
    assert [one.role for one in found.amounts] == ["total"]


@pytest.mark.parametrize(
    "said",
    [
        "50元上海职保在职三级门诊，全甲类，自己付多少",
        "上海职保在职 三级门诊 50自费 总共900 其余甲",
        "60块居民医保在社区看的门诊",
        "90天居民医保等待期",
    ],
)
def test_an_amount_is_no_age(reading: Read, said: str) -> None:
    assert "age" not in reading(said).facts


@pytest.mark.parametrize(
    "said",
    [
        "我爸出去做客，急诊住进了当地的三甲，总共2万全甲类",
        "我爸去串门急诊住进三甲 总共2万全甲类",
        "我爸急诊住进了一家三级医院，总共2万全甲类",
        "Dad was taken in as an emergency at a tertiary hospital, total 20000, all class A",
        "an emergency admission at a tertiary hospital, total 20000, all class A",
    ],
)
def test_taken_in_by_the_emergency_room_is_a_stay(reading: Read, said: str) -> None:
    found = reading(said)
    assert found.facts["setting"].value == "inpatient"
    assert found.facts["referral"].value == "emergency"


def test_the_emergency_room_alone_is_none(reading: Read) -> None:
    for said in ("昨晚去三甲看了急诊，花了900", "串门的时候不舒服，看了急诊，花了900"):
        assert reading(said).facts["setting"].value == "emergency"
