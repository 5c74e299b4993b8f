"""Numbers that are no amounts: ages, years of retirement, stays, days, first-pay shares."""

import pytest

from .conftest import Read


def fact(read: Read, text: str, name: str) -> object:
    found = read(text).facts
    return found[name].value if name in found else None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("我今年68岁，退休职工", 68),
        ("我68周岁", 68),
        ("我妈六十八岁", 68),
        ("我爸今年82，退休职工", 82),
        ("老伴81了，门诊花了300", 81),
        ("患者57，在职，门诊花了300", 57),
        ("退休，73，三级医院门诊花了300", 73),
        ("我媽今年六十八歲", 68),
        ("岁数是79，门诊花了300", 79),
        ("退休73上海职工", 73),
        ("孩子5岁，少儿医保", 5),
        ("I am 68 years old", 68),
        ("my mother is 68, retired", 68),
        ("a 68-year-old retiree", 68),
        ("patient, aged 57, employed", 57),
    ],
)
def test_an_age_is_read_behind_a_person_or_with_its_unit(
    reading: Read, text: str, age: int
) -> None:
    assert fact(reading, text, "age") == age
    assert "82" not in {one.words for one in reading(text).amounts}


@pytest.mark.parametrize(
    "text",
    [
        "我妈花了82元",
        "她开了82片药",
        "血糖82，门诊花了300",
        "体重68，门诊花了300",
        "门诊花了82",
        "住院68天，花了3万",
        "报销比例82%",
        "三级医院，2级护理",
        "I paid 68 yuan",
        "my mother paid 68 yuan",
    ],
)
def test_another_number_is_no_age(reading: Read, text: str) -> None:
    assert fact(reading, text, "age") is None


@pytest.mark.parametrize(
    "text", ["血糖8.2，门诊花了300", "体重68，门诊花了300", "BMI 31，门诊花了300"]
)
def test_a_measure_is_no_amount(reading: Read, text: str) -> None:
    assert [f"{one.amount:f}" for one in reading(text).amounts] == ["300.00"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2003年退休", 2003),
        ("我是2003年3月退休的", 2003),
        ("03年退的休，三级医院", 2003),
        ("97年退休", 1997),
        ("1998年底退休", 1998),
        ("2003年退休，在上海", 2003),
        ("2003年退下來的", 2003),
        ("retired in 2003", 2003),
        ("I have been retired since 1998", 1998),
    ],
)
def test_a_year_of_retirement_is_read(reading: Read, text: str, year: int) -> None:
    assert fact(reading, text, "retired_year") == year
    assert not reading(text).amounts


@pytest.mark.parametrize(
    "text", ["2003年住院花了3万", "退休了20年", "2099年退休", "1903年退休", "born in 1998"]
)
def test_another_year_is_no_year_of_retirement(reading: Read, text: str) -> None:
    assert fact(reading, text, "retired_year") is None


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("今年第二次住院，花了2万", 1),
        ("今年第3次住院花了2万", 2),
        ("今年头一回住院，花了2万", 0),
        ("首次住院花了2万", 0),
        ("今年住过两次了，这次又住院花了2万", 2),
        ("今年住过一次院，这次住院花了2万", 1),
        ("今年第二次住院花了20000元", 1),
        ("my second hospital stay this year, bill 20000", 1),
        ("first admission this year, bill 20000", 0),
    ],
)
def test_earlier_stays_of_the_year_are_counted(reading: Read, text: str, before: int) -> None:
    assert fact(reading, text, "admissions") == before


@pytest.mark.parametrize("text", ["住院花了2万", "第二次看门诊", "住了三天院", "第二天出院"])
def test_what_counts_no_stays_says_nothing_of_them(reading: Read, text: str) -> None:
    assert fact(reading, text, "admissions") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年3月5日门诊花了300", "2026-03-05"),
        ("2026-03-05门诊花了300", "2026-03-05"),
        ("昨天门诊花了300", "2026-11-24"),
        ("今天門診花了300", "2026-11-25"),
        ("3月5号门诊花了300", "2026-03-05"),
        ("yesterday's outpatient bill was 300", "2026-11-24"),
    ],
)
def test_a_day_is_read_exactly(reading: Read, text: str, day: str) -> None:
    assert fact(reading, text, "day") == day
    assert reading(text).vague_days == ()


@pytest.mark.parametrize("text", ["上个月门诊花了300", "前年门诊花了300", "last month I paid 300"])
def test_a_time_without_a_day_gives_no_day(reading: Read, text: str) -> None:
    assert fact(reading, text, "day") is None
    assert reading(text).vague_days


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("乙类药300，先行自付15%", "0.15"),
        ("乙类药300，自付比例15%", "0.15"),
        ("乙类药300，先自付百分之十五", "0.15"),
        ("乙类药300，自理15%", "0.15"),
        ("乙類藥300，先付15%", "0.15"),
        ("乙类300 要先自付一成五", "0.15"),
        ("class B 300 yuan, 15% first-pay", "0.15"),
        ("class B 300 yuan, 15% paid first", "0.15"),
        ("class B 300 yuan, 15% to be paid first", "0.15"),
    ],
)
def test_a_first_pay_share_is_read(reading: Read, text: str, share: str) -> None:
    assert str(reading(text).first_pay_share) == share


@pytest.mark.parametrize("text", ["报销比例85%", "报85%", "血氧95%", "the fund pays 85%"])
def test_another_share_is_no_first_pay_share(reading: Read, text: str) -> None:
    assert reading(text).first_pay_share is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("立普妥45元一盒，买了4盒，能报多少", "180.00"),
        ("45块一盒，配了四盒", "180.00"),
        ("每盒45元，一共4盒", "180.00"),
        ("45 yuan a box, 4盒", "180.00"),
    ],
)
def test_a_price_and_packs_make_the_whole(reading: Read, text: str, total: str) -> None:
    assert str(reading(text).amount("total")) == total


@pytest.mark.parametrize("text", ["45元一盒", "45元一盒，总共180元", "45元一盒，4盒，另外2瓶"])
def test_a_price_without_one_number_of_packs_is_not_multiplied(reading: Read, text: str) -> None:
    assert "×" not in " ".join(one.words for one in reading(text).amounts)


@pytest.mark.parametrize(
    "said",
    [
        "低密度3.1，三级医院门诊用依折麦布，医保付吗",
        "UACR 210，eGFR 55，用达格列净，二级医院门诊符合支付范围吗",
        "氨氯地平 蛋白尿180 是否可付",
    ],
)
def test_a_test_result_beside_a_medicine_is_no_bill(reading: Read, said: str) -> None:
    assert not [one for one in reading(said).amounts if one.role is not None]
