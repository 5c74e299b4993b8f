"""Until when a task should be answered: open hours count, closed ones do not."""

from datetime import datetime

import pytest

from askdoc.china_days import CHINA, is_workday
from askdoc.desk.hours import Hours

HOURS = Hours(8, 17, is_workday)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-11-25 09:30", "2026-11-25 13:30"),
        ("2026-11-25 16:00", "2026-11-26 11:00"),
        ("2026-11-25 13:00", "2026-11-25 17:00"),
        ("2026-11-25 13:01", "2026-11-26 08:01"),
        ("2026-11-27 20:00", "2026-11-30 12:00"),
        ("2026-11-25 03:00", "2026-11-25 12:00"),
        # The week of the National Day, then the Saturday that is worked in exchange.
        ("2026-09-30 16:59", "2026-10-08 11:59"),
    ],
)
def test_a_due_time_counts_open_hours(opened: str, due: str) -> None:
    assert HOURS.due(at(opened), 4) == at(due)


def test_what_is_due_on_a_day_is_due_until_it_closes() -> None:
    assert HOURS.end_of(at("2026-12-01 00:00").date()) == at("2026-12-01 17:00")


def test_nobody_is_there_at_night_and_on_holidays() -> None:
    assert HOURS.is_open(at("2026-11-25 08:00"))
    assert not HOURS.is_open(at("2026-11-25 07:59"))
    assert not HOURS.is_open(at("2026-11-25 17:00"))
    assert not HOURS.is_open(at("2026-11-28 10:00"))


def test_a_year_without_a_calendar_goes_by_its_weekdays() -> None:
    assert is_workday(at("2099-01-05 10:00").date())
    assert not is_workday(at("2099-01-03 10:00").date())


def test_an_office_that_never_opens_still_gives_an_answer() -> None:
    assert Hours(8, 17, lambda day: False).due(at("2026-11-25 09:30"), 4) > at("2026-11-25 09:30")
