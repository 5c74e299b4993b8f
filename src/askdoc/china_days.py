"""Days in mainland China: its one time zone, and the public holidays as they were announced.

`chinesecalendar` knows a year only after the State Council has announced it; for a later year
nobody can know more than the weekdays.
"""

from datetime import date, datetime, timedelta, timezone
from functools import cache

# One time zone and no summer time.
CHINA = timezone(timedelta(hours=8))
_SATURDAY = 5


def today_of(now: datetime) -> date:
    """The calendar day in China at an aware moment."""
    return now.astimezone(CHINA).date()


@cache
def announced(day: date) -> tuple[bool, bool] | None:
    """Whether people are off work and whether for a holiday; None in a year not announced."""
    # Here because reading its tables takes a tenth of a second that no sum needs.
    import chinese_calendar

    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return is_off, is_off and name is not None


def is_workday(day: date) -> bool:
    """Whether people work; in a year that was not announced, by its weekdays."""
    known = announced(day)
    return day.weekday() < _SATURDAY if known is None else not known[0]
