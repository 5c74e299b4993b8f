"""Messages kept together: each once, each caller told the truth."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from askdoc.channels import Inbound
from askdoc.channels.group_commit import GroupCommit


def message(number: int) -> Inbound:
    return Inbound(
        channel="memory",
        chat="c1",
        sender="c1",
        message_id=str(number),
        at=datetime(2026, 11, 25, tzinfo=UTC),
        text="话",
    )


def test_each_is_kept_once_in_fewer_transactions_and_before_its_caller_goes_on() -> None:
    kept: list[str] = []
    transactions = 0

    def keep(messages: Sequence[Inbound]) -> None:
        nonlocal transactions
        transactions += 1
        time.sleep(0.002)
        kept.extend(one.message_id for one in messages)

    commit = GroupCommit(keep)

    def call(number: int) -> bool:
        commit.keep(message(number))
        return str(number) in kept

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(call, range(400)))
    assert sorted(kept, key=int) == [str(number) for number in range(400)]
    assert transactions < 200


def test_all_of_a_transaction_that_failed_hear_so_and_the_next_ones_go_on() -> None:
    broken = True

    def keep(messages: Sequence[Inbound]) -> None:
        time.sleep(0.002)
        if broken:
            raise OSError("the disk is gone")

    commit = GroupCommit(keep)

    def call(number: int) -> bool:
        try:
            commit.keep(message(number))
        except OSError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(call, range(40)))
        broken = False
        assert all(pool.map(call, range(40)))


def test_a_caller_alone_is_not_kept_waiting_for_others() -> None:
    commit = GroupCommit(lambda messages: None)
    commit.keep(message(1))
    with pytest.raises(ZeroDivisionError):
        GroupCommit(lambda messages: 1 // 0).keep(message(2))
