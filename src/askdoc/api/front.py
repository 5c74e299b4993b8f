"""What every request works with: the house, the clock, the limits, the counters."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from askdoc.api.metrics import Metrics
from askdoc.bootstrap import House
from askdoc.china_days import CHINA, is_workday
from askdoc.desk.hours import Hours
from askdoc.identity.limits import Limit
from askdoc.storage.database import Kept
from askdoc.storage.requests import drop_old

Clock = Callable[[], datetime]


def real_clock() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass
class Front:
    """The front desk of one process. `sample` marks everything as sample data."""

    house: House
    clock: Clock = real_clock
    steady: Callable[[], float] = time.monotonic
    sample: bool = False
    secure_cookie: bool = False
    metrics: Metrics = field(default_factory=Metrics)
    swept_on: date | None = None

    @cached_property
    def persons(self) -> Limit:
        """How often one person may call."""
        per_minute = self._default("person_calls_per_minute")
        return Limit(per_minute, per_minute)

    @cached_property
    def addresses(self) -> Limit:
        """How often one address may call."""
        per_minute = self._default("address_calls_per_minute")
        return Limit(per_minute, per_minute)

    @cached_property
    def hours(self) -> Hours:
        """When somebody is at the desk."""
        opens, closes = self._default("desk_opens_hour"), self._default("desk_closes_hour")
        return Hours(opens, closes, is_workday)

    @cached_property
    def reply_hours(self) -> int:
        """Within how many open hours a task should be answered."""
        return self._default("desk_reply_hours")

    def today(self) -> date:
        """The day it is in China."""
        return self.clock().astimezone(CHINA).date()

    def sweep(self, kept: Kept) -> None:
        """Once a day forget the replies that nobody may ask for again."""
        if self.swept_on != self.today():
            drop_old(kept, self.clock())
            self.swept_on = self.today()

    def load(self) -> None:
        """Read what every turn needs, so that no person waits for it."""
        _ = (self.house.secret, self.house.database, self.hours, self.reply_hours)
        _ = (self.persons, self.addresses)
        self.house.context_of(self.today(), {}, {}, "zh").read("阿托伐他汀")
        _ = self.house.searchable

    def _default(self, name: str) -> int:
        found: Any = self.house.assistant.defaults[name]
        return int(str(found))
