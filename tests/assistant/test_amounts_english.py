"""Parts and wholes of a bill in the word orders of English."""

import pytest

from .conftest import Read


def parts(read: Read, text: str) -> dict[str | None, str]:
    """The amounts by their part."""
    return {one.role: f"{one.amount.normalize():f}" for one in read(text).amounts}


@pytest.mark.parametrize(
    "text",
    [
        "tertiary outpatient bill 2,400, suppose 700 of his bill is off-catalogue",
        "tertiary outpatient bill 2,400, 700 of which is off-catalogue",
        "tertiary outpatient bill 2,400 including 700 off-list",
        "tertiary outpatient, 700 of the 2,400 was off-catalogue",
        "tertiary outpatient, 700 out of 2,400 was off-catalogue",
        "tertiary outpatient, 700 of a 2,400 bill is not covered",
        "tertiary outpatient, of the 2,400 total 700 is off-catalogue",
        "2,400 yuan at a tertiary outpatient clinic, 700 of it self-paid",
        "a 2,400 yuan outpatient bill at a tertiary hospital, off-catalogue: 700",
        "tertiary outpatient bill 2,400 and what if 700 of that isn't on the list",
        "tertiary outpatient bill 2,400; say 700 isn't reimbursed",
        "tertiary outpatient, 2,400 in all, among them 700 outside the catalogue",
        "tertiary outpatient bill 1,700 excluding 700 off-catalogue",
        "tertiary outpatient bill 1,700 plus 700 off-catalogue",
    ],
)
def test_a_part_of_the_bill_is_read_in_any_order(reading: Read, text: str) -> None:
    assert parts(reading, text) == {"total": "2400", "off_catalogue": "700"}


@pytest.mark.parametrize(
    "text",
    ["三级门诊花了1700，不含自费的700", "三级门诊花了1700，外加目录外700"],
)
def test_a_part_that_the_whole_does_not_hold_is_added(reading: Read, text: str) -> None:
    assert parts(reading, text) == {"total": "2400", "off_catalogue": "700"}


def test_letters_stand_for_classes(reading: Read) -> None:
    assert parts(reading, "outpatient bill 2,400 (1,000 A, 900 B, 500 self-paid)") == {
        "total": "2400",
        "class_a": "1000",
        "class_b": "900",
        "off_catalogue": "500",
    }


def test_what_was_paid_of_a_bill_is_no_part_of_it(reading: Read) -> None:
    found = parts(reading, "she paid 96 of a 310 yuan class A bill, outpatient")
    assert found == {"person_paid": "96", "class_a": "310"}


def test_a_part_alone_is_no_whole(reading: Read) -> None:
    assert parts(reading, "suppose 700 of his bill is off-catalogue") == {"off_catalogue": "700"}


@pytest.mark.parametrize(
    "text",
    ["Shanghai retired 67, tertiary outpatient bill 900", "retired, 67, outpatient bill 900"],
)
def test_an_age_behind_the_status_is_no_amount(reading: Read, text: str) -> None:
    assert parts(reading, text) == {"total": "900"}
    assert reading(text).facts["age"].value == 67
