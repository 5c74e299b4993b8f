"""A database that is open: SQLite in a file of our own, or PostgreSQL, with the same code.

A transaction that will write takes SQLite's one place for writers at its start: one that reads
first and writes later can be refused in the middle, which no waiting mends.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from askdoc.assistant.talk.transcript import json_text
from askdoc.storage.failures import BadAddress, Damaged, NoDriver, Unreachable, told
from askdoc.storage.writers import WAIT_SECONDS, Writers

# A transaction, as those hold it who know nothing of the library behind it.
Kept = Connection
_CONNECT_SECONDS = 10
# So many connections of a file stay put together between transactions.
_MOST_IDLE = 4
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
# Which file a connection was made to, in what is noted of it.
_FILE = "file"
# What was kept stays kept when the power fails: some builds of SQLite are less careful.
_SYNCED, _REFERRED = "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON"
_ON_CONNECTING = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    _REFERRED,
    _SYNCED,
    # What is forgotten is overwritten with zeros, not only marked as free.
    "PRAGMA secure_delete = ON",
)


@dataclass(frozen=True, slots=True)
class _Differs:
    """How one transaction differs: on a file what is said before and after, on a server within."""

    before: str
    after: str
    on_server: str | None = None


_UNSYNCED = _Differs("PRAGMA synchronous = NORMAL", _SYNCED, "SET LOCAL synchronous_commit = off")
_UNREFERRED = _Differs("PRAGMA foreign_keys = OFF", _REFERRED)


def _commit(connection: Connection, driver: Any) -> None:
    """Keep what was written to a file. What is not kept is undone by closing."""
    try:
        # The library knows of a transaction only where a statement went its way.
        if connection.in_transaction():
            connection.commit()
        else:
            driver.commit()
    except BaseException:
        # The library takes it for ended, and would give it out as it stands.
        driver.rollback()
        raise


@dataclass(frozen=True, slots=True)
class Database:
    """An engine, how it is shown to a person, and its file (None: a server)."""

    engine: Engine
    shown: str
    file: Path | None
    _writers: Writers = field(default_factory=Writers, init=False, repr=False, compare=False)
    _idle: list[Connection] = field(default_factory=list, init=False, repr=False, compare=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with told(self.shown), self._begun("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write: all of it is kept, or nothing.

        On a file, threads that wait share one commit: see `writers`.
        """
        with told(self.shown):
            if self.file is None:
                with self._begun("BEGIN") as connection:
                    yield connection
            else:
                with self._writers.together(lambda: self._begun("BEGIN IMMEDIATE")) as connection:
                    yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """As `writing`, without waiting for the disk: others see it, and no crash of ours loses it.

        It is on the disk as soon as anything is that was written later; a power cut before that
        loses it. For what must be there no sooner than what follows from it.
        """
        with self._in_turn(), self._begun("BEGIN IMMEDIATE", _UNSYNCED) as connection:
            yield connection

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A transaction that may make tables anew; on a file nothing follows a table that goes.

        SQLite changes a column by copying its table, and would delete every row that refers to it.
        Raises Damaged when a row refers to nothing at the end.
        """
        with self._in_turn(), self._begun("BEGIN IMMEDIATE", _UNREFERRED) as connection:
            yield connection
            if self.file and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise Damaged(database=self.shown)

    @contextmanager
    def _begun(self, begin: str, differs: _Differs | None = None) -> Iterator[Connection]:
        """A transaction. On a file we begin it ourselves, straight with the driver: a listener of
        the library would do it too, and would make each statement cost half as much again."""
        with self._connected() as connection:
            if self.file is None:
                with connection.begin():
                    if differs is not None and differs.on_server is not None:
                        connection.exec_driver_sql(differs.on_server)
                    yield connection
                return
            driver: Any = connection.connection.driver_connection
            if differs is not None:
                # Inside a transaction it would not be heard.
                driver.execute(differs.before)
            try:
                driver.execute(begin)
                yield connection
                _commit(connection, driver)
            except BaseException:
                if differs is not None:
                    # Whoever comes next gets a new one, in whatever state this one is.
                    connection.invalidate()
                raise
            if differs is not None:
                driver.execute(differs.after)
            if begin != "BEGIN" and not _is_to(connection, self.file):
                # What was written is in a file that nobody will find again.
                raise Unreachable(database=self.shown)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection. That of a file is kept for whoever comes next: to take one out of the
        library's pool and to give it back costs more than a statement does."""
        if self.file is None:
            with self.engine.connect() as connection:
                yield connection
            return
        connection = self._to_the_file_at(self.file)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if len(self._idle) < _MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _to_the_file_at(self, path: Path) -> Connection:
        """A connection to the file that is there now: one that was kept would go on writing to a
        file that is no longer there, or that another was put in the place of, and lose it all."""
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self.engine.connect()
            if _is_to(connection, path):
                return connection
            connection.invalidate()
            connection.close()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer of this process at a time on a file: SQLite itself lets others sleep and ask
        again, which costs each many times its own write."""
        with told(self.shown):
            if self.file is None:
                yield
            else:
                with self._writers.alone():
                    yield

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction."""
        with told(self.shown), self._connected() as connection:
            yield connection.connection.driver_connection

    def close(self) -> None:
        """Give back every connection."""
        while self._idle:
            self._idle.pop().close()
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

    @contextmanager
    def noting(self) -> Iterator[Connection]:
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
        url, json_serializer=json_text, hide_parameters=True, pool_timeout=WAIT_SECONDS
    )

    def connected(connection: Any, record: Any) -> None:
        # The driver would begin a transaction only at the first write.
        connection.isolation_level = None
        for line in _ON_CONNECTING:
            connection.execute(line)
        record.info[_FILE] = _standing_at(file)

    event.listen(engine, "connect", connected)
    return Database(engine, str(file), file)


def _is_to(connection: Connection, path: Path) -> bool:
    """Whether a connection is to the file that is there now.

    One that was made while the file went away was noted as made to none, and is to none.
    """
    there = _standing_at(path)
    return there is not None and connection.info[_FILE] == there


def _standing_at(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to (None: there is none)."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _server(url: URL) -> Database:
    try:
        engine = create_engine(
            url,
            json_serializer=json_text,
            hide_parameters=True,
            pool_timeout=WAIT_SECONDS,
            # A server that was started again is found again.
            pool_pre_ping=True,
            connect_args={"connect_timeout": _CONNECT_SECONDS},
        )
    except ModuleNotFoundError:
        raise NoDriver from None
    return Database(engine, f"{url.host or 'localhost'}/{url.database}", None)
