"""How often one person and one address may call, counted together by all processes.

What is counted is a moment: until when the calls of a name are paid for. A process pays for
several calls at once, so that most calls ask no database. What it has paid and not used in time is
lost, so in the long run nobody gets more than the rate; at one moment nobody gets more than the
burst and one lot for each process.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from askdoc.wording import AskdocError

_MOST_NAMES = 20_000
_GOOD_SECONDS = 10.0
_MICROSECONDS = 1_000_000


class TooOften(AskdocError):
    """More calls than the limit. Field `seconds`: when the next one is let through."""

    code = "identity.too_often"


@dataclass(frozen=True, slots=True)
class Lot:
    """Calls that are paid for at once. `most`: how far after `now` a name may have paid. All in
    microseconds."""

    now: int
    price: int
    most: int


# Pays for a lot of a name; 0 when it is paid, else how many microseconds too early it came.
Pay = Callable[[str, Lot], int]


@dataclass(slots=True)
class _Held:
    """What this process knows of a name: calls that are paid, until when, or a refusal."""

    calls: int = 0
    good_until: float = 0.0
    refused_until: float = 0.0


@dataclass(slots=True)
class Limit:
    """At most `burst` calls at once, and `per_minute` in the long run, for each name.

    A process pays for `lot` calls at a time.
    """

    per_minute: float
    burst: int
    pay: Pay
    lot: int = 1
    _held: OrderedDict[str, _Held] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, name: str, seconds: float) -> None:
        """One call of `name` at `seconds` of a clock that all processes share. Raises TooOften."""
        if self.take_paid(name, seconds):
            return
        with self._lock:
            held = self._held.setdefault(name, _Held())
            self._held.move_to_end(name)
            while len(self._held) > _MOST_NAMES:
                self._held.popitem(last=False)
            refused = held.refused_until - seconds
        if refused > 0:
            raise TooOften(seconds=ceil(refused))
        self._pay_for_more(name, held, seconds)

    def take_paid(self, name: str, seconds: float) -> bool:
        """One call of `name` that is paid for already, if there is one; asks no database."""
        with self._lock:
            held = self._held.get(name)
            if held is None or not held.calls or seconds >= held.good_until:
                return False
            held.calls -= 1
            self._held.move_to_end(name)
            return True

    def _pay_for_more(self, name: str, held: _Held, seconds: float) -> None:
        """Pay for a lot, or for this call alone when no more is left. Raises TooOften."""
        for calls in dict.fromkeys((self.lot, 1)):
            early = self.pay(name, self._priced(calls, seconds))
            if early == 0:
                with self._lock:
                    left = held.calls if seconds < held.good_until else 0
                    held.calls, held.good_until = left + calls - 1, seconds + _GOOD_SECONDS
                return
        wait = early / _MICROSECONDS
        held.refused_until = seconds + wait
        raise TooOften(seconds=ceil(wait))

    def _priced(self, calls: int, seconds: float) -> Lot:
        interval = 60 * _MICROSECONDS / self.per_minute
        return Lot(
            now=round(seconds * _MICROSECONDS),
            price=round(calls * interval),
            most=round(self.burst * interval),
        )
