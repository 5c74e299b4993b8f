"""The keeper's list: what is unverified, in conflict, a bound, or long unchecked."""

from datetime import date
from pathlib import Path

from askdoc.policy import load_book
from askdoc.policy.review import review

KNOWLEDGE = Path(__file__).parent / "knowledge"


def test_review_lists_what_a_keeper_should_look_at() -> None:
    found = review(load_book(KNOWLEDGE), date(2026, 1, 1), 12)
    matters = {(finding.matter, finding.region, finding.parameter) for finding in found}
    assert ("unverified", "cn/north/anle", "employee.line") in matters
    assert ("conflict", "cn/north/anle", "employee.rate") in matters
    assert ("bound", "cn", "employee.rate") in matters


def test_a_value_is_unchecked_only_after_the_months_are_over() -> None:
    book = load_book(KNOWLEDGE)
    on_the_day = review(book, date(2026, 1, 1), 12)
    a_day_later = review(book, date(2026, 1, 2), 12)
    assert not [finding for finding in on_the_day if finding.matter == "unchecked"]
    assert [finding.parameter for finding in a_day_later if finding.matter == "unchecked"] == [
        "employee.line"
    ]
