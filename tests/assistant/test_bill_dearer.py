"""Why a bill became dearer: each cause in words, what differs line by line, what was said of it."""

import pytest

from askdoc.bootstrap import House

from .talking import last

SHANGHAI = "上海职保在职，账户里没钱，全是甲类，三甲门诊。"


def told(house: House, said: str) -> str:
    return last(house, said).text


def test_a_cause_says_both_places_and_the_points_between_them(house: House) -> None:
    said = told(
        house,
        "上海职保在职，起付线满了，账户0，全甲，上回街道社区门诊800付160，这回三甲门诊800付240，咋贵了",
    )
    assert "社区卫生服务中心 → 三级医院）：多付 80.00元" in said
    assert "上一张 80%，这一张 70%（低了 10 个百分点）" in said


def test_a_new_insurance_year_says_when_it_began(house: House) -> None:
    said = told(
        house,
        SHANGHAI + "6月11日900块付了270，起付线用满了；7月3日又是900块付了620，起付线没用过，为啥",
    )
    assert "2026-07-01 起是新的一年）：多付 350.00元" in said
    assert "起付线内自付：上一张 0.00元，这一张 500.00元" in said
    assert "没有说到哪一天" not in said


def test_what_was_billed_is_one_cause(house: House) -> None:
    said = told(
        house,
        "我爸68上海居保，二级门诊，起付线用完了，上次500全甲类付200，这次500里面有200自费付320，咋贵",
    )
    assert said.count("· 因为") == 1
    assert "目录外或支付范围外（全自费）：上一张 0.00元，这一张 200.00元" in said


def test_another_first_pay_share_is_set_side_by_side_and_no_leftover(house: House) -> None:
    said = told(
        house,
        "杭州职保在职没签约，三甲门诊，起付线用完，上次乙类500先自付5%，这次乙类500先自付20%，为什么贵了",
    )
    assert "上一张 5%，这一张 20%" in said
    assert "没有用到" not in said


@pytest.mark.parametrize(("paid", "is_told"), [("240", False), ("300", True)])
def test_a_payment_that_the_rules_do_not_give_is_named(
    house: House, paid: str, is_told: bool
) -> None:
    said = told(
        house,
        f"{SHANGHAI}起付线满了，上个月一张400付了120，这个月一张800付了{paid}，怎么贵了",
    )
    assert (f"您说付了 {paid}.00元，按您说的情况算出来是 240.00元" in said) is is_told
