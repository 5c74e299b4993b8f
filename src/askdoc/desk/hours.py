"""Opening hours, and until when a task should be answered.

A due time counts open hours only: what comes in on Friday evening is not late on Saturday.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from askdoc.china_days import CHINA

IsOpenDay = Callable[[date], bool]
_LONGEST_CLOSED = 40


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from one whole hour to another on the days that `is_open_day` names."""

    opens: int
    closes: int
    is_open_day: IsOpenDay

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is there."""
        local = now.astimezone(CHINA)
        return self.is_open_day(local.date()) and self.opens <= local.hour < self.closes

    def due(self, opened_at: datetime, hours: int) -> datetime:
        """The moment `hours` open hours after a task was opened."""
        at, left = opened_at.astimezone(CHINA), timedelta(hours=hours)
        for _ in range(_LONGEST_CLOSED + hours):
            opens, closes = self._day(at.date())
            if self.is_open_day(at.date()) and at < closes:
                at = max(at, opens)
                if at + left <= closes:
                    return at + left
                left -= closes - at
            at = self._day(at.date() + timedelta(days=1))[0]
        return at

    def end_of(self, day: date) -> datetime:
        """When a day closes; one that is closed would close then."""
        return self._day(day)[1]

    def _day(self, day: date) -> tuple[datetime, datetime]:
        opens = datetime.combine(day, time(self.opens), CHINA)
        return opens, opens + timedelta(hours=self.closes - self.opens)
