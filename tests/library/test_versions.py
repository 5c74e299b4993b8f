"""One section, told apart by the days on which its figures change."""

from datetime import date

from askdoc.library.shipped import Shelf


def versions(shelf: Shelf, id: str) -> list[tuple[date | None, date | None, str]]:
    return [(one.begins, one.ends, one.text) for one in shelf.passages if one.id == id]


def test_each_dated_value_gives_a_stretch_of_its_own(shelf: Shelf) -> None:
    found = versions(shelf, "sh-employee-ceiling#年度封顶线（最高支付限额）")
    assert [(begins, ends) for begins, ends, _ in found] == [
        (date(2023, 7, 1), date(2024, 6, 30)),
        (date(2024, 7, 1), date(2025, 6, 30)),
        (date(2025, 7, 1), None),
    ]
    assert ["61万元" in found[0][2], "63万元" in found[1][2], "65万元" in found[2][2]] == [True] * 3


def test_a_document_that_ended_has_no_stretch_after_its_last_day(shelf: Shelf) -> None:
    found = versions(shelf, "sh-employee-outpatient-before#改革前的门诊起付线")
    assert [ends for _, ends, _ in found] == [date(2023, 6, 30)]


def test_a_figure_whose_first_day_is_unknown_begins_with_the_book_and_says_so(
    shelf: Shelf,
) -> None:
    found = [one for one in shelf.passages if one.id == "sh-resident-outpatient#居民门诊报销比例"]
    assert [(one.begins, one.begins_unknown) for one in found] == [(date(2026, 1, 1), True)]


def test_a_passage_is_no_surer_than_its_weakest_value(shelf: Shelf) -> None:
    sure = {one.id: one.confidence for one in shelf.passages}
    assert sure["sh-employee-outpatient#退休人员门诊报销比例"] == "secondary"
    assert sure["sh-employee-outpatient#高龄退休人员门诊报销比例"] == "unverified"
    assert sure["sh-contributions#单位和个人各缴多少"] == "official"
