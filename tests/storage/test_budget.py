"""The rate of an account: turns evenly spread, shared by processes, never saved up."""

from datetime import datetime, timedelta

import pytest

from askdoc.channels import TryLater
from askdoc.storage.budget import SqlBudget
from askdoc.storage.database import connect
from askdoc.storage.migrating import migrate

from .conftest import NOW, Address


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_two_processes_share_one_rate(address: Address) -> None:
    clock, sent = Clock(), []
    databases = [connect(address) for _ in range(2)]
    migrate(databases[0])
    shares = [SqlBudget(one, 0.1, clock, longest_wait=60) for one in databases]
    for at in range(60):
        sent.append(shares[at % 2].turn("bot"))
    assert max(sent[at] - sent[at - 1] for at in range(1, 60)) < 1.0
    assert len(set(sent)) == 60
    assert max(sent) >= 5.9
    for one in databases:
        one.close()


def test_turns_that_nobody_used_are_no_burst_later(address: Address) -> None:
    clock = Clock()
    database = connect(address)
    migrate(database)
    budget = SqlBudget(database, 0.1, clock)
    assert budget.turn("bot") == 0
    clock.now += timedelta(minutes=1)
    waits = [budget.turn("bot") for _ in range(10)]
    # Two may catch up, and no more.
    assert waits == [pytest.approx(max(0.0, 0.1 * (at - 2))) for at in range(10)]
    database.close()


def test_whoever_would_wait_too_long_is_told_to_come_later(address: Address) -> None:
    database = connect(address)
    migrate(database)
    budget = SqlBudget(database, 1.0, Clock(), longest_wait=5)
    for _ in range(8):
        budget.turn("bot")
    with pytest.raises(TryLater):
        budget.turn("bot")
    assert budget.turn("another bot") == 0
    database.close()
