"""Days and times in words. A day is always read back in full: month, day, weekday and time."""

from datetime import date

from askdoc.wording import Lang, phrase

_NOON = 12 * 60


def day_words(day: date, lang: Lang) -> str:
    """11月25日（周三） or Wednesday, 25 November."""
    return phrase(
        "referrals.day",
        lang,
        month=phrase(f"referrals.month.{day.month}", lang),
        day=day.day,
        weekday=phrase(f"referrals.weekday.{day.isoweekday()}", lang),
    )


def time_words(begins: int, ends: int, lang: Lang) -> str:
    """上午9:00-9:30 or 9:00-9:30 a.m."""
    part = "morning" if begins < _NOON else "afternoon"
    return phrase(f"referrals.{part}", lang, begins=_clock(begins), ends=_clock(ends))


def clock_words(minute: int) -> str:
    """A minute of the day as 14:05."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _clock(minute: int) -> str:
    hour = minute // 60
    # 下午2:00, not 下午14:00.
    return f"{hour - 12 if hour > 12 else hour}:{minute % 60:02d}"
