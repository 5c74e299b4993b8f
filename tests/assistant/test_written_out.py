"""Run-on speech, short forms and dialect are read as what they would be when written out."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.two_bills import two_bills
from askdoc.bootstrap import House

from .talking import last

Read = Callable[[str], Reading]


def amounts(reading: Reading) -> dict[str | None, Decimal]:
    return {one.role: one.amount for one in reading.amounts}


@pytest.mark.parametrize(
    ("said", "role", "amount"),
    [
        ("门诊总共900 乙500", "class_b", 500),
        ("住院总共1w2 乙3k", "class_b", 3000),
        ("三甲门诊总共900 甲400 乙500", "class_a", 400),
        ("住院 丙1200 总共8000", "off_catalogue", 1200),
        ("总共4w 自费6k", "off_catalogue", 6000),
        ("700全乙", "class_b", 700),
    ],
)
def test_a_class_is_read_without_its_second_letter(
    reading: Read, said: str, role: str, amount: int
) -> None:
    assert amounts(reading(said))[role] == amount


def test_a_grade_of_hospital_is_no_class(reading: Read) -> None:
    assert amounts(reading("三甲1350")).keys() == {"total"}
    assert "class_a" not in amounts(reading("去市二甲1350看的"))


def test_a_number_taken_back_in_the_same_breath_is_left_out(reading: Read) -> None:
    for said in (
        "门诊一共1500，哦不对，是1700",
        "门诊花了一千五哦不对是一千七",
        "一共1500 说错了 1700",
    ):
        assert [one.amount for one in reading(said).amounts] == [1700]


def test_not_this_but_that_keeps_the_first(reading: Read) -> None:
    assert [one.amount for one in reading("是650不是560").amounts] == [650]


def test_speech_without_signs_is_parted_where_a_new_matter_begins(reading: Read) -> None:
    found = amounts(
        reading("我在杭州上班医保是职工的起付线满了门诊七百块里面两百是自费的其他都是甲类要付多少")
    )
    assert found["off_catalogue"] == 200
    assert found["deductible_left"] == 0
    assert 700 in [one for role, one in found.items() if role in (None, "total")]


def test_the_rest_of_a_bill_may_be_class_b(reading: Read) -> None:
    found = amounts(reading("住院总共9000，甲类5000，剩下的都是乙类，先付10%"))
    assert found["class_b"] == 4000


def test_a_share_beside_class_b_is_paid_first(reading: Read) -> None:
    for said in ("门诊900 乙300@20%", "门诊900，乙类300(20%)"):
        assert reading(said).first_pay_share == Decimal("0.2")


def test_what_was_paid_stands_apart_from_the_bill(reading: Read) -> None:
    found = amounts(reading("上次门诊500付120"))
    assert (found["total"], found["person_paid"]) == (500, 120)


def test_what_was_paid_is_the_bill_where_it_is_asked_what_remains(reading: Read) -> None:
    asked = reading("门诊付了1500，乙类药500先付10%，我要付多少")
    assert amounts(asked)["total"] == 1500
    told = reading("自费500，付了1500，为什么这么贵")
    assert amounts(told)["person_paid"] == 1500


@pytest.mark.parametrize(
    "said",
    [
        "头一次门诊400付100 第二次400付120 为什么贵",
        "上趟门诊四百块付一百这趟四百块付一百廿",
        "社区300付60 三甲300付90 怎么贵",
        "6月25日400付100，7月10日400付400",
        "On 5 June the bill was 400 and I paid 100; on 9 July it was 400 and I paid 400",
    ],
)
def test_two_bills_are_told_apart(reading: Read, said: str) -> None:
    assert two_bills(reading(said).text) is not None


def test_a_first_stay_is_no_first_bill(reading: Read) -> None:
    assert two_bills(reading("今年头一回住院，一共一万块，要付多少").text) is None


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("起付线满，账户空", ("deductible_left", "account_current")),
        ("deductible already used, account empty", ("deductible_left", "account_current")),
        ("I've already used up the deductible", ("deductible_left",)),
        ("起付线没满", ()),
    ],
)
def test_the_state_of_the_year_is_read_in_few_words(
    reading: Read, said: str, state: tuple[str, ...]
) -> None:
    found = amounts(reading(f"门诊500，{said}"))
    assert {role for role in found if role != "total"} == set(state)
    assert all(found[role] == 0 for role in state)


def test_a_label_and_its_value_are_read_as_one(reading: Read) -> None:
    found = amounts(reading("总费用：1300；乙类：300（先付10%）；自费：90；起付线：已满"))
    assert found["total"] == 1300
    assert (found["class_b"], found["off_catalogue"], found["deductible_left"]) == (300, 90, 0)


def test_a_full_width_comma_parts_two_amounts(reading: Read) -> None:
    found = amounts(reading("门诊花了2300，200块是自费"))
    assert (found["total"], found["off_catalogue"]) == (2300, 200)


def test_a_share_behind_at_needs_no_sign(house: House) -> None:
    said = "上海职工 三级 住院 4万8 乙6000@10 丙1000 余甲 退休74岁 06年退 自己付多少"
    told = last(house, said)
    assert told.figures["first_pay"] == "600.00"
    assert "没有用上" not in told.text


def test_a_limit_is_a_ceiling_and_no_bill(house: House) -> None:
    said = "深圳一档在职，三级门诊，今年统筹已经付了8800，限额9000，这次1100甲类，自己付多少"
    assert last(house, said).figures["total"] == "1100.00"


def test_a_year_of_retirement_is_no_unread_amount(house: House) -> None:
    said = (
        "I'm retired in Shanghai, 67, retired 2017. Tertiary inpatient, 38,000 in all, 4,000 "
        "off-catalogue, the rest class A. What do I pay?"
    )
    assert "2017." not in last(house, said).text.replace("retired in 2017", "")
