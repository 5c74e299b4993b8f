"""What is told of the year's ceiling and of what the fund has paid already."""

from decimal import Decimal

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import last

VISIT = "深圳职工一档在职，三级医院门诊800全甲类，{}，自己付多少"


@pytest.mark.parametrize(
    "state",
    [
        "今年的限额还远远没用完",
        "年度限额离用完还早着呢",
        "今年限额还有好多",
        "离封顶线还差得远",
        "年度額度離得仲遠",
        "今年的额度够用",
    ],
)
def test_a_ceiling_that_is_far_off_leaves_nothing_open(house: House, state: str) -> None:
    found = last(house, VISIT.format(state))
    assert (found.outcome, found.figures["fund_pays"]) == ("covered", "440.00")
    assert any("按您说的" in line for line in found.lines)


@pytest.mark.parametrize(
    "state",
    ["今年限额快到了", "今年限额用完了没有我不知道", "限额还剩多少不清楚", "要是今年限额没用完"],
)
def test_a_ceiling_that_may_be_near_stays_open(reading: Read, state: str) -> None:
    assert "below_ceiling" not in [one.role for one in reading(VISIT.format(state)).amounts]


def test_english_says_it_too(house: House) -> None:
    found = last(
        house,
        "Shenzhen employee insurance, first grade, still working, tertiary outpatient bill 800, "
        "all class A, well below the yearly limit. What do I pay?",
    )
    assert (found.outcome, found.figures["fund_pays"]) == ("covered", "440.00")


@pytest.mark.parametrize(
    ("state", "paid"),
    [
        ("今年门诊限额9000，已经报掉8800", 8800),
        ("今年门诊限额9000 已报8800", 8800),
        ("年度限额9000还剩200", 8800),
        ("今年限额9000，目前用了8800", 8800),
    ],
)
def test_what_is_paid_or_left_of_a_ceiling(reading: Read, state: str, paid: int) -> None:
    found = reading(VISIT.format(state))
    assert found.amount("ceiling_full") == 9000
    assert found.amount("fund_paid") == paid


@pytest.mark.parametrize(
    "said",
    [
        "上海在职三级住院 统筹已付52万3 此次6万 全甲类 自己付多少",
        "上海职工在职，基金累计付了523000，这次三级医院住院6万，全甲类，自己付多少",
        "上海在职，今年统筹已经报了52万3，本次住院总费用6万，三级，全甲类，自付多少",
    ],
)
def test_what_the_fund_paid_before_this_bill_counts_over_the_year(reading: Read, said: str) -> None:
    found = reading(said)
    assert found.amount("fund_paid") == Decimal(523000)
    assert found.amount("total") == Decimal(60000)


def test_what_the_fund_paid_of_this_very_bill_does_not(reading: Read) -> None:
    assert reading("这次住院花了6万，统筹已付4万，我付了2万，对吗").amount("fund_paid") is None


def test_a_used_up_deductible_makes_a_contract_no_matter(house: House) -> None:
    said = "杭州职工在职，三级医院门诊1500全甲类，今年起付线已经用完了，自己付多少"
    found = last(house, said)
    assert (found.kind, found.outcome) == ("answer", "covered")
    assert found.figures["deductible"] == "0.00"


def test_the_persons_word_on_the_deductible_of_stays_goes_first(house: House) -> None:
    found = last(house, "上海在职，三级医院住院3万全甲类，今年住院起付线已经用完，自己付多少")
    assert found.figures["deductible"] == "0.00"
    assert found.range is not None
    assert found.range.person_pays[1] > Decimal(found.figures["person_pays"])


@pytest.mark.parametrize(
    "said",
    [
        "上海在职，三级医院住院3万全甲类，今年门诊起付线已经用完，自己付多少",
        "青岛职工在职，三级医院住院3万全甲类，今年第二次住院，住院起付线已经用完，自己付多少",
    ],
)
def test_a_stay_keeps_a_deductible_that_is_known_to_be_its_own(house: House, said: str) -> None:
    assert Decimal(last(house, said).figures["deductible"]) > 0
