"""For whom a speaker may act: their own record, who let them in, whom a chat is linked to."""

import pytest
from sqlalchemy import insert

from askdoc.identity.roles import NotThere, RecordTaken
from askdoc.identity.secret import new_secret, read_secret
from askdoc.storage import persons
from askdoc.storage.chat_rows import new_chat
from askdoc.storage.database import Database
from askdoc.storage.messaging_tables import chat_people, chats
from askdoc.storage.patients import patients_of
from askdoc.storage.record_links import Record, link
from askdoc.storage.transcript import SqlTranscript

from . import clinic_records as records
from .conftest import NOW

SECRET = read_secret(new_secret())


@pytest.fixture
def database(kept_database: Database) -> Database:
    records.clinic(kept_database)
    for id in ("p1", "p2", "p3"):
        records.resident(kept_database, id)
    return kept_database


def added(database: Database, *roles: str) -> list[str]:
    with database.writing() as kept:
        told = [(role, {"name": ""}) for role in roles]
        return persons.add_persons(kept, told, NOW, SECRET.wrapping)  # type: ignore[arg-type]


def talk(database: Database, person: str | None = None) -> str:
    conversation = SqlTranscript(database).open_conversation("web", "resident", NOW)
    if person is not None:
        with database.writing() as kept:
            persons.own(kept, conversation, person)
    return conversation


def found(database: Database, conversation: str) -> list[tuple[str, str, str]]:
    with database.reading() as kept:
        every = patients_of(kept, conversation)
    return [(one.resident, one.relation, one.label) for one in every]


def test_an_account_speaks_for_its_record_and_for_whoever_let_it_in(database: Database) -> None:
    mother, husband, stranger, daughter = added(
        database, "resident", "resident", "resident", "family_member"
    )
    own, mothers = talk(database, daughter), talk(database, mother)
    assert found(database, own) == []
    with database.writing() as kept:
        persons.let_in(kept, mother, daughter, NOW, "parent")
        link(kept, mother, Record(resident="p1"))
        link(kept, daughter, Record(resident="p2"))
        link(kept, stranger, Record(resident="p3"))
        # Somebody whose record nobody has named yet.
        persons.let_in(kept, husband, daughter, NOW, "spouse")
    assert found(database, own) == [("p2", "self", ""), ("p1", "parent", "")]
    assert found(database, mothers) == [("p1", "self", "")]
    with database.writing() as kept:
        persons.let_in(kept, mother, daughter, NOW, "other")
    assert found(database, own)[1] == ("p1", "other", "")
    with database.writing() as kept:
        persons.shut_out(kept, mother, daughter)
    assert found(database, own) == [("p2", "self", "")]


def test_a_chat_speaks_for_everybody_it_is_linked_to(database: Database) -> None:
    here, other = new_chat("memory", "c1"), new_chat("memory", "c2")
    talks = [talk(database) for _ in range(3)]
    people = [
        (here, "我", "self", None, talks[0]),
        (here, "爸爸", "parent", "p1", None),
        (here, "妈妈", "parent", "p2", talks[1]),
        (other, "我", "self", "p3", talks[2]),
    ]
    with database.writing() as kept:
        kept.execute(insert(chats), [here, other])
        for number, (chat, label, relation, resident, conversation) in enumerate(people):
            row = {"id": f"person{number}", "chat": chat["id"], "label": label, "profile": {}}
            told = {"relation": relation, "resident": resident, "conversation": conversation}
            kept.execute(insert(chat_people), row | told)
    parents = [("p1", "parent", "爸爸"), ("p2", "parent", "妈妈")]
    assert found(database, talks[0]) == parents
    assert found(database, talks[1]) == parents[::-1]
    assert found(database, talks[2]) == [("p3", "self", "我")]


def test_a_conversation_that_is_nobody_s_speaks_for_nobody(database: Database) -> None:
    assert found(database, talk(database)) == []
    assert found(database, "no such") == []


def test_a_record_is_one_account_s(database: Database) -> None:
    first, second, doctor, colleague = added(
        database, "resident", "resident", "doctor", "clinic_staff"
    )
    with database.writing() as kept:
        link(kept, first, Record(resident="p1"))
        link(kept, first, Record(resident="p1"))
        link(kept, doctor, Record(clinic="c1", staff="d1"))
        link(kept, colleague, Record(clinic="c2"))
        with pytest.raises(RecordTaken):
            link(kept, second, Record(resident="p1"))
        with pytest.raises(NotThere):
            link(kept, second, Record(resident="nobody"))
        with pytest.raises(NotThere):
            link(kept, second, Record(clinic="c1"))
        for record in (Record(clinic="c1", staff="d1"), Record(clinic="c2", staff="s1")):
            with pytest.raises(RecordTaken):
                link(kept, colleague, record)
