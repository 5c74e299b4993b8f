"""What can go wrong with a database, said so that a person can act on it.

The only place that knows the error codes of SQLite and PostgreSQL. What it does not know is a
defect of ours and goes through unchanged.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from askdoc.wording import AskdocError


class BadAddress(AskdocError):
    """The address of the database is of no kind that we know."""

    code = "storage.bad_address"


class NoDriver(AskdocError):
    """What talks to PostgreSQL is not installed."""

    code = "storage.no_driver"


class Unreachable(AskdocError):
    """The database is gone, full, or does not let us in."""

    code = "storage.unreachable"


class Busy(AskdocError):
    """Others held the database for longer than we wait."""

    code = "storage.busy"


class Damaged(AskdocError):
    """What is there cannot be read as a database of askdoc. Nothing was written."""

    code = "storage.damaged"


class NewerDatabase(AskdocError):
    """A newer askdoc has changed the tables. Nothing was written."""

    code = "storage.newer"


_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# Our statements are sound (the tests run them all): a plain error, or none at all when text cannot
# be decoded, means that tables or texts are no longer what we wrote.
_SQLITE_DAMAGED = {0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SQLITE_GONE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
# Serialisation failure, deadlock, lock not available, cancelled for taking too long.
_POSTGRES_BUSY = ("40", "55P03", "57014")
_POSTGRES_DAMAGED = ("XX001", "XX002")
# Connection, authorisation, no such database, not allowed, a read-only standby, out of resources,
# shutting down, trouble with the disk.
_POSTGRES_GONE = ("08", "28", "3D", "42501", "25006", "53", "57", "58")


@contextmanager
def told(database: str) -> Iterator[None]:
    """Raise the library's errors as ours. `database` is how it is shown, without a password."""
    try:
        yield
    except exc.TimeoutError as failed:
        raise Busy(database=database) from failed
    except (exc.DBAPIError, sqlite3.Error) as failed:
        kind = _sqlite_kind(failed) if isinstance(failed, sqlite3.Error) else _kind(failed)
        if kind is None:
            raise
        raise kind(database=database) from failed
    except ValueError as failed:
        # A text, a moment or JSON that cannot be read back.
        raise Damaged(database=database) from failed


def _kind(failed: exc.DBAPIError) -> type[AskdocError] | None:
    if isinstance(failed.orig, sqlite3.Error):
        return _sqlite_kind(failed.orig)
    state = getattr(failed.orig, "sqlstate", None)
    if state is None:
        return _driver_kind(failed)
    if state.startswith(_POSTGRES_BUSY):
        return Busy
    if state.startswith(_POSTGRES_DAMAGED):
        return Damaged
    return Unreachable if state.startswith(_POSTGRES_GONE) else None


def _driver_kind(failed: exc.DBAPIError) -> type[AskdocError] | None:
    """What PostgreSQL's driver says by itself, without having asked the server."""
    if isinstance(failed, exc.ProgrammingError):
        # An option of the address that it does not know.
        return BadAddress
    return Unreachable if isinstance(failed, exc.OperationalError) else None


def _sqlite_kind(failed: sqlite3.Error) -> type[AskdocError] | None:
    if isinstance(failed, (sqlite3.ProgrammingError, sqlite3.InterfaceError)):
        return None
    # The lowest byte is the error, the rest says where it came from.
    code = getattr(failed, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_BUSY:
        return Busy
    if code in _SQLITE_DAMAGED:
        return Damaged
    return Unreachable if code in _SQLITE_GONE else None
