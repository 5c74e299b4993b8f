"""How fast an account sends, counted in the database, so that several processes share it.

A turn is taken and not asked for: sends are spread evenly, and nobody who waits is overtaken.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite

from askdoc.channels import TryLater
from askdoc.storage.database import Database
from askdoc.storage.messaging_tables import budgets

_MICROSECONDS = 1_000_000


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

    def turn(self, name: str) -> float:
        now = round(self._clock().timestamp() * _MICROSECONDS)
        next_at = budgets.c.next_at
        begins = case((next_at > now, next_at), else_=now)
        taken = (
            update(budgets)
            .where(budgets.c.name == name, next_at <= now + self._longest)
            .values(next_at=begins + self._interval)
            .returning(next_at)
        )
        with self._database.writing() as connection:
            after: int | None = connection.scalar(taken)
            if after is None:
                insert: Any = postgresql.insert if self._database.file is None else sqlite.insert
                connection.execute(
                    insert(budgets).values(name=name, next_at=now).on_conflict_do_nothing()
                )
                after = connection.scalar(taken)
        if after is None:
            raise TryLater(seconds=self._longest / _MICROSECONDS)
        waits: int = max(0, after - self._interval - now)
        return waits / _MICROSECONDS
