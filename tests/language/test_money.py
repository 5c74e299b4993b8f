"""Amounts that come out of free text, and all the numbers that must not."""

from decimal import Decimal

import pytest

from askdoc.language import Money, find_money, find_refused_money, normalise


def amounts(text: str) -> list[str]:
    return [str(money.amount) for money in find_money(text)]


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("1200元", "1200.00"),
        ("1200块", "1200.00"),
        ("1200块钱", "1200.00"),
        ("1200块5", "1200.50"),
        ("三毛五", "0.35"),
        ("3角", "0.30"),
        ("五毛钱", "0.50"),
        ("12块3毛5", "12.35"),
        ("12元5角6分", "12.56"),
        ("十二块五", "12.50"),
        ("一块五", "1.50"),
        ("一块钱", "1.00"),
        ("￥1200", "1200.00"),
        ("¥1,200.50", "1200.50"),
        ("人民币八万元", "80000.00"),
        ("1200 yuan", "1200.00"),
        ("RMB 1200", "1200.00"),
        ("cny1200.5", "1200.50"),
        ("1.2万元", "12000.00"),
        ("8万6块", "86000.00"),
        ("一万二千三百四十五块六毛七分", "12345.67"),
        ("壹万贰仟叁佰元整", "12300.00"),
        ("三萬塊", "30000.00"),
        ("1，200元", "1200.00"),
        ("12，000元", "12000.00"),
        ("1.005元", "1.01"),
        ("0元", "0.00"),
    ],
)
def test_an_amount_with_its_unit_is_read_whole(said: str, amount: str) -> None:
    text = f"药费{said},谢谢"
    (money,) = find_money(text)
    assert (str(money.amount), text[slice(*money.span)]) == (amount, said)
    assert money.unit_said
    assert not money.approximate


@pytest.mark.parametrize(
    ("said", "amount"),
    [("8万6", "86000.00"), ("一千二", "1200.00"), ("86000", "86000.00"), ("十五", "15.00"),
     ("1,200", "1200.00"), ("花了1200报多少", "1200.00"), ("1200个人负担多少", "1200.00"),
     ("1200多少能报", "1200.00"), ("花了2000", "2000.00")],
)  # fmt: skip
def test_a_bare_number_is_money_whose_unit_was_not_said(said: str, amount: str) -> None:
    (money,) = find_money(said)
    assert str(money.amount) == amount
    assert not money.unit_said


@pytest.mark.parametrize(
    "text",
    [
        "80%", "20mg", "30片", "14天", "3次", "70岁", "2026年", "11月25日", "2026-11-25",
        "1200 mg", "13800138000", "021-62345678", "310101195001011234", "31010119500101123X",
        "20 tablets", "XA10BAE060A001010100483", "国药准字H20023370", "三级", "一档", "二甲双胍",
        "百令胶囊", "万艾可", "千金片", "十五味", "三九胃泰", "双氯芬酸", "一下", "一个", "一共",
        "统一", "一块去", "两块膏药", "十二指肠", "二型糖尿病", "2型糖尿病", "13价疫苗", "第3",
        "血压140/90", "8:30", "B12", "IL-17", "我妈70了", "我今年72", "百分之七十", "八成",
        "一半", "三分之一", "十几天", "5个月", "999感冒灵", "打120", "三角形", "1. 高血压",
        "每次1-2片", "下周三", "十一月二十五号", "November 25, 2026", "万一", "千万别", "5000年",
        "1.2.3", "十", "三", "",
    ],
)  # fmt: skip
def test_a_number_that_counts_something_else_is_no_money(text: str) -> None:
    assert find_money(text) == []
    assert find_refused_money(text) == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("三百来块", "vague"),
        ("十几块", "vague"),
        ("几百块", "vague"),
        ("一两百块", "vague"),
        ("8万多元", "vague"),
        ("1200多", "vague"),
        ("500-600元", "range"),
        ("500到600", "range"),
        ("-5元", "negative"),
        ("负500元", "negative"),
        ("-3毛", "negative"),
        ("12,00", "unclear_number"),
        ("1.2.3元", "unclear_number"),
        ("8万06", "unclear_number"),
        ("12块35", "unclear_number"),
        ("12块05", "unclear_number"),
        ("1 200元", "unclear_number"),
        ("200，400元", "ambiguous"),
        ("2026", "ambiguous"),
    ],
)
def test_what_looks_like_money_and_is_unclear_is_named(said: str, reason: str) -> None:
    assert find_money(said) == []
    (refused,) = find_refused_money(said)
    assert (refused.text, refused.reason, refused.span) == (said, reason, (0, len(said)))


@pytest.mark.parametrize("text", ["1200美元", "$1200", "100 USD", "500港币", "1200日元"])
def test_other_currencies_are_never_yuan(text: str) -> None:
    assert find_money(text) == []
    assert [refused.reason for refused in find_refused_money(text)] == ["other_currency"]


@pytest.mark.parametrize(
    "text", ["大概1200元", "约1200元", "1200元左右", "不到1200", "about 1200 yuan"]
)
def test_an_amount_that_is_only_roughly_meant_says_so(text: str) -> None:
    (money,) = find_money(text)
    assert money.amount == 1200
    assert money.approximate


def test_a_digit_that_may_begin_another_word_is_not_taken_for_change() -> None:
    assert find_money("30块三九感冒灵") == []
    assert [refused.text for refused in find_refused_money("30块三九感冒灵")] == ["30块三"]


@pytest.mark.parametrize(
    "name", ["重组人白介素-11", "ω-3鱼油", "十一酸睾酮", "妈妈今年78", "2025版目录", "60后"]
)
def test_names_ages_and_editions_hold_no_amount(name: str) -> None:
    assert find_money(name) == []
    assert find_refused_money(name) == []


def test_an_appointment_makes_no_amount_approximate() -> None:
    assert not find_money("预约1200元的检查")[0].approximate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三级医院门诊花了1200元，其中乙类药400元，目录外100元，起付线已经用了320元",
         ["1200.00", "400.00", "100.00", "320.00"]),
        ("上回配药付了38，今天怎么要92", ["38.00", "92.00"]),
        ("总费用1200，400是乙类", ["1200.00", "400.00"]),
        ("周三200元", ["200.00"]),
        ("下周三一百元", ["100.00"]),
        ("5月1号花了300", ["300.00"]),
        ("Nov 25 2000 yuan", ["2000.00"]),
        ("1200元5盒", ["1200.00"]),
        ("12块5一盒", ["12.50"]),
        ("100块一共", ["100.00"]),
        ("200块三盒", ["200.00"]),
        ("收拾100块", ["100.00"]),
        ("统一200元", ["200.00"]),
        ("两块五一片", ["2.50"]),
        ("12块5到13块", ["12.50", "13.00"]),
        ("两块五能报吗", ["2.50"]),
        ("1200元三甲医院", ["1200.00"]),
        ("一千块五百二", ["1000.00", "520.00"]),
        ("今年1200", ["1200.00"]),
        ("My mother is 72 and paid 3000", ["3000.00"]),
        ("300块40元自付", ["300.00", "40.00"]),
        ("二甲双胍20mg 30片,付了45.6元", ["45.60"]),
    ],
)  # fmt: skip
def test_amounts_are_told_apart_from_their_neighbours(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


def test_spans_count_in_the_text_as_it_was_typed() -> None:
    text = "總費用　　１２００\u200b元"
    (money,) = find_money(normalise(text))
    assert money == Money(Decimal("1200.00"), (5, 11), unit_said=True, approximate=False)
    assert text[slice(*money.span)] == "１２００\u200b元"


@pytest.mark.parametrize(
    ("said", "amount"),
    [("1k", 1000), ("8K", 8000), ("1.5w", 15000), ("1w2", 12000), ("3k5", 3500), ("150k", 150000)],
)
def test_thousands_and_ten_thousands_in_letters_are_yuan(said: str, amount: int) -> None:
    assert [one.amount for one in find_money(said)] == [amount]


@pytest.mark.parametrize("said", ["4w后复查", "术后2w", "维生素k", "b12k"])
def test_weeks_and_names_are_no_ten_thousands(said: str) -> None:
    assert find_money(said) == []


@pytest.mark.parametrize("said", ["120已经把她接走了", "110来了", "120急救"])
def test_a_number_that_was_called_is_no_amount(said: str) -> None:
    assert find_money(said) == []
