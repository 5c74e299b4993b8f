"""Threads that write to one file: one sync for many, and each hears the truth about their own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from askdoc.storage.database import Database, connect
from askdoc.storage.failures import Busy
from askdoc.storage.writers import Writers

PUT = text("INSERT INTO told (id) VALUES (:id)")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = connect(tmp_path / "writers.db")
    with opened.bare() as driver:
        driver.execute("PRAGMA journal_mode = WAL")
    with opened.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE told (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (told INTEGER REFERENCES told (id))")
    yield opened
    opened.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def put(database: Database, id: int) -> None:
    with database.writing() as connection:
        connection.execute(PUT, {"id": id})


def kept(database: Database) -> list[int]:
    """What another connection sees, as another process does."""
    there = sqlite3.connect(str(database.file))
    try:
        return [row[0] for row in there.execute("SELECT id FROM told ORDER BY id")]
    finally:
        there.close()


def begun_with_others_waiting(
    database: Database,
    pool: ThreadPoolExecutor,
    others: list[Callable[[], None]],
    gives_up: bool = False,
) -> tuple[Event, list[Future[None]]]:
    """A writer who is in the middle while others come; it puts 0 and ends when it is let."""
    is_in, let = Event(), Event()

    def first() -> None:
        with database.writing() as connection:
            connection.execute(PUT, {"id": 0})
            is_in.set()
            assert let.wait(10)
            if gives_up:
                raise LookupError

    writers = [pool.submit(first)]
    assert is_in.wait(10)
    for count, other in enumerate(others, 1):
        writers.append(pool.submit(other))
        while len(database._writers._line) < count:
            Event().wait(0.001)
    return let, writers


def test_each_is_kept_when_its_call_returns_in_fewer_commits_than_there_are_writers(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    commits = 0

    def committed(_: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(database.engine, "commit", committed)

    def call(id: int) -> bool:
        put(database, id)
        return id in kept(database)

    assert all(pool.map(call, range(400)))
    assert kept(database) == list(range(400))
    assert commits < 400


def test_those_who_waited_are_in_one_commit_and_nothing_is_seen_before_it(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    seen: list[list[int]] = []

    def last() -> None:
        with database.writing() as connection:
            connection.execute(PUT, {"id": 2})
            seen.append(kept(database))

    let, writers = begun_with_others_waiting(database, pool, [lambda: put(database, 1), last])
    let.set()
    for one in writers:
        one.result(10)
    assert (seen, kept(database)) == ([[]], [0, 1, 2])


def test_who_gives_up_loses_their_own_writes_alone(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    def give_up() -> None:
        with database.writing() as connection:
            connection.execute(PUT, {"id": 1})
            raise LookupError

    def collide() -> None:
        with database.writing() as connection:
            connection.execute(PUT, {"id": 2})
            connection.execute(PUT, {"id": 0})

    let, writers = begun_with_others_waiting(
        database, pool, [give_up, collide, lambda: put(database, 3)]
    )
    let.set()
    failures = [type(one.exception(10)) for one in writers]
    assert failures == [type(None), LookupError, IntegrityError, type(None)]
    assert kept(database) == [0, 3]


def test_the_first_may_give_up_and_those_who_waited_go_on(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    let, writers = begun_with_others_waiting(
        database, pool, [lambda: put(database, 1), lambda: put(database, 2)], gives_up=True
    )
    let.set()
    assert [type(one.exception(10)) for one in writers] == [LookupError, type(None), type(None)]
    assert kept(database) == [1, 2]


def test_all_hear_of_a_commit_that_failed_and_the_next_ones_go_on(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    def refer_to_nobody() -> None:
        with database.writing() as connection:
            # Looked at only at the end.
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql("INSERT INTO child (told) VALUES (99)")

    let, writers = begun_with_others_waiting(
        database, pool, [lambda: put(database, 1), refer_to_nobody]
    )
    let.set()
    assert all(isinstance(one.exception(10), IntegrityError) for one in writers)
    assert kept(database) == []
    put(database, 5)
    assert kept(database) == [5]


def test_what_need_not_wait_for_the_disk_is_not_mixed_with_what_must(
    database: Database, pool: ThreadPoolExecutor
) -> None:
    seen: list[list[int]] = []

    def note() -> None:
        with database.noting() as connection:
            seen.append(kept(database))
            connection.execute(PUT, {"id": 1})

    let, writers = begun_with_others_waiting(database, pool, [note, lambda: put(database, 2)])
    let.set()
    for one in writers:
        one.result(10)
    assert (seen, kept(database)) == ([[0]], [0, 1, 2])


def test_who_waits_too_long_is_told_so_and_is_not_called_later(database: Database) -> None:
    line = Writers(wait_seconds=0.05)
    with ThreadPoolExecutor(1) as one, line.alone():

        def wait() -> None:
            with line.alone():
                raise AssertionError

        with pytest.raises(WaitedTooLong):
            one.submit(wait).result(10)
    with line.alone():
        pass


def test_a_file_that_another_process_holds_is_busy(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "held.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    held = connect(tmp_path / "held.db")
    with held.bare() as driver:
        driver.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(Busy), held.writing():
        pass
    holder.rollback()
    with held.writing():
        pass
    held.close()
