"""A figure is rendered with its unit, its bound and its doubt."""

from datetime import date

import pytest

from askdoc.library.placeholders import BadPlaceholder, parameters_in, render
from askdoc.policy import Book, Policy

NAMES = {"hypertension": "高血压", "diabetes": "糖尿病"}


def told(text: str, book: Book, region: str = "cn", day: date = date(2026, 11, 25)) -> str:
    return render(text, Policy(book, day, region), NAMES).text


def test_a_plain_value_has_its_unit(book: Book) -> None:
    assert told("{{long_prescription.usual_weeks}}", book) == "4周"
    assert told("{{prescription.ordinary_days}}", book) == "7天"
    assert told("{{prescription.most_medicines}}种", book) == "5种"


def test_facts_choose_in_a_table(book: Book) -> None:
    text = "{{employee.outpatient.share | status=active tier=primary}}"
    assert told(text, book, "cn/shanghai") == "80%"
    text = "{{employee.outpatient.deductible | status=retired retired_year=2000}}"
    assert told(text, book, "cn/shanghai") == "200元"


def test_a_value_is_that_of_the_day(book: Book) -> None:
    text = "{{employee.outpatient.deductible | status=active}}"
    assert told(text, book, "cn/shanghai", date(2023, 6, 30)) == "1500元（待确认）"
    assert told(text, book, "cn/shanghai", date(2023, 7, 1)) == "500元"


def test_a_bound_is_told_as_a_bound(book: Book) -> None:
    assert told("{{offsite.share_cut | filed=temporary referral=referred}}", book) == (
        "不超过10个百分点"
    )


def test_two_readings_are_both_told(book: Book) -> None:
    text = "{{employee.outpatient.deductible | status=active contracted=false}}"
    found = told(text, book, "cn/zhejiang/hangzhou")
    assert "1000元" in found
    assert "600元" in found
    assert "来源不一致" in found


def test_doubt_stands_behind_the_measure_word(book: Book) -> None:
    assert told("{{chronic.disease_count}}种病", book, "cn/shandong/qingdao") == (
        "56种（待确认）病"
    )


def test_a_scale_is_told_band_by_band(book: Book) -> None:
    found = told("{{employee.serious_illness.scale}}", book, "cn/shandong/qingdao")
    assert found == "10万元及以下75%、10万元以上85%（待确认）"


def test_a_list_has_names_and_no_ids(book: Book) -> None:
    assert told("{{two_diseases.diseases}}", book).startswith("高血压、糖尿病")


def test_what_is_not_recorded_says_so(book: Book) -> None:
    assert told("{{resident.first_pay.class_b}}", book, "cn/shanghai") == "没有记录"


def test_a_gap_sends_people_to_the_office(book: Book) -> None:
    assert told("带什么：{{gap}}", book) == "带什么：没有记录，请向参保地医保经办机构确认"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{no.such_value}}", "unknown_parameter"),
        ("{{employee.outpatient.share}}", "placeholder_fact"),
        ("{{long_prescription.usual_weeks | weeks}}", "placeholder_form"),
        ("{{ Long }}", "placeholder_form"),
    ],
)
def test_a_placeholder_that_names_nothing_is_refused(text: str, problem: str, book: Book) -> None:
    with pytest.raises(BadPlaceholder) as refused:
        told(text, book, "cn/shanghai")
    assert refused.value.problem == problem


def test_the_parameters_of_a_text_are_listed_once(book: Book) -> None:
    text = "{{a.b}} {{a.b | x=y}} {{gap}} {{c.d}}"
    assert parameters_in(text) == ("a.b", "c.d")
