"""Days read from what was said, as seen from one Monday."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.language import find_days, find_refused_days

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今天", "2026-11-23"),
        ("明天", "2026-11-24"),
        ("后天", "2026-11-25"),
        ("大后天", "2026-11-26"),
        ("昨天", "2026-11-22"),
        ("前天", "2026-11-21"),
        ("这周五", "2026-11-27"),
        ("上周一", "2026-11-16"),
        ("下周三", "2026-12-02"),
        ("下下周二", "2026-12-08"),
        ("下周7", "2026-12-06"),
        ("周三", "2026-11-25"),
        ("周一", "2026-11-23"),
        ("星期天", "2026-11-29"),
        ("禮拜天", "2026-11-29"),
        ("下个月5号", "2026-12-05"),
        ("明年1月1号", "2027-01-01"),
        ("2026年11月25日", "2026-11-25"),
        ("二零二六年三月五日", "2026-03-05"),
        ("26年3月5日", "2026-03-05"),
        ("2026-11-25", "2026-11-25"),
        ("2026/11/25", "2026-11-25"),
        ("２０２６．１１．２５", "2026-11-25"),
        ("3天后", "2026-11-26"),
        ("三天前", "2026-11-20"),
        ("两周后", "2026-12-07"),
        ("一个月后", "2026-12-23"),
        ("半年前", "2026-05-23"),
        ("today", "2026-11-23"),
        ("Tomorrow", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("yesterday", "2026-11-22"),
        ("next Wednesday", "2026-12-02"),
        ("last Monday", "2026-11-16"),
        ("Wednesday", "2026-11-25"),
        ("25 November 2026", "2026-11-25"),
        ("November 25, 2026", "2026-11-25"),
        ("November 25 2026", "2026-11-25"),
        ("in 3 days", "2026-11-26"),
        ("2 weeks ago", "2026-11-09"),
    ],
)
def test_a_day_is_read(said: str, day: str) -> None:
    text = f"({said})"
    (found,) = find_days(text, MONDAY)
    assert (found.day.isoformat(), text[slice(*found.span)]) == (day, said)
    assert (found.grain, found.part, found.year_assumed) == ("day", None, False)


@pytest.mark.parametrize(
    "said", ["11月25日", "11月25号", "十一月二十五号", "11月25", "Nov 25", "25th of November"]
)
def test_a_day_without_a_year_is_taken_in_this_year_and_says_so(said: str) -> None:
    (found,) = find_days(said, MONDAY)
    assert found.day == date(2026, 11, 25)
    assert found.year_assumed


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("下周三上午", "morning"),
        ("明早", "morning"),
        ("明天的下午", "afternoon"),
        ("11月25日晚上", "evening"),
        ("今晚", "evening"),
        ("tonight", "evening"),
        ("this Friday afternoon", "afternoon"),
        ("this morning", "morning"),
        ("明天中午", None),
        ("明天晚点", None),
    ],
)
def test_the_part_of_the_day_is_kept(said: str, part: str | None) -> None:
    (found,) = find_days(said, MONDAY)
    assert found.part == part


@pytest.mark.parametrize(
    ("said", "day", "grain"),
    [
        ("去年12月", "2025-12-01", "month"),
        ("上个月", "2026-10-01", "month"),
        ("本月底", "2026-11-01", "month"),
        ("November 2026", "2026-11-01", "month"),
        ("3月份", "2026-03-01", "month"),
        ("今年", "2026-01-01", "year"),
        ("2025年", "2025-01-01", "year"),
        ("last year", "2025-01-01", "year"),
    ],
)
def test_a_month_or_year_is_no_day(said: str, day: str, grain: str) -> None:
    (found,) = find_days(said, MONDAY)
    assert (found.day.isoformat(), found.grain) == (day, grain)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("2月30日", "impossible"),
        ("2027年2月29日", "impossible"),
        ("13月5日", "impossible"),
        ("2026-02-30", "impossible"),
        ("Feb 30", "impossible"),
        ("9999年后", "impossible"),
        ("几天后", "vague"),
        ("两三天后", "vague"),
        ("半个月后", "vague"),
        ("3个工作日后", "vague"),
        ("周末", "vague"),
        ("下周", "vague"),
        ("next week", "vague"),
        ("11/25/2026", "ambiguous"),
        ("95年3月5日", "ambiguous"),
        ("农历八月十五", "other_calendar"),
    ],
)
def test_a_day_that_cannot_be_read_is_named(said: str, reason: str) -> None:
    assert find_days(said, MONDAY) == []
    (refused,) = find_refused_days(said, MONDAY)
    assert (refused.text, refused.reason) == (said, reason)


def test_days_counted_from_another_event_are_not_counted_from_today() -> None:
    assert find_days("出院3天后复查", MONDAY) == []
    assert [refused.reason for refused in find_refused_days("出院3天后复查", MONDAY)] == [
        "anchored"
    ]


@pytest.mark.parametrize(
    "text", ["后天性心脏病", "每周三", "一周三次", "每年3月5日", "一月一次", "3个月", "5000年",
    "20261125", "every Monday", "may 5 tablets", "8.5万", "2026", "021-62345678", ""],
)  # fmt: skip
def test_what_names_no_day_is_left_out(text: str) -> None:
    assert find_days(text, MONDAY) == []
    assert find_refused_days(text, MONDAY) == []


def test_the_end_of_a_month_stays_inside_the_next_one() -> None:
    assert find_days("一个月后", date(2027, 1, 31))[0].day == date(2027, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    for said in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%d %B %Y}"):
        assert [found.day for found in find_days(said, MONDAY)] == [day]


@given(
    st.dates(),
    st.sampled_from(["下周三", "上个月5号", "30天前", "明年", "去年3月", "大后天", "周日"]),
)
def test_no_today_breaks_the_reader(today: date, said: str) -> None:
    assert len(find_days(said, today)) + len(find_refused_days(said, today)) == 1
