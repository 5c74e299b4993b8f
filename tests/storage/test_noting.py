"""A note waits for no disk, and only a note: whoever comes next on its connection waits again."""

import pytest
from sqlalchemy import Connection

from askdoc.storage.database import Database, joined

_WAITS = {"2", "on"}


def how(database: Database, connection: Connection) -> str:
    """Whether a commit waits for the disk, as the database says it."""
    asked = "SHOW synchronous_commit" if database.file is None else "PRAGMA synchronous"
    return str(connection.exec_driver_sql(asked).scalar_one())


def note_and_fail(database: Database) -> None:
    with database.noting() as kept:
        kept.exec_driver_sql("CREATE TABLE noted (id INTEGER)")
        raise KeyError


def test_a_note_does_not_wait_and_the_next_change_does(database: Database) -> None:
    with database.noting() as kept:
        assert how(database, kept) not in _WAITS
        kept.exec_driver_sql("CREATE TABLE noted (id INTEGER)")
    with database.writing() as kept:
        assert how(database, kept) in _WAITS
        assert kept.exec_driver_sql("SELECT count(*) FROM noted").scalar_one() == 0


def test_a_note_that_fails_leaves_nothing_and_the_next_change_waits(database: Database) -> None:
    with pytest.raises(KeyError):
        note_and_fail(database)
    with database.writing() as kept:
        assert how(database, kept) in _WAITS
        kept.exec_driver_sql("CREATE TABLE noted (id INTEGER)")


def test_a_note_inside_a_change_is_part_of_it(database: Database) -> None:
    with database.writing() as kept, joined(database, kept).noting() as noted:
        assert noted is kept
        assert how(database, noted) in _WAITS
