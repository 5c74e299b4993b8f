"""The durable inbox: kept once, worked on in order, settled whole or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from askdoc.channels import Inbound
from askdoc.channels.letters import Route
from askdoc.reception.chat import Chat, Offered, Offers, Person
from askdoc.reception.draft import draft_of
from askdoc.reception.enrolment import Enrolment, digest
from askdoc.reception.reaction import Consent, Reaction, Stop
from askdoc.storage.database import Database, connect
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.inbox import CodeUsed, LeaseLost, SqlInbox
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.transcript import SqlTranscript
from askdoc.testing.letters import letter

from .conftest import NOW, Address, turn

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


def kept_whole(database: Database, code: str) -> None:
    """A first message that agrees, links, opens a conversation, takes a turn and is answered."""
    inbox = SqlInbox(database)
    inbox.keep([message(1)], NOW)
    claim = inbox.claim(NOW, LEASE)
    assert claim is not None
    draft = draft_of(None, {})
    draft.open_conversation("memory", "resident", NOW)
    draft.append(draft.conversation, turn(), {"turn": 1})
    person = Person(
        id="p" * 32, label="我", resident="r1", conversation=draft.conversation, profile={"age": 70}
    )
    after = replace(claim.chat, consented_at=NOW, people=(person,), acting=person.id)
    reaction = Reaction(
        chat=after.offering(Offers("好", (Offered("t1", "好", "say", {"tier": "primary"}),))),
        draft=draft,
        redeems=digest(code),
        consents=(Consent("domestic", True),),
        opts_in=("r1",),
    )
    inbox.settle(claim, reaction, [letter("c1", topic="reply", unasked=False)], NOW)


def test_what_a_message_led_to_is_kept_whole_and_read_again(address: Address) -> None:
    database = connect(address)
    migrate(database)
    enrolments = SqlEnrolments(database)
    (code,) = enrolments.make_codes([Enrolment(resident="r1", label="我", made_by="n")], NOW)
    kept_whole(database, code)
    chat = enrolments.chat("memory", "c1")
    assert chat is not None
    assert chat.person is not None
    assert chat.person.profile == {"age": 70}
    assert chat.pressed("t1") is not None
    assert enrolments.has_agreed(chat.id, "domestic")
    assert enrolments.routes("r1") == (Route("memory", "c1"),)
    assert SqlOutbox(database).counted() == {"due": 1}
    assert len(SqlTranscript(database).window(chat.person.conversation or "", 9)) == 1
    inbox = SqlInbox(database)
    inbox.keep([message(2)], NOW)
    again = inbox.claim(NOW, LEASE)
    assert again is not None
    assert again.states == {chat.person.conversation: {"turn": 1}}
    stopping = Reaction(chat=replace(again.chat, people=()), stop=Stop(None, "died"))
    inbox.settle(again, stopping, (), NOW)
    assert enrolments.routes("r1") == ()
    assert {one.who for one in enrolments.stopped()} == {"r1", chat.id}
    inbox.keep([message(3)], NOW)
    last = inbox.claim(NOW, LEASE)
    assert last is not None
    inbox.settle(last, Reaction(chat=last.chat, forgets=True), (), NOW)
    assert enrolments.chat("memory", "c1") is None
    database.close()


def test_a_code_that_another_chat_used_meanwhile_keeps_nothing(address: Address) -> None:
    database = connect(address)
    migrate(database)
    (code,) = SqlEnrolments(database).make_codes(
        [Enrolment(resident="r1", label="我", made_by="n")], NOW
    )
    SqlEnrolments(database).withdraw_codes("r1", NOW)
    with pytest.raises(CodeUsed):
        kept_whole(database, code)
    assert SqlInbox(database).counted() == {"waiting": 1}
    assert SqlOutbox(database).counted() == {}
    database.close()
