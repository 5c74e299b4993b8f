"""An alternative that was only thought of counts for nothing, and is named."""

import pytest

from askdoc.bootstrap import House

from .conftest import Read
from .talking import BILL, facts, last


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("三级花了640，住院只是问问，还是门诊那个", "setting", "outpatient"),
        ("三级门诊花了640，住院的不算", "setting", "outpatient"),
        ("三级花了640，本来说住院，后来看的门诊", "setting", "outpatient"),
        ("门诊花了640，三级只是打个比方，还是按二级", "tier", "secondary"),
        ("门诊花了640，三甲随口问问而已，实际在二级看的", "tier", "secondary"),
        ("门诊花了640，三级就不去了，就在社区", "tier", "primary"),
        ("门诊花了640，原来想去三甲，最后在二甲看的", "tier", "secondary"),
        ("bill 640, the inpatient was just a question, it is outpatient", "setting", "outpatient"),
        ("forget the tertiary, it is a secondary hospital, bill 640", "tier", "secondary"),
    ],
)
def test_what_is_taken_back_leaves_the_other(
    reading: Read, text: str, name: str, value: str
) -> None:
    found = reading(text)
    assert found.facts[name].value == value
    assert found.conflicts == {}
    assert found.denied


@pytest.mark.parametrize("text", ["三级花了640，去二级看看能省多少", "门诊和住院都问问，花了640"])
def test_what_is_asked_for_stays(reading: Read, text: str) -> None:
    assert reading(text).conflicts


def test_a_supposition_that_is_taken_back_gives_the_bill_as_it_was(house: House) -> None:
    asked = last(house, BILL)
    back = last(house, BILL, "要是二级呢", "二级我随便问问的，还是三级那个")
    assert (back.figures, facts(back)) == (asked.figures, facts(asked))
