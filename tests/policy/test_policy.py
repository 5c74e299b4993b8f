"""Which value holds: day, region, table, and what a wider region ends."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from askdoc.policy import (
    ASSUMPTION,
    Book,
    FactNeeded,
    Policy,
    UnknownParameter,
    UnknownRegion,
    load_book,
)

ANLE = "cn/north/anle"


@pytest.fixture(scope="module")
def book() -> Book:
    return load_book(Path(__file__).parent / "knowledge")


def line(book: Book, day: str, region: str = ANLE, **facts: str | int) -> object:
    value = Policy(book, date.fromisoformat(day), region).find("employee.line", facts)
    return value.content if value.standing == "set" else value.standing


@pytest.mark.parametrize(
    ("day", "region", "expected"),
    [
        ("2019-12-31", "cn", "not_recorded"),
        ("2020-01-01", "cn", Decimal(1000)),
        ("2023-12-31", "cn", Decimal(1000)),
        ("2024-01-01", "cn", Decimal(900)),
        ("2024-01-01", "cn/south", Decimal(900)),
        ("2025-06-30", "cn/north", Decimal(900)),
        ("2025-07-01", "cn/north", Decimal(700)),
    ],
)
def test_the_newest_value_begun_holds_and_is_inherited(
    book: Book, day: str, region: str, expected: object
) -> None:
    assert line(book, day, region) == expected


def test_a_local_value_stands_before_the_national_one(book: Book) -> None:
    assert line(book, "2022-12-31", status="active", institution="any") == Decimal(500)


def test_inherit_gives_the_wider_value_back(book: Book) -> None:
    assert line(book, "2023-01-01") == Decimal(1000)


def test_abolish_says_that_there_is_no_such_thing(book: Book) -> None:
    assert line(book, "2024-06-01") == "abolished"
    assert line(book, "2025-06-30") == "abolished"


def test_a_wider_region_can_end_older_local_values(book: Book) -> None:
    assert line(book, "2025-07-01") == Decimal(700)


def test_a_district_without_pages_inherits_from_its_city(book: Book) -> None:
    assert line(book, "2022-06-01", f"{ANLE}/east", status="active", institution="any") == Decimal(
        500
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"status": "active", "institution": "any"}, 500),
        ({"status": "active", "institution": "community"}, 300),
        ({"status": "active", "institution": "hospital"}, 500),
        ({"status": "retired", "age": 69}, 400),
        ({"status": "retired", "age": 70}, 200),
    ],
)
def test_a_table_is_followed_to_its_leaf(
    book: Book, facts: dict[str, str | int], expected: int
) -> None:
    assert line(book, "2022-01-01", **facts) == Decimal(expected)


def test_a_missing_fact_is_asked_for_with_the_values_worth_trying(book: Book) -> None:
    with pytest.raises(FactNeeded) as needed:
        line(book, "2022-01-01", status="retired")
    assert (needed.value.fact, needed.value.options) == ("age", (0, 70))


def test_an_unnamed_institution_is_asked_for_but_need_not_be_answered(book: Book) -> None:
    with pytest.raises(FactNeeded) as needed:
        line(book, "2022-01-01", status="active")
    assert (needed.value.fact, needed.value.main) == ("institution", "any")


def test_a_leaf_may_be_less_sure_than_its_table(book: Book) -> None:
    policy = Policy(book, date(2022, 1, 1), ANLE)
    value = policy.find("employee.line", {"status": "retired", "age": 80})
    assert (value.confidence, value.source) == ("unverified", "rumour")
    assert value.conditions == (("status", "retired"), ("age", "70.."))


def test_a_bound_is_never_sure_in_a_sum(book: Book) -> None:
    value = Policy(book, date(2026, 5, 1), "cn/south").find("employee.rate", {})
    assert (value.bound, value.confidence) == ("at_least", "unverified")


def test_an_unknown_start_begins_with_the_book(book: Book) -> None:
    before = Policy(book, date(2025, 12, 31), ANLE).find("employee.rate", {})
    after = Policy(book, date(2026, 1, 1), ANLE).find("employee.rate", {})
    assert before.region == "cn"
    assert after.begins_unknown
    assert [reading.content for reading in after.readings] == [Decimal("0.8"), Decimal("0.7")]


def test_an_assumption_is_shown_as_one(book: Book) -> None:
    policy = Policy(book, date(2026, 1, 1), ANLE, {"employee.line": Decimal(1)})
    value = policy.find("employee.line", {})
    assert (value.content, value.source, value.confidence) == (Decimal(1), ASSUMPTION, "unverified")
    assert policy.used == (value,)


def test_every_entry_of_a_parameter_can_be_listed(book: Book) -> None:
    entries = Policy(book, date(2026, 1, 1), ANLE).history("employee.line")
    assert [entry.region for entry in entries] == ["cn", "cn", "cn/north", ANLE, ANLE, ANLE]


def test_unknown_names_are_refused(book: Book) -> None:
    with pytest.raises(UnknownRegion, match="cn/nowhere"):
        Policy(book, date(2026, 1, 1), "cn/nowhere")
    with pytest.raises(UnknownParameter, match=r"employee\.lime"):
        Policy(book, date(2026, 1, 1), ANLE).find("employee.lime", {})
