"""How often one person and one address may call: a bucket that fills at a steady rate.

It lives in the process: with several processes each counts its own share, so the true limit is the
number of processes times this one. Buckets that are full again are forgotten.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil
from threading import Lock

from askdoc.wording import AskdocError

_MOST_BUCKETS = 20_000


class TooOften(AskdocError):
    """More calls than the limit. Field `seconds`: when the next one is let through."""

    code = "identity.too_often"


@dataclass(slots=True)
class Limit:
    """At most `burst` calls at once, and `per_minute` in the long run, for each name."""

    per_minute: float
    burst: int
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, name: str, seconds: float) -> None:
        """One call of `name` at a steady clock's `seconds`. Raises TooOften."""
        rate = self.per_minute / 60
        with self._lock:
            left, before = self._buckets.pop(name, (float(self.burst), seconds))
            left = min(float(self.burst), left + max(0.0, seconds - before) * rate)
            allowed = left >= 1
            self._buckets[name] = (left - 1 if allowed else left, seconds)
            while len(self._buckets) > _MOST_BUCKETS:
                self._buckets.popitem(last=False)
        if not allowed:
            raise TooOften(seconds=ceil((1 - left) / rate))
