"""Persons, requests and tasks in tables: sealed names, erasure, one change for one key."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from askdoc.desk.tasks import AlreadyClosed, AlreadyTaken, Correction
from askdoc.identity.roles import Belonging, Caller, NotSignedIn, NotThere
from askdoc.identity.sealing import Unreadable
from askdoc.identity.secret import new_secret, read_secret
from askdoc.identity.tokens import Holder, key_parts
from askdoc.storage import desk, persons, requests, task_rows
from askdoc.storage.database import Database
from askdoc.storage.entries import read_entry
from askdoc.storage.tables import metadata
from askdoc.storage.transcript import SqlTranscript, open_database

from .conftest import NOW, Address, order, turn

SECRET = read_secret(new_secret())
LATER = NOW + timedelta(days=2)


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    found = open_database(address)
    yield found
    found.close()


def added(database: Database, *roles: str) -> list[str]:
    with database.writing() as kept:
        told = [
            (role, {"name": f"王秀英{n}", "phone": "13800000000"}) for n, role in enumerate(roles)
        ]
        return persons.add_persons(kept, told, NOW, SECRET.wrapping)  # type: ignore[arg-type]


def talk_of(database: Database, person: str) -> str:
    transcript = SqlTranscript(database)
    conversation = transcript.open_conversation("web", "resident", NOW)
    with database.writing() as kept:
        persons.own(kept, conversation, person)
    transcript.append(conversation, turn(answer={"kind": "nothing_found", "text": "不知道"}), {})
    return conversation


def whole(database: Database) -> str:
    with database.reading() as kept:
        return "".join(
            str(row) for one in metadata.sorted_tables for row in kept.execute(select(one))
        )


def test_a_name_is_read_with_the_secret_and_stands_nowhere_in_the_clear(database: Database) -> None:
    (person,) = added(database, "resident")
    with database.reading() as kept:
        assert persons.person_of(kept, person, SECRET.wrapping).words["name"] == "王秀英0"
        with pytest.raises(Unreadable):
            persons.person_of(kept, person, read_secret(new_secret()).wrapping)
    assert "王秀英" not in whole(database)
    assert "13800000000" not in whole(database)


def test_nothing_of_an_erased_person_remains(database: Database) -> None:
    gone, stays = added(database, "resident", "resident")
    conversation, other = talk_of(database, gone), talk_of(database, stays)
    with database.writing() as kept:
        key = persons.add_key(kept, gone, NOW)
        task_rows.open_task(
            kept,
            task_rows.NewTask(kind="report", conversation=conversation, summary="错", turn=1),
            NOW,
        )
        persons.erase_person(kept, gone)
    assert gone not in whole(database)
    assert conversation not in whole(database)
    assert other in whole(database)
    with database.reading() as kept:
        with pytest.raises(NotSignedIn):
            persons.caller_of(kept, Holder(gone))
        with pytest.raises(NotSignedIn):
            persons.caller_with_key(kept, *key_parts(key.shown))
        with pytest.raises(NotThere):
            persons.person_of(kept, gone, SECRET.wrapping)


def test_a_revoked_key_is_nobody_s(database: Database) -> None:
    (person,) = added(database, "doctor")
    with database.writing() as kept:
        key = persons.add_key(kept, person, NOW)
        assert persons.caller_with_key(kept, *key_parts(key.shown)).role == "doctor"
        with pytest.raises(NotSignedIn):
            persons.caller_with_key(kept, key.id, b"0" * 32)
        persons.revoke_key(kept, key.id, NOW)
        with pytest.raises(NotSignedIn):
            persons.caller_with_key(kept, *key_parts(key.shown))
        with pytest.raises(NotThere):
            persons.revoke_key(kept, key.id, NOW)


def test_only_a_family_member_is_let_in_and_may_be_shut_out(database: Database) -> None:
    resident, son, neighbour = added(database, "resident", "family_member", "resident")
    conversation = talk_of(database, resident)
    with database.writing() as kept:
        for _ in range(2):
            persons.let_in(kept, resident, son, NOW)
        with pytest.raises(NotThere):
            persons.let_in(kept, resident, neighbour, NOW)
        assert persons.belonging(kept, conversation, Caller(son, "family_member")).family == {son}
        assert [one[1] for one in persons.conversations_of(kept, son, None, 10)] == [conversation]
        persons.shut_out(kept, resident, son)
        assert persons.conversations_of(kept, son, None, 10) == []


def test_one_key_is_one_change(database: Database) -> None:
    (person,) = added(database, "resident")
    asked = requests.Asked(person, "k1", "digest")
    with database.writing() as kept:
        key = persons.key_of(kept, person, SECRET.wrapping)
        assert requests.claim(kept, asked, NOW, key) is None
        with pytest.raises(requests.StillRunning):
            requests.claim(kept, asked, NOW, key)
        requests.keep_reply(kept, asked, requests.reply_of(201, {"说": "高血压"}), key)
    with database.writing() as kept:
        assert requests.claim(kept, asked, NOW, key) == requests.reply_of(201, {"说": "高血压"})
        with pytest.raises(requests.OtherBody):
            requests.claim(kept, requests.Asked(person, "k1", "other"), NOW, key)
        assert requests.claim(kept, requests.Asked(person, "k2", "other"), NOW, key) is None
    assert "高血压" not in whole(database)
    with database.writing() as kept:
        assert requests.claim(kept, requests.Asked(person, "k1", "other"), LATER, key) is None
        assert requests.drop_old(kept, LATER) == 1


def test_an_entry_tells_who_calls_whose_talk_it_is_and_what_was_answered(
    database: Database,
) -> None:
    resident, son, neighbour = added(database, "resident", "family_member", "resident")
    conversation = talk_of(database, resident)
    asked = requests.Asked(son, "k1", "digest")
    reply = requests.reply_of(201, {"说": "高血压"})
    with database.writing() as kept:
        persons.let_in(kept, resident, son, NOW)
        entry = read_entry(kept, Holder(son), conversation, "k1")
        assert (entry.caller.role, entry.belonging) == (
            "family_member",
            Belonging(resident, frozenset({son})),
        )
        key = persons.key_of(kept, son, SECRET.wrapping)
        whose = persons.person_of(kept, resident, SECRET.wrapping)
        assert entry.opened(SECRET.wrapping) == (whose, key)
        assert entry.sealing(SECRET.wrapping) == key
        own = read_entry(kept, Holder(resident), conversation, "k1")
        theirs = persons.key_of(kept, resident, SECRET.wrapping)
        assert own.opened(SECRET.wrapping) == (whose, theirs)
        assert entry.request is None
        requests.keep_answered(kept, asked, reply, NOW, key)
        row = read_entry(kept, Holder(son), conversation, "k1").request
        assert row is not None
        assert requests.reply_in(row, asked, NOW, key) == reply
        assert requests.reply_in(row, asked, LATER, key) is None
        with pytest.raises(requests.AnsweredMeanwhile):
            requests.keep_answered(kept, asked, reply, NOW, key)
        requests.keep_answered(kept, asked, reply, LATER, key)
        stranger = read_entry(kept, Holder(neighbour), conversation, "k1")
        assert (stranger.belonging.family, stranger.request) == (frozenset(), None)
        assert read_entry(kept, Holder(son), "0" * 32, "k2").belonging.owner is None
        with pytest.raises(NotSignedIn):
            read_entry(kept, Holder(son, term=2), conversation, "k1")


def test_a_change_that_died_in_the_middle_can_be_asked_for_again(database: Database) -> None:
    (person,) = added(database, "resident")
    asked = requests.Asked(person, "k1", "digest")
    with database.writing() as kept:
        key = persons.key_of(kept, person, SECRET.wrapping)
        assert requests.claim(kept, asked, NOW, key) is None
        assert requests.claim(kept, asked, NOW + timedelta(minutes=3), key) is None


def test_of_two_colleagues_one_gets_the_task(database: Database) -> None:
    resident, first, second = added(database, "resident", "clinic_staff", "clinic_staff")
    conversation = talk_of(database, resident)
    with database.writing() as kept:
        new = task_rows.NewTask(
            kind="report", conversation=conversation, summary="错", turn=1, verdict="wrong"
        )
        task = task_rows.open_task(kept, new, NOW)
        assert task_rows.open_task(kept, new, NOW) == task
        task_rows.take_task(kept, task, Caller(first, "clinic_staff"))
        with pytest.raises(AlreadyTaken):
            task_rows.take_task(kept, task, Caller(second, "clinic_staff"))
        made = Correction(
            outcome="approved_answer",
            text="是70%",
            scope={"region": "cn/shanghai"},
            expires_on=LATER.date(),
        )
        desk.keep_correction(
            kept, task_rows.task_of(kept, task, Caller(first, "clinic_staff")), made, first, NOW
        )
        task_rows.close_task(kept, task, "approved_answer", NOW)
        with pytest.raises(AlreadyClosed):
            task_rows.take_task(kept, task, Caller(first, "clinic_staff"))
        found = desk.approved(kept, "不知道", NOW.date())
        assert [(one.corrected.made, one.passages) for one in found] == [(made, [])]
        assert desk.approved(kept, "不知", NOW.date()) == []
        assert desk.approved(kept, "不知道", NOW.date() + timedelta(days=3)) == []
        assert desk.unanswered(kept, 10) == [turn().said]
        assert task_rows.open_task(kept, new, NOW) != task


def test_a_hand_over_waits_at_the_desk(database: Database) -> None:
    (resident,) = added(database, "resident")
    conversation = talk_of(database, resident)
    transcript = SqlTranscript(database)
    with transcript.settling(conversation, {}) as settling:
        deed = settling.carry_out(order(conversation))
        settling.append(turn("确认"), {})
    with database.reading() as kept:
        (task,) = task_rows.list_tasks(kept, Caller("", "clinic_staff"), "open", 0, 10)
    assert (task.id, task.kind, task.turn) == (deed.receipt.number, "hand_over", None)
    assert transcript.handed_over(conversation)[0].summary == task.summary
