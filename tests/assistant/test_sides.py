"""Several asked about in one question: each side has its own sum, and none is passed over."""

import pytest

from askdoc.assistant.answer import Answer
from askdoc.bootstrap import House

from .conftest import Ask
from .talking import last


def pays(answer: Answer) -> list[str]:
    """What is paid on each side, in order."""
    return [answer.figures[f"person_pays:{n}"] for n in range(1, len(answer.figures) + 1)]


BILL = "二级医院门诊花了930"
ACTIVE = f"上海在职职工，{BILL}，自己付多少"
ADULT = f"上海居民医保，45岁，{BILL}，自己付多少"
RETIRED = f"上海退休职工，72岁，2011年退休，{BILL}，自己付多少"
SENIOR = f"上海老年居民，{BILL}，自己付多少"
QINGDAO = f"青岛在职职工，{BILL}，自己付多少"


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        (f"我在职，我妈退休，72岁，2011年退休，都是上海职工，{BILL}，各付多少", (ACTIVE, RETIRED)),
        (
            f"我爸是退休职工，72岁，2011年退休，我妈是老年居民，都在上海，{BILL}，各付多少",
            (RETIRED, SENIOR),
        ),
        (f"上海，45岁在职，{BILL}，参加职工还是居民划算", (ACTIVE, ADULT)),
        (f"我在上海是在职职工，我弟弟在青岛是在职职工，{BILL}，各报多少", (ACTIVE, QINGDAO)),
        (
            "employee or resident, which pays less: Shanghai, aged 45 and working, "
            "secondary outpatient bill 930",
            (ACTIVE, ADULT),
        ),
    ],
)
def test_each_side_pays_what_it_would_pay_alone(
    answered: Ask, text: str, alone: tuple[str, ...]
) -> None:
    found = answered(text)
    assert found.kind == "answer"
    assert pays(found) == [answered(one).figures["person_pays"] for one in alone]
    assert found.sources


def test_a_side_that_lacks_something_is_told_so_beside_the_other(answered: Ask) -> None:
    found = answered(f"我是在职职工，我老婆是居民，都在上海，{BILL}，各付多少")
    assert found.figures["person_pays:1"] == answered(ACTIVE).figures["person_pays"]
    line = next(one for one in found.lines if one.startswith("您的爱人"))
    assert "还不知道" in line
    assert "status" in found.missing


def test_nobody_who_was_answered_is_asked_to_ask_again(house: House) -> None:
    said = f"我爸是退休职工，72岁，2011年退休，我妈是老年居民，都在上海，{BILL}，各付多少"
    text = last(house, said).text
    assert "您的父亲" in text
    assert "您的母亲" in text
    assert "另外问" not in text
    assert "问的是" not in text


@pytest.mark.parametrize(
    "text",
    [
        "本地社区和外地三甲各报多少，上海在职职工花了930",
        "上海在职职工，花930，在上海社区看和去北京三甲看各付多少",
        "上海在职职工，花930，在本地社区看还是去杭州三级看，哪个划算",
    ],
)
def test_a_tier_at_home_stands_beside_one_away(answered: Ask, text: str) -> None:
    found = answered(text)
    home = answered("上海在职职工，社区门诊花了930，自己付多少")
    away = answered("上海在职职工，在外地住，去外地三级医院看门诊花了930，自己付多少")
    assert pays(found) == [home.figures["person_pays"], away.figures["person_pays"]]


@pytest.mark.parametrize(
    "text",
    [
        "上海和杭州的三级医院门诊起付线各是多少，职工在职",
        "上海还是杭州，在职职工三级门诊花了930，各付多少",
    ],
)
def test_two_cities_without_an_insurance_each_are_asked_about(answered: Ask, text: str) -> None:
    found = answered(text)
    assert (found.kind, found.missing) == ("ask", ("region",))


@pytest.mark.parametrize(
    "text",
    [
        "社区和外地三甲门诊报销比例各多少，上海在职职工",
        "上海在职职工，本地社区和去杭州三甲看门诊，各报百分之几",
    ],
)
def test_the_share_at_home_stands_beside_the_one_away(answered: Ask, text: str) -> None:
    home, away = answered(text).lines[:2]
    assert "报 80%" in home
    assert "报 50%" in away


def test_the_shares_of_two_insured_are_both_told(house: House) -> None:
    said = "我在上海是在职职工，我弟弟在青岛是在职职工，三级门诊起付线各是多少"
    mine, his = last(house, said).lines[:2]
    assert mine.startswith("上海")
    assert "青岛" in his
    assert "起付线" in mine
    assert "起付线" in his
    assert "没有用上" not in last(house, said).text
