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


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("諾和達諾和益，成分一唔一樣", "不是同一种药"),
        ("络活喜 氨氯地平 一个东西吗", "相同：氨氯地平"),
        ("立普妥根可定是不是同一种药", "成分不同"),
        ("二甲双胍普通的和缓释的里面是不是同样的东西", "相同：二甲双胍"),
        (
            "乐瑞卡是普瑞巴林吗，跟那个普瑞巴林缓释片是不是一个成分",
            "“普瑞巴林缓释片”的有效成分相同",
        ),
        ("捷诺维换成西格列汀 药换没换", "相同：西格列汀"),
        ("波立维、泰嘉都是氯吡格雷不", "相同：氯吡格雷"),
        ("拜唐苹、卡博平有啥不同", "相同：阿卡波糖"),
        ("修美乐改打格乐立了，成分同一个吗", "相同：阿达木单抗"),
    ],
)
def test_two_names_are_found_however_they_are_joined(house: House, said: str, tells: str) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    assert tells in found.text


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("可定的学名是什么", "瑞舒伐他汀钙片"),
        ("格华止通用名叫啥，别的牌子有没有一样的", "二甲双胍"),
        ("what is the generic name of Crestor", "rosuvastatin"),
    ],
)
def test_the_generic_name_of_one_medicine_is_told(house: House, said: str, name: str) -> None:
    found = last(house, said)
    assert found.kind == "answer"
    assert name in found.text
    assert found.outcome is None


def test_a_name_that_is_only_explained_is_asked_for_cover(house: House) -> None:
    found = last(house, "我爸高血压，大夫开了氨氯地平，商品名叫络活喜，这个药医保能报吗")
    assert found.outcome == "covered"
