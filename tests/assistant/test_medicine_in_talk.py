"""Medicines in the middle of a talk: another one, its class, what else there is, what it is for."""

import pytest

from askdoc.bootstrap import House

from .talking import last

TONIC = "百令胶囊慢性肾功能不全吃，能报吗"


@pytest.mark.parametrize(
    ("said", "name", "class_"),
    [
        ("Is aspirin class A or B?", "阿司匹林", "class A"),
        ("what class is atorvastatin?", "阿托伐他汀", "class B"),
        ("硝苯地平甲还是乙", "硝苯地平", "甲类"),
        ("拜新同和络活喜谁是甲类", "氨氯地平", "甲类"),
        ("which class does warfarin belong to", "华法林", "class A"),
        ("立普妥屬於甲類定乙類", "阿托伐他汀", "乙类"),
    ],
)
def test_a_class_alone_may_be_asked(house: House, said: str, name: str, class_: str) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    assert name in found.text
    assert class_ in found.text


@pytest.mark.parametrize("before", [TONIC, "长期处方怎么开"])
@pytest.mark.parametrize(
    "said",
    ["安宫牛黄丸呢？想在药房买两丸备着", "那阿胶呢，买点放家里", "安宫牛黄丸怎么样？我想去买一丸"],
)
def test_another_medicine_named_with_a_question_asks_of_it(
    house: House, before: str, said: str
) -> None:
    found = last(house, before, said)
    assert found.kind == "answer"
    assert found.outcome != "covered"


@pytest.mark.parametrize(
    "said",
    [
        "那没病，就想补补身体呢",
        "要是啥毛病没有，就想整点补补身子骨呢",
        "要是没啥毛病只是想滋补滋补呢",
        "如果身体好好的，吃来保养呢",
    ],
)
def test_what_is_taken_without_a_disease_asks_for_no_diagnosis(house: House, said: str) -> None:
    found = last(house, TONIC, said)
    assert found.kind == "answer"
    assert found.outcome != "covered"


@pytest.mark.parametrize(
    "said",
    [
        "目录里有什么可以用的",
        "那有啥能用的",
        "醫保裡面有乜可以用",
        "还有什么药可以选",
        "有没有别的能吃",
        "anything else I could take that is covered?",
    ],
)
def test_what_else_there_is_asks_for_alternatives(house: House, said: str) -> None:
    assert "多奈哌齐片" in last(house, "多奈单抗能报吗", said).text


@pytest.mark.parametrize("said", ["对门老李也在吃开博通呢", "我妈天天吃络活喜呢", "他在用安理申呢"])
def test_a_name_behind_a_verb_asks_nothing(house: House, said: str) -> None:
    assert last(house, said).outcome is None
