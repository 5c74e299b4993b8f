"""Two bills told in one breath: what the person says to have paid tells which two were meant.

The sums are worked by hand from the policy facts.
"""

import pytest

from askdoc.bootstrap import House

from .talking import last

TOLD = [
    # A part off the catalogue in one of them: 100 + (700 - 100) × 30%.
    (
        "青岛职工在职，二级医院门诊，起付线过了。上次700甲类我出210，这回还是700，里头有100不在目录里，"
        "变成280了，啥原因",
        ("210.00", "280.00"),
    ),
    # Signed later: 300 + 200 × 30% before, 500 × 30% since.
    (
        "杭州居民没签约前门诊社区500甲类自付360，签了以后同样500自付150，起付线都没动过，差210怎么来的",
        ("360.00", "150.00"),
    ),
    # Over the payment standard: 1000 × 30%, and 100 + 900 × 30%.
    (
        "上海职工在职，三级门诊起付线满账户空，上次1000全甲付300，这次1000甲类可是超了支付标准100，"
        "付了370，多付的70是什么",
        ("300.00", "370.00"),
    ),
    # Class B in one of them: 800 × 25%, and 40 + 760 × 25%.
    (
        "上海职工在职，二级医院门诊起付线满了账户没钱，上个月800全是甲类付200，这个月800里400是乙类先付一成"
        "，付了230，贵在哪",
        ("200.00", "230.00"),
    ),
    # Filed for long, and for the time without a referral (20 points less): 1500 + 18500 × 15%.
    (
        "上海职工在职去外地三甲住院两万甲类，长期备案自付4275，临时备案又没转诊自付7975，怎么差三千七",
        ("4275.00", "7975.00"),
    ),
    # Referred, and gone by oneself: 10 and 20 points less.
    (
        "上海职工在职外地三级住院2万全甲类，转诊过去的自付6125，自己去的自付7975，都办了临时备案，为啥",
        ("6125.00", "7975.00"),
    ),
    # What the fund had paid of the ceiling of 450: 40% of 200, and 200 - 50.
    (
        "青岛居民医保，50岁，在签约社区看门诊200甲类：统筹已付100时自付80，统筹已付400时自付150，为什么",
        ("80.00", "150.00"),
    ),
    (
        "Shenzhen first grade, working. 400 yuan class A cost me 100 at the community centre and"
        " 180 at a tertiary hospital. How come?",
        ("100.00", "180.00"),
    ),
    (
        "Hangzhou employee, active, no family doctor. 900 yuan class A in a tertiary outpatient"
        " clinic cost me 900 in January; in June, with the deductible already met, the same 900"
        " cost 216. Why?",
        ("900.00", "216.00"),
    ),
]


@pytest.mark.parametrize(("said", "sums"), TOLD)
def test_the_bills_are_those_that_cost_what_was_paid(
    house: House, said: str, sums: tuple[str, str]
) -> None:
    found = last(house, said)
    assert (found.figures.get("before"), found.figures.get("after")) == sums


def test_without_a_home_the_home_is_asked_for(house: House) -> None:
    asked = last(house, "一档在职，社康500元付125，三级医院500元付225，都是甲类，为什么贵了")
    assert asked.missing == ("region",)
    found = last(
        house, "一档在职，社康500元付125，三级医院500元付225，都是甲类，为什么贵了", "深圳"
    )
    assert (found.figures["before"], found.figures["after"]) == ("125.00", "225.00")


def test_a_contract_that_was_said_once_is_the_same_for_both(house: House) -> None:
    found = last(
        house,
        "杭州居民医保，45岁，没签约没转诊，起付线满了，社区看400块付120，三甲看400块付240，都是甲类，为啥贵一倍",
    )
    assert (found.figures["before"], found.figures["after"]) == ("120.00", "240.00")
    assert "签约" not in "".join(line for line in found.lines if line.startswith("·"))


def test_two_months_of_two_insurance_years_are_told_apart(house: House) -> None:
    found = last(
        house,
        "我爸66，上海退休职工，2018年退休。今年5月在三级医院门诊400全甲类，起付线当时用完了，付了100。"
        "8月还是那家还是400甲类，付了325！当年账户都没钱，为什么多这么多",
    )
    assert (found.figures["before"], found.figures["after"]) == ("100.00", "325.00")
    assert "2026-07-01" in found.text
