"""The durable inbox: kept once, worked on in order, settled whole or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from askdoc.channels import Inbound
from askdoc.reception.chat import Chat
from askdoc.reception.reaction import Reaction
from askdoc.storage.database import connect
from askdoc.storage.inbox import LeaseLost, SqlInbox
from askdoc.storage.migrating import migrate

from .conftest import NOW, Address

LEASE = timedelta(minutes=2)


def message(number: int, chat: str = "c1", **told: Any) -> Inbound:
    usual: dict[str, Any] = {"channel": "memory", "chat": chat, "sender": chat, "at": NOW}
    return Inbound(**(usual | {"message_id": str(number), "text": f"话{number}"} | told))


@pytest.fixture
def inbox(address: Address) -> Iterator[SqlInbox]:
    database = connect(address)
    migrate(database)
    kept = SqlInbox(database)
    yield kept
    kept.close()


def done(chat: Chat) -> Reaction:
    return Reaction(chat=chat)


def test_a_message_that_comes_again_is_kept_once(inbox: SqlInbox) -> None:
    assert inbox.keep([message(1), message(2), message(1)], NOW) == 2
    assert inbox.keep([message(2), message(3)], NOW) == 1
    assert inbox.counted() == {"waiting": 3}


def test_the_same_id_on_another_channel_is_another_message(inbox: SqlInbox) -> None:
    assert inbox.keep([message(1), message(1, channel="other")], NOW) == 2


def test_messages_of_one_chat_are_worked_on_one_after_another(inbox: SqlInbox) -> None:
    inbox.keep([message(1), message(2)], NOW)
    first = inbox.claim(NOW, LEASE)
    assert first is not None
    assert first.message.text == "话1"
    assert inbox.claim(NOW, LEASE) is None
    inbox.settle(first, done(first.chat), (), NOW)
    second = inbox.claim(NOW, LEASE)
    assert second is not None
    assert second.message.text == "话2"


def test_messages_of_two_chats_are_worked_on_at_once(inbox: SqlInbox) -> None:
    inbox.keep([message(1), message(2, chat="c2")], NOW)
    claims = [inbox.claim(NOW, LEASE), inbox.claim(NOW, LEASE)]
    assert {one.message.chat for one in claims if one} == {"c1", "c2"}


def test_a_lease_that_ran_out_keeps_nothing_of_its_work(inbox: SqlInbox) -> None:
    inbox.keep([message(1)], NOW)
    slow = inbox.claim(NOW, LEASE)
    later = NOW + LEASE + timedelta(seconds=1)
    quick = inbox.claim(later, LEASE)
    assert slow is not None
    assert quick is not None
    assert quick.attempts == 2
    inbox.settle(quick, done(quick.chat), (), later)
    with pytest.raises(LeaseLost):
        inbox.settle(slow, done(slow.chat), (), later)
    assert inbox.counted() == {"done": 1}


def test_what_was_said_goes_when_it_is_done_and_is_still_known(inbox: SqlInbox) -> None:
    inbox.keep([message(1)], NOW)
    claim = inbox.claim(NOW, LEASE)
    assert claim is not None
    inbox.settle(claim, done(claim.chat), (), NOW)
    assert inbox.keep([message(1)], NOW) == 0
    assert inbox.claim(NOW, LEASE) is None
