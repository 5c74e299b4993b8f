"""What stood in the tables of an older askdoc stands in those of this one."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from askdoc.storage.database import Database, connect
from askdoc.storage.failures import Damaged
from askdoc.storage.migrating import MIGRATIONS, migrate
from askdoc.storage.standing import standing_of

from .conftest import Address

AT = "2026-11-25 01:30:00.000000+00:00"


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    found = connect(address)
    yield found
    found.close()


def be(database: Database, revision: str) -> None:
    """The tables as they were at a revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.rebuilding() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def put(database: Database, table: str, **told: Any) -> None:
    names, places = ", ".join(f'"{one}"' for one in told), ", ".join(f":{one}" for one in told)
    with database.writing() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), told)


def kept(database: Database, asked: str) -> list[tuple[Any, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(asked))]


def test_accounts_keep_their_keys_and_talks_when_they_get_records(database: Database) -> None:
    be(database, "0009")
    for id in ("mother", "son"):
        put(database, "persons", id=id, role="resident", sealed=b"s", opened_at=AT)
        put(database, "person_keys", person=id, wrapped=b"w")
    put(database, "family", resident="mother", member="son", since=AT)
    put(database, "chats", id="c", channel="m", chat="1", names_medicines=False, offers="[]",
        wrong_codes=0)  # fmt: skip
    for id, relation in (("me", "self"), ("mum", "family")):
        put(database, "chat_people", id=id, chat="c", label=id, relation=relation, profile="{}")
    migrate(database)
    assert kept(database, "SELECT person FROM person_keys ORDER BY person") == [
        ("mother",),
        ("son",),
    ]
    assert kept(database, "SELECT member, relation FROM family") == [("son", "other")]
    assert kept(database, "SELECT id, relation FROM chat_people ORDER BY id") == [
        ("me", "self"),
        ("mum", "other"),
    ]


def test_a_row_that_refers_to_nothing_undoes_the_rebuilding(tmp_path: Any) -> None:
    found = connect(tmp_path / "askdoc.db")
    migrate(found)
    orphan = "INSERT INTO person_keys (person, wrapped) VALUES ('nobody', 'w')"
    with pytest.raises(Damaged), found.rebuilding() as connection:
        connection.execute(text(orphan))
    assert kept(found, "SELECT * FROM person_keys") == []
    with found.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    found.close()


def put_slots(database: Database) -> None:
    """What somebody booked, and what opened doors for them, in the tables of 0010."""
    be(database, "0010")
    people: dict[str, tuple[bool, str, str]] = {
        "known": (True, '["north", "south", "west"]', '["aged"]'),
        "signed": (True, '["north"]', "[]"),
        "other": (False, "[]", "[]"),
    }
    for id, (contracted, combination, groups) in people.items():
        put(database, "slot_people", id=id, contracted=contracted, combination=combination,
            groups=groups)  # fmt: skip
    put(database, "clinics", id="c1", open_at_weekends=False, own_days="{}")
    for id in ("known", "signed"):
        put(database, "residents", id=id, clinic="c1", lang="en", routes='[["memory", "chat"]]')
    put(database, "contracts", resident="signed", since="2026-01-01", doctor="d1",
        district_hospital="district", municipal_hospital="")  # fmt: skip
    put(database, "hospitals", id="north", name="北院", region="cn/shanghai", tier="tertiary")
    put(database, "doctors", hospital="north", id="d1", name="王医生")
    put(database, "slots", id=1, hospital="north", department="心内科", doctor="d1",
        day="2026-12-01", begins=540, ends=570, place=0, pool="public", entitled_from="2026-11-01",
        public_from="2026-11-01", is_offered=True)  # fmt: skip
    put_booking(database, "b1", "booked")
    put(database, "slot_notices", key="booked:b1", person="known", kind="booked", booking="b1",
        alternatives="[]", due_at=AT)  # fmt: skip
    put(database, "enrolment_codes", digest="d", resident="elsewhere", label="我",
        relation="self", profile="{}", made_by="n", made_at=AT, expires_at=AT)  # fmt: skip


def put_booking(database: Database, id: str, state: str) -> None:
    put(database, "bookings", id=id, slot=1, person="known", state=state, door="public",
        reasons="[]", made_at=AT, changed_at=AT)  # fmt: skip


def test_who_has_slots_is_the_patient_of_that_name(database: Database) -> None:
    put_slots(database)
    migrate(database)
    found = kept(database, 'SELECT id, clinic, CAST("groups" AS text) FROM residents ORDER BY id')
    assert found == [
        ("elsewhere", None, "[]"),
        ("known", "c1", '["aged"]'),
        ("other", None, "[]"),
        ("signed", "c1", "[]"),
    ]
    assert kept(database, "SELECT id, person, state FROM bookings") == [("b1", "known", "booked")]
    assert kept(database, "SELECT person, key FROM slot_notices") == [("known", "booked:b1")]
    with database.reading() as connection:
        today = datetime.now(UTC).date()
        found = [standing_of(connection, one, today) for one in ("known", "signed", "other")]
    assert [(one.contracted, one.combination, one.groups) for one in found] == [
        (True, ("north",), ("aged",)),
        (True, (), ()),
        (False, (), ()),
    ]
    contracts = "SELECT district_hospital, municipal_hospital FROM contracts WHERE resident = "
    assert set(kept(database, contracts + "'known'")) == {("north", "south"), ("west", "")}
    assert kept(database, contracts + "'signed'") == [("district", "")]


def test_a_slot_is_still_one_person_s_after_the_tables_are_made_anew(database: Database) -> None:
    put_slots(database)
    migrate(database)
    with pytest.raises(IntegrityError):
        put_booking(database, "b2", "held")
    put_booking(database, "b3", "cancelled")
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(text("UPDATE bookings SET person = 'nobody'"))


def test_what_waited_anywhere_waits_in_the_one_inbox(database: Database) -> None:
    put_slots(database)
    be(database, "0013")
    put(database, "conversations", id="talk", channel="web", speaker="resident", opened_at=AT,
        turn_count=0)  # fmt: skip
    put(database, "persons", id="me", role="resident", sealed=b"s", opened_at=AT, resident="known")
    put(database, "belongings", conversation="talk", person="me")
    for table, told in (("hand_overs", {"recipient": "doctor"}), ("tasks", {"kind": "hand_over"})):
        put(database, table, id="h1", conversation="talk", summary="请医生看看", opened_at=AT,
            state="open", **told)  # fmt: skip
    put(database, "corrections", task="h1", outcome="answered", asked="", answered="", text="好",
        scope="{}", by="s", at=AT)  # fmt: skip
    put(database, "messages", conversation="talk", task="h1", text="您好", at=AT)
    put(database, "refill_tasks", resident="signed", clinic="c1", letter="l1", kind="trouble",
        barrier="cost", opened_at=AT)  # fmt: skip
    put(database, "refill_tasks", resident="known", clinic="gone", letter="l2", kind="call",
        opened_at=AT, closed_at=AT, closed_by="s1", outcome="not_reached")  # fmt: skip
    for id, state in (("r1", "unclear"), ("r2", "refused")):
        put(database, "slot_requests", id=id, person="other", wanted="{}", state=state, made_at=AT,
            changed_at=AT)  # fmt: skip
    migrate(database)
    columns = "kind, resident, clinic, recipient, about, barrier, state, owner, outcome"
    assert kept(database, f"SELECT {columns} FROM tasks ORDER BY number") == [
        ("hand_over", "known", "c1", "doctor", None, None, "open", None, None),
        ("trouble", "signed", "c1", "doctor", "l1", "cost", "open", None, None),
        ("call", "known", None, "doctor", "l2", None, "closed", "s1", "not_reached"),
        ("slot_request", "other", None, "staff", "r1", None, "open", None, None),
        ("slot_request", "other", None, "staff", "r2", None, "closed", None, "refused"),
    ]
    assert kept(database, "SELECT task FROM corrections") == [("h1",)]
    assert kept(database, "SELECT task, text FROM messages") == [("h1", "您好")]
