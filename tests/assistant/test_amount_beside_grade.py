"""A spoken amount that runs into a class of the catalogue or the grade of a hospital."""

import pytest

from .conftest import Read


@pytest.mark.parametrize(
    ("text", "amount", "tier"),
    [
        ("门诊九百六三甲", "960", "tertiary"),
        ("九百六三甲门诊", "960", "tertiary"),
        ("门诊一千三二级医院", "1300", "secondary"),
        ("门诊一千三三级医院", "1300", "tertiary"),
        ("住院一万三二甲", "13000", "secondary"),
        ("住院两千四百六一级医院", "2460", "primary"),
        ("门诊四百三级医院", "400", "tertiary"),
        ("门诊四百二甲医院", "400", "secondary"),
        ("门诊1千3二级医院", "1300", "secondary"),
        ("三甲四百二门诊", "420", "tertiary"),
        ("花了两百六一级医院门诊", "260", "primary"),
        ("一千六三乙门诊", "1600", "tertiary"),
    ],
)
def test_an_amount_ends_where_the_grade_begins(
    reading: Read, text: str, amount: str, tier: str
) -> None:
    found = reading(text)
    assert [(one.role, str(one.amount)) for one in found.amounts] == [("total", f"{amount}.00")]
    assert found.facts["tier"].value == tier
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("三级门诊一共一千，六百二甲类，三百八乙类", {"class_a": "620", "class_b": "380"}),
        ("三级门诊一共一千，六百二甲，三百八乙", {"class_a": "620", "class_b": "380"}),
        ("三级门诊一共一千，四百三乙类，其余甲类", {"class_b": "430"}),
        ("三级门诊一共一千，一百二丙类，其余甲类", {"off_catalogue": "120"}),
        ("三级门诊一千二甲类", {"class_a": "1200"}),
    ],
)
def test_the_last_digit_of_an_amount_is_no_grade(
    reading: Read, text: str, parts: dict[str, str]
) -> None:
    found = reading(text)
    roles = ("class_a", "class_b", "off_catalogue")
    assert {r: str(found.amount(r))[:-3] for r in roles if found.amount(r) is not None} == parts
    assert found.facts["tier"].value == "tertiary"
    assert found.conflicts == {}


def test_tiers_in_one_breath_behind_an_amount_are_all_meant(reading: Read) -> None:
    found = reading("门诊八百六一级、二级、三级各付多少")
    assert set(found.conflicts["tier"]) == {"primary", "secondary", "tertiary"}
    assert [str(one.amount) for one in found.amounts] == ["860.00"]
