"""A medicine that was never taken before is history: another one is asked about beside it."""

import pytest

from askdoc.bootstrap import House

from .talking import last

NEVER = (
    (
        "爸爸心衰 大夫给开沙库巴曲缬沙坦 诺欣妥片 以前没吃过缬沙坦 "
        "别的降压药也没吃过 头一个就用它 医保报不",
        "沙库巴曲缬沙坦钠片",
    ),
    (
        "我妈2型糖尿病，医生开了达格列净，就是安达唐，片剂。二甲双胍也好，别的降糖药也好，"
        "她以前一样都没吃过，这是第一个药，医保给报吗？",
        "达格列净片",
    ),
    ("没用过阿卡波糖，别的降糖药也没碰过，头一个药就用恩格列净，能报吗", "恩格列净片"),
    ("老公血脂高 以前从没吃过阿托伐他汀 现在直接开依折麦布 能报不", "依折麦布片"),
    ("以前没吃过二甲双胍，也没吃过别的降糖药，第一个药就用西格列汀，医保报吗", "西格列汀片"),
    ("他汀没吃过，氯吡格雷也没吃过，一上来就开替格瑞洛，医保给报吗", "替格瑞洛片"),
    ("医生开了恩格列净，阿卡波糖和别的降糖药她都没吃过，医保报吗", "恩格列净片"),
    ("医生开了依折麦布，她没吃过瑞舒伐他汀，别的降脂药也没吃过，能报吗", "依折麦布片"),
    (
        "She has never taken metformin or any other pill for diabetes; sitagliptin would be her "
        "first. Is it covered?",
        "西格列汀片",
    ),
    ("Doctor wrote ticagrelor, she has never tried clopidogrel. Does insurance pay?", "替格瑞洛片"),
)


@pytest.mark.parametrize(("said", "medicine"), NEVER)
def test_what_was_never_taken_is_neither_answered_nor_compared(
    house: House, said: str, medicine: str
) -> None:
    assert last(house, said).medicines == (medicine,)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("以前没吃过奥美拉唑，也没吃过别的抑酸药，头一个药就用伏诺拉生，医保报吗", "伏诺拉生"),
        ("医生开了伏诺拉生（沃克）片，奥美拉唑和别的抑酸药她都没吃过，能报吗", "伏诺拉生"),
        ("雷贝拉唑 波利特片 以前没吃过奥美拉唑 能报吗", "波利特片"),
    ],
)
def test_an_unknown_medicine_is_never_covered_by_one_that_was_not_taken(
    house: House, said: str, name: str
) -> None:
    told = last(house, said)
    assert told.outcome == "indeterminate"
    assert name in told.text


def test_a_medicine_alone_that_was_never_taken_is_asked_about(house: House) -> None:
    assert last(house, "恩格列净以前没吃过，能报吗").medicines == ("恩格列净片",)


def test_two_that_were_never_taken_are_both_asked_about(house: House) -> None:
    told = last(house, "达格列净和恩格列净都没吃过，两个能报吗")
    assert told.medicines == ("达格列净片", "恩格列净片")


def test_names_are_compared_though_one_was_never_taken(house: House) -> None:
    asked = "我没吃过二甲双胍，格华止跟二甲双胍成分一样吗，能报吗"
    assert "有效成分" in last(house, asked).text
