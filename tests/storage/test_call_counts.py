"""The calls of a person, counted together by all processes, on each kind of database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from askdoc.identity.limits import Limit, Lot, Pay, TooOften
from askdoc.storage.call_counts import drop_spent, pay
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.testing import memory_pay

from .conftest import Address

AT = 1_790_000_000.0


@pytest.fixture
def databases(address: Address) -> Iterator[list[Database]]:
    """Two processes over one database."""
    found = [connect(address) for _ in range(2)]
    migrate(found[0])
    yield found
    for one in found:
        one.close()


def let_through(limit: Limit, at: float, tries: int = 300) -> int:
    found = 0
    for _ in range(tries):
        try:
            limit.take("p:1", at)
        except TooOften:
            continue
        found += 1
    return found


def limits(databases: list[Database], **given: int) -> list[Limit]:
    return [Limit(120, 120, partial(pay, one), **given) for one in databases]


def test_two_processes_let_through_what_one_would(databases: list[Database]) -> None:
    first, second = limits(databases, lot=10)
    assert let_through(first, AT) + let_through(second, AT) == 120
    # Two a second, whoever asks.
    assert let_through(first, AT + 5) + let_through(second, AT + 5) == 10


def test_processes_that_do_not_share_let_through_twice_as_much() -> None:
    """The control: this is what sharing prevents."""
    alone = [Limit(120, 120, memory_pay(), lot=10) for _ in range(2)]
    assert sum(let_through(one, AT) for one in alone) == 240


def test_racing_processes_never_get_more_than_the_burst(databases: list[Database]) -> None:
    both = limits(databases, lot=10)
    with ThreadPoolExecutor(6) as threads:
        found = threads.map(lambda at: let_through(both[at % 2], AT, 60), range(6))
        assert sum(found) <= 120


def test_most_calls_ask_no_database() -> None:
    asked: list[str] = []
    counted = _counting(memory_pay(), asked)
    limit = Limit(120, 120, counted, lot=10)
    assert let_through(limit, AT, 120) == 120
    assert len(asked) == 12
    # Who is refused and goes on asking is refused from memory.
    assert let_through(limit, AT + 0.1, 500) == 0
    assert len(asked) <= 14


def _counting(inner: Pay, asked: list[str]) -> Callable[[str, Lot], int]:
    def counted(name: str, lot: Lot) -> int:
        asked.append(name)
        return inner(name, lot)

    return counted


def test_calls_that_were_paid_and_not_made_in_time_are_lost(databases: list[Database]) -> None:
    limit = Limit(60, 60, partial(pay, databases[0]), lot=20)
    limit.take("p:1", AT)
    # Eleven seconds later the bucket has filled by eleven, and what was paid before is gone.
    assert let_through(limit, AT + 11) == 60 - 20 + 11


def test_names_that_have_not_called_for_long_are_forgotten(databases: list[Database]) -> None:
    limit = limits(databases)[0]
    limit.take("p:1", AT)
    with databases[0].writing() as connection:
        assert drop_spent(connection, round(AT * 1_000_000)) == 0
        assert drop_spent(connection, round((AT + 60) * 1_000_000)) == 1
