"""A rule of care away with the figures that were asked for, as the sum would take them."""

import pytest

from askdoc.bootstrap import House
from askdoc.policy import Value

from .talking import last


def shares(values: tuple[Value, ...]) -> list[str]:
    return [f"{one.content:.2f}" for one in values if one.parameter.endswith("share")]


@pytest.mark.parametrize(
    "said",
    [
        "我2008年在上海退休，搬去成都住了，长期异地备案办好了，成都三级医院住院起付线和报销比例各多少",
        "上海2008年退休职工，备案长期住在大连，要在大连的三级医院住院，门槛费多少，报几成",
        "上海職工，2008年退休，長期異地備案在廈門，廈門三級醫院住院起付線多少，報百分之幾",
        "Shanghai employee, retired in 2008, filed long-term in Kunming; a stay in a tertiary"
        " hospital in Kunming. What are the deductible and the reimbursement share?",
    ],
)
def test_long_term_filing_is_told_with_the_figures_of_home(house: House, said: str) -> None:
    found = last(house, said)
    assert shares(found.values) == ["0.92"]
    assert any(one.parameter.endswith("inpatient.deductible") for one in found.values)


def test_what_a_filing_takes_off_is_taken_off(house: House) -> None:
    asked = "深圳职工一档在职，{}三级医院住院，起付线和报销比例是多少"
    home = last(house, asked.format(""))
    away = last(house, asked.format("临时异地备案去广州的"))
    assert shares(home.values) == ["0.90"]
    assert shares(away.values) == ["0.70"]


def test_at_home_nothing_is_taken_off(house: House) -> None:
    found = last(house, "上海职工，2008年退休，上海三级医院住院报销比例多少，起付线多少")
    assert shares(found.values) == ["0.92"]
    assert not any("备案" in line for line in found.lines)
