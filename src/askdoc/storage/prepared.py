"""Statements that every turn runs: put together once, and on a file given straight to its driver.

The library's own way to the same cursor costs many times what SQLite does with the statement. A
server is asked the library's way, for there the way to it costs more than both. What goes in and
what comes out is turned by the types of the tables' columns either way.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import IntegrityError

_ON_A_FILE = "sqlite"
Turned = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as SQLite's driver takes it: its text, what is bound where, what comes back."""

    text: str
    constants: Mapping[str, Any]
    binds: tuple[tuple[str, Turned | None], ...]
    row: Callable[[Iterable[Any]], Any]
    reads: tuple[tuple[int, Turned], ...]

    def bound(self, given: Mapping[str, Any]) -> list[Any]:
        values = {**self.constants, **given}
        return [values[name] if turn is None else turn(values[name]) for name, turn in self.binds]

    def read(self, found: Sequence[Any]) -> Any:
        values = list(found)
        for place, turn in self.reads:
            values[place] = turn(values[place])
        return self.row(values)


class Prepared:
    """A statement with named values. `columns`: which of them an insert fills, where not all."""

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._columns = columns
        self._ready: _Ready | None = None

    def rows(self, kept: Connection, given: Mapping[str, Any]) -> Sequence[Any]:
        """What it gives back, each row with its columns by name."""
        if kept.dialect.name != _ON_A_FILE:
            return kept.execute(self.statement, given).all()
        ready = self._made(kept.dialect)
        found = _driver(kept).execute(ready.text, ready.bound(given)).fetchall()
        return [ready.read(one) for one in found]

    def first(self, kept: Connection, given: Mapping[str, Any]) -> Any:
        """The first row it gives back; None where there is none."""
        found = self.rows(kept, given)
        return found[0] if found else None

    def count(self, kept: Connection, given: Mapping[str, Any]) -> int:
        """How many rows it put in or changed. Raises IntegrityError as the library does."""
        if kept.dialect.name != _ON_A_FILE:
            # Without being asked, PostgreSQL's driver does not say how many rows an insert added.
            asking = {"preserve_rowcount": True}
            return kept.execute(self.statement, given, execution_options=asking).rowcount
        ready = self._made(kept.dialect)
        try:
            counted: int = _driver(kept).execute(ready.text, ready.bound(given)).rowcount
        except sqlite3.IntegrityError as failed:
            # Without what was to be written, which may name a person.
            raise IntegrityError(ready.text, None, failed) from failed
        return counted

    def run(self, kept: Connection, *given: Mapping[str, Any]) -> None:
        """Do it with each of these, where nothing comes back."""
        if kept.dialect.name == _ON_A_FILE:
            ready = self._made(kept.dialect)
            _driver(kept).executemany(ready.text, [ready.bound(one) for one in given])
        elif given:
            kept.execute(self.statement, given)

    def _made(self, dialect: Dialect) -> _Ready:
        if self._ready is None:
            self._ready = _ready(self.statement, dialect, self._columns)
        return self._ready


def _driver(kept: Connection) -> Any:
    return kept.connection.driver_connection


def _row_of(names: list[str]) -> Callable[[Iterable[Any]], Any]:
    kind: Any = namedtuple("Row", names)  # type: ignore[misc]
    made: Callable[[Iterable[Any]], Any] = kind._make
    return made


def _ready(statement: Any, dialect: Dialect, columns: Sequence[str] | None) -> _Ready:
    made = statement.compile(dialect=dialect, column_keys=columns)
    binds = {name: made.binds[name] for name in made.positiontup}
    given_back = list(statement.exported_columns)
    turns = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in given_back]
    return _Ready(
        text=str(made),
        constants={name: one.value for name, one in binds.items() if not one.required},
        binds=tuple(
            (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in made.positiontup
        ),
        row=_row_of([one.key for one in given_back]),
        reads=tuple((place, turn) for place, turn in enumerate(turns) if turn is not None),
    )
