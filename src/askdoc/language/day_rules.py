"""The Chinese ways of saying a day: one rule each, a pattern and how to read it.

A rule gives a date with its grain or the reason why the words are no single day. Weeks start
on Monday, and 下周三 is the Wednesday of the next calendar week, however near that is.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from askdoc.language.numerals import HAN_DIGITS, read_numeral
from askdoc.language.spans import Reason

Grain = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The first day of what was said; `year_assumed` when the year came from today."""

    day: date
    grain: Grain = "day"
    year_assumed: bool = False


Reader = Callable[[re.Match[str], date], Reading | Reason]


@dataclass(frozen=True, slots=True)
class DayRule:
    """Words that name a day, month or year, and how to read them on a given day."""

    pattern: re.Pattern[str]
    read: Reader


_DIGITS = "零〇一二三四五六七八九"
_NUMBER = r"(?:[0-9]{1,4}|[一二两三四五六七八九十百廿卅]{1,4})"
_MONTH = r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月份?"
_DAY_NUMBER = r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
# 11月25 without 日 or 号 counts only where nothing can make the 25 something else.
_DAY = (
    rf"(?:{_DAY_NUMBER} ?(?:[日号]|(?=$|[,.。;!?、)]| ?(?:上午|下午|早上|晚上)))"
    r"|(?P<third>底|初|[上中下]旬))"
)
# Behind a year and a month, words of a visit end the day too: 25年12月22那次.
_DAY_OF_YEAR = rf"(?:{_DAY}|(?P<bare>[0-9]{{1,2}})(?=[那又付去到在看住的我掏花]))"
_ALONE = r"(?<![0-9.一二两三四五六七八九十百千万第每几])"
_YEAR = rf"(?P<year>(?:19|20|21)[0-9]{{2}}|[一二][{_DIGITS}]{{3}})"
_SPAN_UNIT = r"(?P<unit>天|日|个?星期|个?礼拜|周|个月|年)"
_SIDE = r"(?:之|以)?(?P<side>后|前)(?![天年面续者])"
# Words that end in one of these open a period of their own: 出院3天后, 服药两周后.
_EVENTS = "院术药吃服用了诊查病完疗针食产保销休缴费始配开"
_NEAR_DAYS = {
    "大后": 3,
    "后": 2,
    "明": 1,
    "今": 0,
    "昨": -1,
    "前": -2,
    "大前": -3,
}
_NEAR_YEARS = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_NEAR_STEPS = {"上上": -2, "上": -1, "这": 0, "本": 0, "": 0, "下": 1, "下下": 2}
_WEEKDAYS = "一二三四五六日"
_SHORT_YEAR_REACH = 10


def whole(numeral: str) -> int:
    """A numeral that a pattern of this room matched; -1 when it says no whole number."""
    value = read_numeral(numeral.lstrip("0") or "0")
    return -1 if value is None or value != int(value) else int(value)


def on_date(year: int, month: int, day: int | None, assumed: bool = False) -> Reading | Reason:
    """That day, or that month when `day` is None."""
    try:
        found = date(year, month, 1 if day is None else day)
    except ValueError:
        return "impossible"
    return Reading(found, "month" if day is None else "day", assumed)


def moved(today: date, count: int, unit: str) -> Reading | Reason:
    """`count` days, weeks, months or years from today; a month's end stays a month's end."""
    try:
        if unit in ("day", "week"):
            return Reading(today + timedelta(days=count * (7 if unit == "week" else 1)))
        months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        last = monthrange(year, month + 1)[1]
        return Reading(date(year, month + 1, min(today.day, last)))
    except (OverflowError, ValueError):
        return "impossible"


def weekday_of(today: date, week: int, weekday: int) -> Reading | Reason:
    """A weekday (Monday is 0) of the calendar week `week` weeks from today's."""
    return moved(today, week * 7 + weekday - today.weekday(), "day")


def next_weekday(today: date, weekday: int) -> Reading | Reason:
    """The next such day, today included."""
    return moved(today, (weekday - today.weekday()) % 7, "day")


def _read_near_day(match: re.Match[str], today: date) -> Reading | Reason:
    return moved(today, _NEAR_DAYS[match["near"]], "day")


def _read_weekday(match: re.Match[str], today: date) -> Reading | Reason:
    said = match["weekday"]
    weekday = int(said) - 1 if said.isascii() else _WEEKDAYS.index(said.replace("天", "日"))
    if match["week"]:
        return weekday_of(today, _NEAR_STEPS[match["week"]], weekday)
    return next_weekday(today, weekday)


def _read_full(match: re.Match[str], today: date) -> Reading | Reason:
    year = _read_year(match["year"])
    if not match["month"]:
        return Reading(date(year, 1, 1), "year")
    return _month_day(match, year)


def _read_year(said: str) -> int:
    digits = said.replace("〇", "零")
    return int("".join(sign if sign.isascii() else str(HAN_DIGITS.index(sign)) for sign in digits))


def _month_day(match: re.Match[str], year: int, assumed: bool = False) -> Reading | Reason:
    said = match["day"] or match.groupdict().get("bare")
    return on_date(year, whole(match["month"]), whole(said) if said else None, assumed)


def _read_short_year(match: re.Match[str], today: date) -> Reading | Reason:
    year = today.year - today.year % 100 + _read_year(match["year"])
    # 95年 is hardly 2095: two digits are read only near today.
    return _month_day(match, year) if abs(year - today.year) <= _SHORT_YEAR_REACH else "ambiguous"


def _read_near_year(match: re.Match[str], today: date) -> Reading | Reason:
    year = today.year + _NEAR_YEARS[match["near"]]
    if match["month"]:
        return _month_day(match, year)
    first = on_date(year, 1, 1)
    return Reading(first.day, "year") if isinstance(first, Reading) else first


def _read_near_month(match: re.Match[str], today: date) -> Reading | Reason:
    there = moved(today.replace(day=1), _NEAR_STEPS[match["near"]], "month")
    if not isinstance(there, Reading):
        return there
    return on_date(there.day.year, there.day.month, whole(match["day"]) if match["day"] else None)


def _read_month_day(match: re.Match[str], today: date) -> Reading | Reason:
    return _month_day(match, today.year, assumed=True)


def _read_numeric(match: re.Match[str], today: date) -> Reading | Reason:
    return on_date(int(match["year"]), int(match["month"]), int(match["day"]))


def _read_distance(match: re.Match[str], today: date) -> Reading | Reason:
    before = match.string[max(match.start() - 1, 0) : match.start()]
    if before and before in _EVENTS:
        return "anchored"
    count = 6 if match["count"] == "半" else whole(match["count"])
    if count < 0:
        return "vague"
    unit = match["unit"].removeprefix("个")
    name = {"天": "day", "日": "day", "月": "month", "年": "year"}.get(unit, "week")
    if match["count"] == "半":
        name = "month"
    return moved(today, count if match["side"] == "后" else -count, name)


def refuse(reason: Reason) -> Reader:
    """A reader for words that name no single day."""

    def read(match: re.Match[str], today: date) -> Reading | Reason:
        return reason

    return read


def _rule(pattern: str, read: Reader) -> DayRule:
    return DayRule(re.compile(pattern), read)


_WEEK = r"(?:周|星期|礼拜)"
CHINESE_RULES = (
    _rule(r"(?P<near>大后|大前|后|前|明|昨|今)[天日](?!性|头条|数)", _read_near_day),
    _rule(r"(?P<near>今|明|昨)儿?(?=[早晚])", _read_near_day),
    _rule(
        rf"(?<![每0-9一二两三四五六七八九十半])(?P<week>上上|上|这|本|下下|下|)个?{_WEEK}"
        r"(?P<weekday>[一二三四五六日天]|(?<=[上这本下].)[1-7](?![0-9.]))(?![次回岁年])",
        _read_weekday,
    ),
    _rule(
        rf"(?<![以0-9])(?:上上|上|这|本|下下|下)个?{_WEEK}(?![一二三四五六日天1-7])|周末",
        refuse("vague"),
    ),
    _rule(
        rf"{_ALONE}{_YEAR} ?年(?! ?(?:前|后|以|内|多))的?(?: ?{_MONTH}的?(?: ?{_DAY_OF_YEAR})?)?",
        _read_full,
    ),
    _rule(
        rf"{_ALONE}(?P<year>[0-9]{{2}}|[{_DIGITS}]{{2}})年{_MONTH}(?: ?{_DAY_OF_YEAR})?",
        _read_short_year,
    ),
    _rule(rf"(?P<near>[前去今本明后])年的?(?: ?{_MONTH}的?(?: ?{_DAY})?)?", _read_near_year),
    _rule(
        rf"(?<![以])(?P<near>上上|上|这|本|下下|下)个?月(?!经)份?的?(?: ?{_DAY})?", _read_near_month
    ),
    _rule(rf"(?:农历|阴历|旧历) ?{_MONTH}(?:初?{_DAY_NUMBER}[日号]?)?", refuse("other_calendar")),
    _rule(rf"{_ALONE}(?<!年)(?<!年的){_MONTH}(?!经)(?!.?[次回])(?: ?{_DAY})?", _read_month_day),
    _rule(
        r"(?<![0-9A-Za-z./-])(?P<year>(?:19|20|21)[0-9]{2})(?P<sign>[-/.])"
        r"(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9/-]|\.[0-9])",
        _read_numeric,
    ),
    # The day first or the month first: nobody can tell.
    _rule(
        r"(?<![0-9/.-])[0-9]{1,2}([/-])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9/-])",
        refuse("ambiguous"),
    ),
    _rule(rf"{_ALONE}(?P<count>{_NUMBER}) ?{_SPAN_UNIT}{_SIDE}", _read_distance),
    _rule(rf"(?P<count>半)(?P<unit>年){_SIDE}", _read_distance),
    _rule(
        rf"(?:{_NUMBER}?[几多来数]+|{_NUMBER}?[半])(?:{_SPAN_UNIT}|个多?月){_SIDE}"
        rf"|{_NUMBER}(?:个半月|个多月|个工作日)(?:之|以)?[后前](?![天年面])",
        refuse("vague"),
    ),
)
