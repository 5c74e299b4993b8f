"""How fast an account sends, counted in the database, so that several processes share it.

Turns are taken a few at a time, because each visit to the database syncs the disk. What a reader
would not guess: a turn that was not used in its time is lost, so that turns saved up while nobody
sent never come out as a burst.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.channels import TryLater
from askdoc.storage.database import Database
from askdoc.storage.messaging_tables import budgets

_MICROSECONDS = 1_000_000
_AT_ONCE = 8
# A sender held up this many turns may catch up; a longer pause is not made good.
_LATE = 2


class SqlBudget:
    """`Budget` over SQLite or PostgreSQL: one turn every `interval` seconds for each name.

    Whoever would wait longer than `longest_wait` seconds gets no turn.
    """

    def __init__(
        self,
        database: Database,
        interval: float,
        clock: Callable[[], datetime],
        longest_wait: float = 2.0,
    ) -> None:
        self._database = database
        self._interval = round(interval * _MICROSECONDS)
        self._clock = clock
        self._longest = round(longest_wait * _MICROSECONDS)
        self._turns: dict[str, deque[int]] = {}
        self._lock = Lock()

    def turn(self, name: str) -> float:
        if self._interval == 0:
            return 0.0
        with self._lock:
            now = round(self._clock().timestamp() * _MICROSECONDS)
            ours = self._turns.setdefault(name, deque())
            while ours and ours[0] < now - _LATE * self._interval:
                ours.popleft()
            if not ours:
                first = self._taken(name, now)
                ours.extend(first + at * self._interval for at in range(_AT_ONCE))
            return max(0, ours.popleft() - now) / _MICROSECONDS

    def _taken(self, name: str, now: int) -> int:
        """The moment of the first of the next turns, which are ours now. Raises TryLater."""
        next_at = budgets.c.next_at
        earliest = now - _LATE * self._interval
        begins = case((next_at > earliest, next_at), else_=earliest)
        taken = (
            update(budgets)
            .where(budgets.c.name == name, next_at <= now + self._longest)
            .values(next_at=begins + _AT_ONCE * self._interval)
            .returning(next_at)
        )
        with self._database.writing() as connection:
            after: int | None = connection.scalar(taken)
            if after is None:
                insert: Any = postgresql.insert if self._database.file is None else sqlite.insert
                fresh = insert(budgets).values(name=name, next_at=now)
                connection.execute(fresh.on_conflict_do_nothing())
                after = connection.scalar(taken)
        if after is None:
            raise TryLater(seconds=self._longest / _MICROSECONDS)
        return after - _AT_ONCE * self._interval
