"""A database that is open: SQLite in a file of our own, or PostgreSQL, with the same code.

A transaction that will write takes SQLite's one place for writers at its start: one that reads
first and writes later can be refused in the middle, which no waiting mends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from askdoc.assistant.talk.transcript import json_text
from askdoc.storage.failures import BadAddress, NoDriver, Unreachable, told

# A transaction, as those hold it who know nothing of the library behind it.
Kept = Connection
_WAIT_SECONDS = 15
_CONNECT_SECONDS = 10
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_ON_CONNECTING = (
    f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    # What was kept stays kept when the power fails: some builds of SQLite are less careful.
    "PRAGMA synchronous = FULL",
    # What is forgotten is overwritten with zeros, not only marked as free.
    "PRAGMA secure_delete = ON",
)


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, how it is shown to a person, and its file (None: a server)."""

    engine: Engine
    shown: str
    file: Path | None
    _writers: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with told(self.shown), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or nothing."""
        with (
            self._in_turn(),
            told(self.shown),
            self.engine.execution_options(writes=True).begin() as connection,
        ):
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer of this process at a time on a file: SQLite itself lets others sleep and ask
        again, which costs each many times its own write. Who waited too long lets SQLite say so."""
        held = self.file is not None and self._writers.acquire(timeout=_WAIT_SECONDS)
        try:
            yield
        finally:
            if held:
                self._writers.release()

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction."""
        with told(self.shown):
            held = self.engine.raw_connection()
            try:
                yield held.driver_connection
            finally:
                held.close()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


@dataclass(frozen=True, slots=True)
class _Joined(Database):
    """The same database, inside a transaction that somebody else began and will end."""

    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self.connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        yield self.connection


def joined(database: Database, connection: Connection) -> Database:
    """The database as seen from inside this transaction: what is written there is part of it."""
    return _Joined(database.engine, database.shown, database.file, connection)


def connect(at: Path | str) -> Database:
    """The database at a file, or at a URL of SQLite or PostgreSQL. It has no tables yet, perhaps.

    A file that is missing is made, for its owner alone. Raises BadAddress, NoDriver, Unreachable.
    """
    if isinstance(at, Path):
        return _file(at)
    try:
        url = make_url(at)
    except (ArgumentError, ValueError):
        # Without its cause, which shows the address and the password in it.
        raise BadAddress from None
    if url.drivername == "sqlite" and url.database and not url.query:
        return _file(Path(url.database))
    if url.drivername in _POSTGRES and url.database:
        return _server(url.set(drivername="postgresql+psycopg"))
    raise BadAddress


def _file(file: Path) -> Database:
    file = file.absolute()
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as failed:
        raise Unreachable(database=file) from failed
    # `rw` never makes a file: one that is removed while we run is missed, not silently begun anew.
    url = URL.create(
        "sqlite", database=f"file:{quote(str(file))}", query={"mode": "rw", "uri": "true"}
    )
    # Errors of the library show what was to be written; with `hide_parameters` they do not.
    engine = create_engine(
        url, json_serializer=json_text, hide_parameters=True, pool_timeout=_WAIT_SECONDS
    )
    event.listen(engine, "connect", _begin_ourselves)
    event.listen(engine, "begin", _begin)
    return Database(engine, str(file), file)


def _begin_ourselves(connection: Any, _record: object) -> None:
    # The driver would begin a transaction only at the first write.
    connection.isolation_level = None
    for line in _ON_CONNECTING:
        connection.execute(line)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _server(url: URL) -> Database:
    try:
        engine = create_engine(
            url,
            json_serializer=json_text,
            hide_parameters=True,
            pool_timeout=_WAIT_SECONDS,
            # A server that was started again is found again.
            pool_pre_ping=True,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    except ModuleNotFoundError:
        raise NoDriver from None
    return Database(engine, f"{url.host or 'localhost'}/{url.database}", None)
