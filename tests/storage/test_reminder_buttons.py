"""A chat that is linked gets its resident's reminders, and its buttons count there alone."""

from dataclasses import replace
from datetime import timedelta

from askdoc.channels import Inbound
from askdoc.channels.inbound import checked
from askdoc.reception.chat import Chat, Person
from askdoc.reception.reaction import Reaction
from askdoc.reminder_buttons import ReminderButtons
from askdoc.storage.database import Database
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.refill_answers import open_tasks
from askdoc.testing import MemoryChannel
from askdoc.worker import work_once

from .clinic_records import NOW, clinic, prescription, resident
from .test_reminders import work


def message(number: int, chat: str) -> Inbound:
    return Inbound(
        channel="memory", chat=chat, sender=chat, message_id=str(number), at=NOW, text="话"
    )


def people_set(database: Database, number: int, chat: str, *people: Person) -> Chat:
    """The chat after a message that left it with these people."""
    inbox = SqlInbox(database)
    inbox.keep([message(number, chat)], NOW)
    claim = inbox.claim(NOW, timedelta(minutes=2))
    assert claim is not None
    after = replace(claim.chat, people=people, consented_at=NOW)
    inbox.settle(claim, Reaction(chat=after), (), NOW)
    return after


def test_a_reminder_goes_to_the_linked_chat_and_is_answered_there(kept_database: Database) -> None:
    clinic(kept_database)
    resident(kept_database, "p1", routes=[])
    prescription(kept_database, "rx1", "p1")
    chat = people_set(kept_database, 1, "mine", Person(id="a" * 32, label="我", resident="p1"))
    stranger = people_set(kept_database, 2, "other")
    channel = MemoryChannel()
    work_once(work(kept_database, channel))
    (seen,) = channel.seen
    assert seen.chat == "mine"
    trouble = next(one.id for one in seen.message.choices if ":trouble:" in one.id)
    # What a channel brings back of a button is taken for one.
    checked(replace(message(3, "mine"), text=None, choice=trouble))
    buttons = ReminderButtons(kept_database)
    assert buttons(stranger, trouble, NOW) is None
    assert buttons(chat, "refill:trouble:guessed", NOW) is None
    asked = buttons(chat, trouble, NOW)
    assert asked is not None
    assert asked.offers is not None
    assert open_tasks(kept_database, "c1") == []
    for one in asked.offers.buttons:
        checked(replace(message(4, "mine"), text=None, choice=one.id))
    assert buttons(chat, asked.offers.buttons[0].id, NOW) is not None
    assert [one.resident for one in open_tasks(kept_database, "c1")] == ["p1"]


def test_a_chat_that_is_let_go_gets_no_reminder(kept_database: Database) -> None:
    clinic(kept_database)
    resident(kept_database, "p1", routes=[])
    prescription(kept_database, "rx1", "p1")
    people_set(kept_database, 1, "mine", Person(id="a" * 32, label="我", resident="p1"))
    people_set(kept_database, 2, "mine")
    channel = MemoryChannel()
    work_once(work(kept_database, channel))
    assert channel.seen == []
