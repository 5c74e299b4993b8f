"""What every request works with: the house, the clock, the limits, the counters.

Calls are counted by the clock of the machine, also where the demonstration stands still: limits are
shared by all processes, and a steady clock has another zero in each.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from hashlib import blake2b

from askdoc.api.metrics import Metrics
from askdoc.bootstrap import House
from askdoc.care.rules import whole
from askdoc.china_days import is_workday, today_of
from askdoc.desk.hours import Hours
from askdoc.identity.limits import Limit, Lot
from askdoc.sample.stage import Stage
from askdoc.storage.call_counts import drop_spent, pay
from askdoc.storage.database import Kept
from askdoc.storage.requests import drop_old

Clock = Callable[[], datetime]
_FORGOTTEN_SECONDS = 3600
# A process pays for the calls of five seconds at once.
_LOTS = 12


def real_clock() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)


@dataclass
class Front:
    """The front desk of one process. With a `stage`, everything is marked as sample data."""

    house: House
    clock: Clock = real_clock
    steady: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    stage: Stage | None = None
    secure_cookie: bool = False
    metrics: Metrics = field(default_factory=Metrics)
    swept_on: date | None = None

    @cached_property
    def persons(self) -> Limit:
        """How often one person may call."""
        return self._limit(self._default("person_calls_per_minute"))

    @cached_property
    def addresses(self) -> Limit:
        """How often one address may call."""
        return self._limit(self._default("address_calls_per_minute"))

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
        return today_of(self.clock())

    def sweep(self, kept: Kept) -> None:
        """Once a day forget the replies that nobody may ask for again."""
        if self.swept_on != self.today():
            drop_old(kept, self.clock())
            drop_spent(kept, round((self.wall() - _FORGOTTEN_SECONDS) * 1_000_000))
            self.swept_on = self.today()

    def load(self) -> None:
        """Read what every turn needs, so that no person waits for it."""
        _ = (self.house.secret, self.house.database, self.hours, self.reply_hours)
        _ = (self.persons, self.addresses)
        self.house.context_of(self.today(), {}, {}, "zh").read("阿托伐他汀")
        _ = self.house.searchable

    def count(self, person: str) -> None:
        """One call of a person. Raises TooOften."""
        self.persons.take(f"p:{person}", self.wall())

    def count_address(self, address: str) -> None:
        """One call from an address, which is kept as a digest only. Raises TooOften."""
        self.addresses.take(self._digest(address), self.wall())

    def has_paid(self, address: str) -> bool:
        """One call from an address, if it is paid for here; else it is to be counted."""
        return self.addresses.take_paid(self._digest(address), self.wall())

    def _digest(self, address: str) -> str:
        key = self.house.secret.signing
        return f"a:{blake2b(address.encode(), key=key, digest_size=16).hexdigest()}"

    def pay(self, name: str, lot: Lot) -> int:
        """Pay for calls where all processes count them."""
        return pay(self.house.database, name, lot)

    def _limit(self, per_minute: int) -> Limit:
        return Limit(per_minute, per_minute, self.pay, max(1, per_minute // _LOTS))

    def _default(self, name: str) -> int:
        return whole(self.house.defaults, name)
