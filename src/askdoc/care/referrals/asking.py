"""Reads "下周三上午 北院 心内科" into what somebody looks for.

Weeks run from Monday. A day that is past this year is taken next year: nobody books the past.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.errors import UnclearDay, UnknownHospital
from askdoc.care.referrals.slots import Hospital
from askdoc.language import DaySaid, find_days, find_refused_days
from askdoc.language.word_list import WordList

_NOON, _EVENING, _MIDNIGHT = 12 * 60, 18 * 60, 24 * 60
_WEEK_SAID = re.compile(
    r"(?P<which>下下|下|本|这|(?i:next |this ))(?:个)?(?:周|星期|礼拜|(?i:week))"
    r"(?P<end>末|(?i:end))?(?![一二三四五六日天1-7])"
)
_WEEKS = {"下下": 2, "下": 1, "本": 0, "这": 0, "next ": 1, "this ": 0}
_BARE_WEEKEND = re.compile(r"(?:周末|(?i:\bweekend))")
_PARTS = {"morning": (0, _NOON), "afternoon": (_NOON, _EVENING), "evening": (_EVENING, _MIDNIGHT)}
_PART_SAID = (("上午|早上|(?i:morning)", "morning"), ("下午|(?i:afternoon)", "afternoon"))


def departments_named(
    said: str, departments: Sequence[str], words: WordList[str]
) -> tuple[str, ...]:
    """The departments of the schedule that are named, or meant by what people say (看心脏).

    Raises UnknownHospital when there is none.
    """
    named = [one for one in departments if one in said]
    meant = {hit.meaning for hit in words.find(said.lower())}
    # 心内科 is not 内科: of names inside one another, the longest was meant.
    longest = [one for one in named if not any(one in other != one for other in named)]
    found = longest or [one for one in departments if meaning_of(one, words) in meant]
    if not found:
        raise UnknownHospital(said=said, known="、".join(departments))
    return tuple(found)


def meaning_of(department: str, words: WordList[str]) -> str:
    """The usual name of a department, whatever a schedule calls it; its own where none is known."""
    return next((hit.meaning for hit in words.find(department.lower())), department)


def read_wanted(
    said: str,
    today: date,
    departments: Sequence[str],
    hospitals: Iterable[Hospital],
    within_days: int,
) -> Wanted:
    """What is looked for in the departments that were named; without a day, the next
    `within_days` days. Raises UnclearDay.
    """
    first, last = read_days(said, today, within_days)
    begins, ends = part_said(said, today) or (0, _MIDNIGHT)
    return Wanted(
        departments=tuple(departments),
        hospitals=tuple(one.id for one in hospitals if one.name in said or one.id in said.split()),
        first=first,
        last=last,
        begins=begins,
        ends=ends,
    )


def read_days(said: str, today: date, within_days: int) -> tuple[date, date]:
    """The first and last day that were said, else those of the next days. Raises UnclearDay."""
    return days_said(said, today) or (today, today + timedelta(days=within_days))


def days_said(said: str, today: date) -> tuple[date, date] | None:
    """The first and last day that were said; None when none was. Raises UnclearDay."""
    found = find_days(said, today)
    if found:
        return _span(found[0], today)
    week = _WEEK_SAID.search(said)
    monday = today - timedelta(days=today.weekday())
    if week:
        monday += timedelta(weeks=_WEEKS[week["which"].lower()])
        first = monday + timedelta(days=5 if week["end"] else 0)
        return max(first, today), monday + timedelta(days=6)
    if _BARE_WEEKEND.search(said):
        return max(monday + timedelta(days=5), today), monday + timedelta(days=6)
    refused = find_refused_days(said, today)
    if refused:
        raise UnclearDay(said=refused[0].text)
    return None


def _span(found: DaySaid, today: date) -> tuple[date, date]:
    day = found.day
    if found.year_assumed and day < today.replace(day=1):
        day = _next_year(day)
    if found.grain == "month":
        after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return max(day, today), after - timedelta(days=1)
    if found.grain == "year":
        return max(day, today), date(day.year, 12, 31)
    return (_next_year(day), _next_year(day)) if found.year_assumed and day < today else (day, day)


def _next_year(day: date) -> date:
    leaps = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if leaps else day.replace(year=day.year + 1)


def part_said(said: str, today: date) -> tuple[int, int] | None:
    """The part of the day that was said, in minutes from and until; None when none was."""
    for found in find_days(said, today):
        if found.part is not None:
            return _PARTS[found.part]
    for words, part in _PART_SAID:
        if re.search(words, said):
            return _PARTS[part]
    return None
