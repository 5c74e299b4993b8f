"""The English ways of saying a day; "next Wednesday" is read as 下周三 is.

That is the Wednesday of the next calendar week. Numeric days with the year last (11/25/2026)
are refused in `day_rules`, because the two halves of the world read them differently.
"""

import re
from datetime import date

from askdoc.language.day_rules import (
    DayRule,
    Reader,
    Reading,
    moved,
    next_weekday,
    on_date,
    weekday_of,
)
from askdoc.language.spans import Reason

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NEAR = {"last": -1, "this": 0, "next": 1}
# "may" and "march" are verbs as well and count only with a capital letter.
_MONTH = (
    r"(?P<month>May|March|(?i:jan(?:uary)?|feb(?:ruary)?|mar(?=[. ])|apr(?:il)?|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?\b(?![.,][0-9])"
_MONEY = r"(?! ?(?:yuan|rmb|cny|元|块)|[.,]?[0-9])"
_YEAR = rf"(?P<year>(?:19|20|21)[0-9]{{2}})(?![0-9A-Za-z]){_MONEY}"
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
)
_FULL_WEEKDAY = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
_DAYS_AWAY = {
    "day after tomorrow": 2,
    "tomorrow": 1,
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "day before yesterday": -2,
}


def _read_near_day(match: re.Match[str], today: date) -> Reading | Reason:
    return moved(today, _DAYS_AWAY[match["near"].lower()], "day")


def _read_half_of_today(match: re.Match[str], today: date) -> Reading | Reason:
    return Reading(today)


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS.index(match["weekday"][:3].lower())


def _read_weekday(match: re.Match[str], today: date) -> Reading | Reason:
    return next_weekday(today, _weekday(match))


def _read_near_weekday(match: re.Match[str], today: date) -> Reading | Reason:
    return weekday_of(today, _NEAR[match["near"].lower()], _weekday(match))


def _read_near_period(match: re.Match[str], today: date) -> Reading | Reason:
    unit = match["unit"].lower()
    if unit in ("week", "weekend"):
        return "vague"
    first = today.replace(day=1) if unit == "month" else today.replace(month=1, day=1)
    there = moved(first, _NEAR[match["near"].lower()], unit)
    if not isinstance(there, Reading):
        return there
    return Reading(there.day, "month" if unit == "month" else "year")


def _read_date(match: re.Match[str], today: date) -> Reading | Reason:
    said = match.groupdict()
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    year, day = said.get("year"), said.get("day")
    return on_date(
        int(year) if year else today.year, month, int(day) if day else None, assumed=not year
    )


def _read_distance(match: re.Match[str], today: date) -> Reading | Reason:
    ahead, ago = match["ahead"], match["ago"]
    count, unit = (ahead, match["ahead_unit"]) if ahead else (ago, match["ago_unit"])
    # "a" and "an" are ones.
    steps = int(count) if count.isdigit() else 1
    return moved(today, steps if ahead else -steps, unit.lower())


def _rule(pattern: str, read: Reader) -> DayRule:
    return DayRule(re.compile(pattern), read)


_COUNT = r"[0-9]{1,4}|an?"
_UNIT = r"day|week|month|year"
ENGLISH_RULES = (
    _rule(
        r"(?i)\b(?:the )?(?P<near>day after tomorrow|day before yesterday|tomorrow|today|tonight"
        r"|yesterday)\b",
        _read_near_day,
    ),
    _rule(r"(?i)\bthis (?=(?:morning|afternoon|evening)\b)", _read_half_of_today),
    _rule(rf"(?i)\b(?:on )?(?P<near>next|this|last) {_WEEKDAY}", _read_near_weekday),
    _rule(rf"(?i)\bon {_WEEKDAY}", _read_weekday),
    _rule(rf"(?i)\b(?<!every ){_FULL_WEEKDAY}", _read_weekday),
    _rule(r"(?i)\b(?P<near>next|this|last) (?P<unit>weekend|week|month|year)\b", _read_near_period),
    _rule(rf"\b{_MONTH} ?{_DAY}(?:,? {_YEAR})?{_MONEY}", _read_date),
    _rule(rf"(?<![0-9.,-])\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?", _read_date),
    _rule(rf"\b{_MONTH},? {_YEAR}", _read_date),
    _rule(
        rf"(?i)\bin (?P<ahead>{_COUNT}) (?P<ahead_unit>{_UNIT})s?\b"
        rf"|\b(?P<ago>{_COUNT}) (?P<ago_unit>{_UNIT})s? ago\b",
        _read_distance,
    ),
)
