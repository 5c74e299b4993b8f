"""How much to take of a medicine is never answered, in whatever words it is asked."""

import pytest

from askdoc.bootstrap import House

from .talking import last


@pytest.mark.parametrize(
    "said",
    [
        "阿托伐他汀给多大量？高脂血症 pt",
        "房颤病人，肌酐清除率40，利伐沙班用多少合适",
        "甘精胰岛素起始量怎么定",
        "氨氯地平5还是10好",
        "瑞舒伐他汀用10还是20",
        "华法林咋个调，INR 1.5",
        "阿卡波糖首剂给好多",
        "依諾肝素60公斤打幾多合適",
        "How much metformin should she take?",
    ],
)
def test_a_dose_is_left_to_the_doctor(house: House, said: str) -> None:
    found = last(house, said)
    assert found.kind == "decline"
    assert found.outcome is None


@pytest.mark.parametrize("said", ["立普妥20mg能报吗", "立普妥10mg和20mg哪个报"])
def test_a_strength_is_no_dose_asked_for(house: House, said: str) -> None:
    assert last(house, said).kind == "answer"
