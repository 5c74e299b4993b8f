"""Brings the tables of a database to what this code needs, when it is opened.

All of it is one transaction, and one process does it at a time: a crash leaves the old tables, a
second start waits and finds them done. Alembic is loaded only when there is something to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import ColumnClause, Connection, column, inspect, select, table, text

from askdoc.storage import (  # noqa: F401  their tables are among ours
    care_tables,
    desk_tables,
    messaging_tables,
    outbox_tables,
    slot_tables,
)
from askdoc.storage.database import Database
from askdoc.storage.failures import Busy, Damaged, NewerDatabase
from askdoc.storage.tables import VERSION_TABLE, metadata

# Every revision there ever was, oldest first.
REVISIONS = tuple(f"{number:04}" for number in range(1, 23))
MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT_SECONDS = 30
# Any number that nobody else locks in the same PostgreSQL database.
_POSTGRES_LOCK = 0x61736B646F63


def migrate(database: Database) -> None:
    """Make or renew the tables. Raises NewerDatabase, Damaged, Busy, Unreachable."""
    if _is_ready(database):
        return
    with _alone(database), database.rebuilding() as connection:
        if database.file is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _POSTGRES_LOCK})
        if _revision(connection, database.shown) != REVISIONS[-1]:
            _upgrade(connection)


def _is_ready(database: Database) -> bool:
    with database.reading() as connection:
        if _revision(connection, database.shown) != REVISIONS[-1]:
            return False
        if database.file is None:
            return True
        return connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def _revision(connection: Connection, shown: str) -> str | None:
    """The newest migration that was run here; None in a database without our tables."""
    there = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in there:
        # Tables of our names that are not ours: another program's database.
        if there & set(metadata.tables):
            raise Damaged(database=shown)
        return None
    version: ColumnClause[str] = column("version_num")
    revision = connection.scalar(select(version).select_from(table(VERSION_TABLE)))
    if revision is not None and revision not in REVISIONS:
        raise NewerDatabase(database=shown)
    return revision


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """No other process prepares this file; the switch to WAL does not wait for its turn itself."""
    if database.file is None:
        yield
        return
    try:
        with FileLock(f"{database.file}.lock", timeout=_WAIT_SECONDS, mode=0o600):
            with database.bare() as connection:
                connection.execute("PRAGMA journal_mode = WAL")
            yield
    except Timeout as failed:
        raise Busy(database=database.shown) from failed


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
