"""On which days a clinic is open, and whether we know it.

Public holidays come from `chinesecalendar`, which knows a year only after the State Council has
announced it. For a later year weekends alone count, and whoever asks is told so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from askdoc.china_days import announced
from askdoc.policy import Book
from askdoc.policy.strict_yaml import read_sheet

_SATURDAY = 5
_DAY = timedelta(days=1)
# Nobody is closed for longer than that; past it we stop looking and say so by the day itself.
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The open days of one clinic. `own` is its table of exceptions, which wins over everything."""

    open_at_weekends: bool = False
    own: Mapping[date, bool] = field(default_factory=dict)

    def is_open(self, day: date) -> bool:
        """Whether the clinic is open; by weekends alone in a year that nobody announced yet."""
        if day in self.own:
            return self.own[day]
        found = announced(day)
        if found is not None:
            is_off, is_holiday = found
            return not is_off or (self.open_at_weekends and not is_holiday)
        return self.open_at_weekends or day.weekday() < _SATURDAY

    def is_known(self, day: date) -> bool:
        """Whether the holidays of that day's year are announced, or the day is in our own table."""
        return day in self.own or announced(day) is not None

    def last_open(self, day: date) -> date:
        """The last open day not after `day`."""
        return self._look(day, -_DAY)

    def next_open(self, day: date) -> date:
        """The first open day not before `day`."""
        return self._look(day, _DAY)

    def open_between(self, first: date, last: date) -> list[date]:
        """The open days from `first` to `last`, both included."""
        days = (first + _DAY * step for step in range((last - first).days + 1))
        return [day for day in days if self.is_open(day)]

    def _look(self, day: date, step: timedelta) -> date:
        at = day
        for _ in range(_FARTHEST):
            if self.is_open(at):
                return at
            at += step
        return day


def load_own_days(knowledge: Path, book: Book) -> dict[date, bool]:
    """Our own table of days open or closed everywhere, beside the announced ones.

    Raises SheetError.
    """
    sheet = read_sheet(knowledge / "open_days.yaml").only("days")
    found: dict[date, bool] = {}
    for row in sheet.rows("days").maps():
        row.only("day", "open", "source", "note")
        row.scalar("source").one_of(tuple(book.sources))
        found[row.scalar("day").day()] = row.scalar("open").flag()
    return found
