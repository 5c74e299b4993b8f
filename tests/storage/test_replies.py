"""What staff write goes back to where somebody asked: the page, the chat, or the linked chat."""

from sqlalchemy import insert

from askdoc.channels.letters import Route
from askdoc.identity.roles import Caller
from askdoc.storage import desk, task_rows
from askdoc.storage.chat_rows import new_chat
from askdoc.storage.database import Database
from askdoc.storage.messaging_tables import chat_people, chats
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.task_rows import NewTask
from askdoc.storage.transcript import SqlTranscript

from . import clinic_records as records
from .conftest import NOW, left_to_staff

NURSE = Caller("nurse", "clinic_staff", "c1", "s1")


def sent(database: Database, task: str) -> list[tuple[str, tuple[Route, ...]]]:
    letters = [one.letter for one in SqlOutbox(database).listed(["due"], "desk")]
    return [(one.kind, one.routes) for one in letters if one.subject == task]


def written(database: Database, task: str) -> None:
    with database.writing() as kept:
        desk.write_message(kept, task_rows.task_of(kept, task, NURSE), "您好", NOW)


def test_a_hand_over_of_a_chat_is_the_clinic_s_and_is_answered_there(
    kept_database: Database,
) -> None:
    records.clinic(kept_database)
    records.resident(kept_database, "mother")
    transcript = SqlTranscript(kept_database)
    talk = transcript.open_conversation("telegram", "resident", NOW)
    chat = new_chat("memory", "daughter's")
    person = {"id": "mum", "chat": chat["id"], "label": "妈妈", "relation": "parent", "profile": {}}
    with kept_database.writing() as kept:
        kept.execute(insert(chats), chat)
        kept.execute(insert(chat_people), person | {"resident": "mother", "conversation": talk})
    task = left_to_staff(transcript, talk, "请回电话")
    with kept_database.reading() as kept:
        found = task_rows.task_of(kept, task, NURSE)
    assert (found.resident, found.clinic, found.recipient) == ("mother", "c1", "staff")
    written(kept_database, task)
    assert sent(kept_database, task) == [("answer", (Route("memory", "daughter's"),))]


def test_without_a_talk_the_linked_chat_hears_and_a_page_is_read_there(
    kept_database: Database,
) -> None:
    records.clinic(kept_database)
    records.resident(kept_database)
    transcript = SqlTranscript(kept_database)
    on_a_page = left_to_staff(transcript, transcript.open_conversation("web", "r", NOW), "看看")
    with kept_database.writing() as kept:
        told = NewTask(kind="call", resident="p1", about="l1")
        called = task_rows.open_task(kept, told, NOW)
        assert task_rows.open_task(kept, told, NOW) is None
    assert called is not None
    for task in (on_a_page, called):
        written(kept_database, task)
    assert sent(kept_database, on_a_page) == []
    assert sent(kept_database, called) == [("notice", (Route("memory", "chat-p1"),))]
    with kept_database.reading() as kept:
        assert [one.text for one in desk.messages_of(kept, called)] == ["您好"]
