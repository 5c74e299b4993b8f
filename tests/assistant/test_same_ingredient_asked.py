"""Whether two names are one medicine, as people ask it: by a form alone, of kin, of mixtures."""

import pytest

from askdoc.bootstrap import House

from .talking import last


@pytest.mark.parametrize(
    "said", ["美托洛尔片和那个缓释片，里面是同一种药吧", "格列齐特片吃完了，缓释片是一样的成分吗"]
)
def test_a_form_named_alone_is_the_same_medicine_in_that_form(house: House, said: str) -> None:
    answer = last(house, said)
    assert answer.kind == "answer"
    assert len(set(answer.medicines)) == 2
    assert "有效成分相同" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "Lipitor vs 阿托伐他汀: same active ingredient or not?",
        "Lipitor and 阿托伐他汀, same molecule?",
        "立普妥换阿托伐他汀，成分有没有变",
        "立普妥和阿托伐他汀是一种降脂药吧",
    ],
)
def test_the_ingredient_is_asked_in_many_ways(house: House, said: str) -> None:
    assert "相同" in last(house, said).text or "same" in last(house, said).text


def test_a_mixture_that_shares_an_ingredient_is_not_called_the_same(house: House) -> None:
    assert "不是同一种药" in last(house, "缬沙坦和缬沙坦氨氯地平片是同一种药吗").text


def test_of_kin_only_that_they_are_listed_apart_is_said(house: House) -> None:
    text = last(house, "氨氯地平片和左氨氯地平片是一种药吗").text
    assert "无法确定" in text
    assert "两个不同的品种" in text


@pytest.mark.parametrize(
    "asks",
    [
        "{}係咪就係{}",
        "{}轉{}，成分有冇唔同",
        "以前吃{}，现在开{}，一个成分伐",
        "{}和{}，是一样的降压药伐",
        "{}同{}係咪同一隻藥",
        "{} and {}, same statin?",
    ],
)
@pytest.mark.parametrize(
    ("names", "is_same"), [(("络活喜", "氨氯地平"), True), (("络活喜", "拜新同"), False)]
)
def test_dialect_and_english_forms_of_the_question_compare(
    house: House, asks: str, names: tuple[str, str], is_same: bool
) -> None:
    text = last(house, asks.format(*names)).text
    assert ("成分相同" in text or "same active ingredient" in text) == is_same
    assert ("成分不同" in text or "different" in text) != is_same


@pytest.mark.parametrize(
    "said",
    [
        "Lipitor 立普妥 vs Norvasc 络活喜: same ingredient?",
        "Norvasc (络活喜) / Lipitor (立普妥): one and the same ingredient?",
    ],
)
def test_a_name_in_two_languages_is_not_compared_with_itself(house: House, said: str) -> None:
    answer = last(house, said)
    assert set(answer.medicines) == {"氨氯地平片", "阿托伐他汀钙片"}
