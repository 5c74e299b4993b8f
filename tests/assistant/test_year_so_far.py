"""What was said of the year so far: deductible, account, fund, ceiling; and what only sounds so."""

import pytest

from .conftest import Read
from .talking import amounts_said

# Roles that count over the year, not for one bill.
OF_THE_YEAR = (
    *("deductible_used", "deductible_left", "deductible_full"),
    *("account_current", "fund_paid", "ceiling_full", "in_scope_self_pay"),
)


def year(read: Read, text: str) -> dict[str, str]:
    """The roles of the year with their amounts."""
    return amounts_said(read(text), OF_THE_YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "门诊花了830，起付线已经用完了",
        "门诊花了830，起付线早就用完啦",
        "门诊花了830元 起付线用完了",
        "门诊花了830起付线用完了",
        "起付线用满了 门诊花了830",
        "门槛费交完了，门诊花了830",
        "起付线，今年已经用完了，门诊花了830",
        "起付標準已經用完，門診花了830",
        "門檻費早就付清了，门诊花了830，门槛费全付完了",
        "The deductible is used up, outpatient bill 830",
        "outpatient bill of 830, my deductible has been met",
    ],
)
def test_a_deductible_that_is_used_up_leaves_nothing(reading: Read, text: str) -> None:
    assert year(reading, text) == {"deductible_left": "0"}
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    "text",
    [
        "门诊花了830，起付线一分没用",
        "门诊花了830块起付线还没用",
        "起付线还没用过，门诊花了830",
        "起付线今年一点都没用，门诊花了830",
        "今年起付线尚未使用，门诊花了830，起付线没有用",
        "起付線還沒有用，門診花了830",
        "my deductible hasn't been touched, outpatient bill 830",
        "I haven't used any of the deductible; the deductible is unused, outpatient bill 830",
    ],
)
def test_an_untouched_deductible_has_nothing_used(reading: Read, text: str) -> None:
    assert year(reading, text) == {"deductible_used": "0"}
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("起付线已经用了260，门诊花了830", {"deductible_used": "260"}),
        ("起付线用掉260块，门诊花了830", {"deductible_used": "260"}),
        ("起付线用了二百六，门诊花了830", {"deductible_used": "260"}),
        ("起付標準已付260元，門診花了830", {"deductible_used": "260"}),
        ("门槛费已经扣了260元 门诊花了830", {"deductible_used": "260"}),
        ("260 of my deductible is used, outpatient bill 830", {"deductible_used": "260"}),
        ("deductible used so far 260, outpatient bill 830", {"deductible_used": "260"}),
        ("起付线还差140，门诊花了830", {"deductible_left": "140"}),
        ("起付线还剩140元没用，门诊花了830", {"deductible_left": "140"}),
        ("起付线，还差140，门诊花了830", {"deductible_left": "140"}),
        ("起付線還剩140，門診花了830", {"deductible_left": "140"}),
        ("140 yuan left of the deductible, outpatient bill 830", {"deductible_left": "140"}),
        (
            "起付线是400，已经用了260，门诊花了830",
            {"deductible_full": "400", "deductible_used": "260"},
        ),
        (
            "起付线400，还剩140，门诊花了830",
            {"deductible_full": "400", "deductible_left": "140"},
        ),
        ("起付线400还剩140，门诊花了830", {"deductible_full": "400", "deductible_left": "140"}),
        ("起付线400已经用了260门诊花了830", {"deductible_full": "400", "deductible_used": "260"}),
        ("400块起付线已经用完了，门诊花了830", {"deductible_used": "400"}),
        ("起付线400，门诊花了830", {"deductible_full": "400"}),
    ],
)
def test_a_part_of_the_deductible_keeps_its_amount(
    reading: Read, text: str, expected: dict[str, str]
) -> None:
    assert year(reading, text) == expected
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("当年账户没钱了，门诊花了830", "0"),
        ("医保卡里已经没钱了，门诊花了830", "0"),
        ("个人账户余额是0，门诊花了830", "0"),
        ("卡上的钱用完了，门诊花了830", "0"),
        ("帳戶已經空了，門診花了830", "0"),
        ("my personal account is empty, outpatient bill 830", "0"),
        ("no money left in my personal account, outpatient bill 830", "0"),
        ("账户余额75块，门诊花了830", "75"),
        ("医保卡里还剩75.5元，门诊花了830", "75.5"),
        ("卡里还有七十五块 门诊花了830", "75"),
        ("當年個人帳戶還剩75元，門診花了830", "75"),
        ("my personal account has 75 yuan, outpatient bill 830", "75"),
    ],
)
def test_the_account_of_this_year_has_its_balance(reading: Read, text: str, expected: str) -> None:
    assert year(reading, text) == {"account_current": expected}
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年医保已经报了6200，门诊花了830", {"fund_paid": "6200"}),
        ("今年统筹基金一共付了6200元，门诊花了830", {"fund_paid": "6200"}),
        ("本年度统筹已支付6200，门诊花了830", {"fund_paid": "6200"}),
        ("今年醫保已經報銷了6200元，門診花了830", {"fund_paid": "6200"}),
        ("the fund has paid 6200 so far this year, outpatient bill 830", {"fund_paid": "6200"}),
        ("今年医保还没报过，门诊花了830", {"fund_paid": "0"}),
        ("封顶线是2万，门诊花了830", {"ceiling_full": "20000"}),
        (
            "一年额度2万已经用了1.9万，门诊花了830",
            {"ceiling_full": "20000", "fund_paid": "19000"},
        ),
    ],
)
def test_what_the_fund_has_paid_counts_against_the_year(
    reading: Read, text: str, expected: dict[str, str]
) -> None:
    assert year(reading, text) == expected
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    "text",
    [
        "起付线是多少，门诊花了830",
        "起付线还剩多少，门诊花了830",
        "起付线用完了吗，门诊花了830",
        "起付线怎么算，门诊花了830",
        "账户里还有多少钱，门诊花了830",
        "账户没钱了怎么办，门诊花了830",
        "封顶线是多少，门诊花了830",
        "今年基金付了多少，门诊花了830",
        "历年账户还有75，门诊花了830",
        "what is the deductible, outpatient bill 830",
        "how much is left in my account, outpatient bill 830",
    ],
)
def test_what_is_only_asked_about_or_of_past_years_says_nothing_of_this_year(
    reading: Read, text: str
) -> None:
    assert year(reading, text) == {}


def test_what_the_fund_paid_this_time_is_no_sum_of_the_year(reading: Read) -> None:
    assert "fund_paid" not in year(reading, "门诊花了830，医保报了500")


def test_several_things_said_of_the_year_are_kept_apart(reading: Read) -> None:
    text = "上海在职，三级医院门诊花了830，起付线用完了，账户还有75，今年基金已经付了6200"
    assert year(reading, text) == {
        "deductible_left": "0",
        "account_current": "75",
        "fund_paid": "6200",
    }
    assert str(reading(text).amount("total")) == "830.00"


def test_what_was_said_of_the_year_asks_for_no_rule(reading: Read) -> None:
    found = reading("起付线用完了，三级医院门诊花了830，能报多少")
    assert "value" not in found.asks
    assert found.figures == ()


def test_an_approximate_balance_stays_approximate(reading: Read) -> None:
    found = reading("账户还有大概75块，门诊花了830")
    assert [one.approximate for one in found.amounts if one.role == "account_current"] == [True]


def test_the_account_of_past_years_is_kept_apart(reading: Read) -> None:
    amounts = {one.role: str(one.amount) for one in reading("历年账户还有75，门诊花了830").amounts}
    assert amounts == {"account_past": "75.00", "total": "830.00"}


@pytest.mark.parametrize(
    "told",
    [
        "起付线500这个医保年度已经用了三百四",
        "起付线500目前用了340",
        "起付线500 今年用脱340",
        "起付线是500，这一年里到现在用了340",
        "500的起付线我用掉了340",
        "500块起付线今年已经扣掉340块",
        "起付线500元本年度累计已付340元",
        "起付线500里头用了340",
        "起付线500，其中340已经用了",
        "起付线500当中已经走掉340",
        "起付線500本年度我用咗340",
        "a deductible of 500 of which 340 is used",
        "the deductible is 500 and so far this year I have used 340",
        "340 of this year's 500 deductible used so far",
        "I've used 340 out of the 500 deductible",
    ],
)
@pytest.mark.parametrize("bill", ["门诊花了830，全甲类，{}", "{}，这次门诊830，全甲类"])
def test_what_is_used_of_a_deductible_is_not_its_height(
    reading: Read, told: str, bill: str
) -> None:
    text = bill.format(told)
    assert year(reading, text) == {"deductible_full": "500", "deductible_used": "340"}
    assert str(reading(text).amount("total")) == "830.00"


@pytest.mark.parametrize(
    "text",
    ["起付线500这次看病花了830", "起付线500 今天配药付了830", "起付线500，看门诊一共花了830"],
)
def test_a_bill_behind_the_height_of_a_deductible_uses_none_of_it(reading: Read, text: str) -> None:
    assert year(reading, text) == {"deductible_full": "500"}
