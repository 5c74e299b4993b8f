"""A stay in hospital told in any words is no outpatient visit, and lodging is no stay."""

import pytest

from .conftest import Read


@pytest.mark.parametrize(
    "text",
    [
        "三甲留医花了7300",
        "三级医院入院治疗，花了7300",
        "被三甲收住了，账单7300",
        "在三甲住了四天，花了7300",
        "住了两天院花了7300，三级",
        "三级住咗六日院，使咗7300",
        "三级医院躺了半个月，花了7300",
        "三级医院床位住了九天，一共7300元",
        "三级，开好刀住了7晚，花了7300",
        "办了手续入了院，三级，花了7300",
        "三级医院，今天刚出咗院，使咗7300",
        "在三甲看病住了一个礼拜，花了7300",
        "a stay of four days at a tertiary hospital, bill 7300",
        "my two-night stay in a tertiary hospital cost 7300",
        "a stay of 7300 yuan in a tertiary hospital",
        "in hospital for six days, tertiary, bill 7300",
        "spent three nights in a tertiary hospital, bill 7300",
        "discharged from a tertiary hospital this morning, bill 7300",
    ],
)
def test_a_stay_is_inpatient_care(reading: Read, text: str) -> None:
    found = reading(text)
    assert found.facts["setting"].value == "inpatient"
    assert found.conflicts == {}
    assert str(found.amount("total")) == "7300.00"


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("我在上海住了九年，三级看门诊花了800", "outpatient"),
        ("在女儿家住了两天，去三级医院看门诊花了800", "outpatient"),
        ("在医院旁边的宾馆住了三天，三级门诊花了800", "outpatient"),
        ("出院以后去三级看门诊花了800", "outpatient"),
        ("住院前的三级门诊检查花了800", "outpatient"),
        ("医生没让住下来，三级急诊花了800", "emergency"),
        (
            "I stayed for three days with my son, then an outpatient visit, tertiary, 800",
            "outpatient",
        ),
    ],
)
def test_lodging_and_a_visit_beside_a_stay_are_none(reading: Read, text: str, setting: str) -> None:
    assert reading(text).facts["setting"].value == setting


@pytest.mark.parametrize("text", ["在小区住了十天，三级花了800", "这回没入院，三级花了800"])
def test_no_stay_leaves_the_kind_of_visit_open(reading: Read, text: str) -> None:
    assert "setting" not in reading(text).facts


@pytest.mark.parametrize("text", ["秋天又住了一次，三级，花了7300", "再住一回三级，花了7300"])
def test_another_stay_has_one_before_it(reading: Read, text: str) -> None:
    assert reading(text).facts["admissions"].value == 1
    assert reading(text).facts["setting"].value == "inpatient"
