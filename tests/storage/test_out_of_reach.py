"""A clinic is told of everybody whom no reminder reaches, and why."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from askdoc.channels import Abilities, Refused
from askdoc.channels.letters import EVERYTHING, Route
from askdoc.channels.port import BLOCKED, WRONG_NUMBER
from askdoc.reception.chat import Person
from askdoc.storage.calls import Called, Calling, end_call
from askdoc.storage.care_tables import residents
from askdoc.storage.clinic_reports import overview
from askdoc.storage.consents import Heard, keep_consent, mark_blocked
from askdoc.storage.database import Database
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.messaging_tables import stops
from askdoc.storage.outbox import SqlOutbox
from askdoc.testing import MemoryChannel
from askdoc.worker import work_once

from .clinic_records import NOW, RULES, clinic, prescription, records, resident
from .test_reminder_buttons import people_set
from .test_reminders import work


@pytest.fixture
def database(kept_database: Database) -> Database:
    clinic(kept_database)
    return kept_database


def person(database: Database, agreed: bool = True, routes: list[list[str]] | None = None) -> None:
    ways = [["memory", "chat-p1"]] if routes is None else routes
    resident(database, agreed=agreed, routes=ways)
    prescription(database)


def why(database: Database) -> list[str]:
    return [one.why for one in overview(database, records(database), RULES, NOW).unreachable]


def send(database: Database, *failures: Refused) -> None:
    channel = MemoryChannel()
    channel.fail(failures)
    work_once(work(database, channel))


def test_who_agreed_and_has_a_way_is_reached(database: Database) -> None:
    person(database)
    assert why(database) == []
    send(database)
    assert why(database) == []


def test_without_a_way_nobody_is_reached(database: Database) -> None:
    person(database, routes=[])
    assert why(database) == ["no_route"]


def test_without_a_consent_nobody_is_reached(database: Database) -> None:
    person(database, agreed=False)
    assert why(database) == ["no_consent"]
    no = Heard(who="p1", kind="reminders", given=True, way="desk", by="s1")
    with database.writing() as kept:
        keep_consent(kept, no, NOW)
    assert why(database) == []
    with database.writing() as kept:
        keep_consent(kept, replace(no, given=False), NOW)
    assert why(database) == ["no_consent"]


def test_a_consent_for_one_chat_opens_no_other(database: Database) -> None:
    person(database, agreed=False)
    people_set(database, 1, "mine", Person(id="a" * 32, label="我", resident="p1"))
    linked = next(iter(_chat_ids(database)))
    yes = Heard(who="p1", kind="reminders", given=True, way="chat", by="memory", chat=linked)
    with database.writing() as kept:
        keep_consent(kept, yes, NOW)
        kept.execute(update(residents).values(routes=[["memory", "chat-p1"]]))
    assert why(database) == ["no_consent"]
    with database.writing() as kept:
        kept.execute(update(residents).values(routes=[["memory", "mine"]]))
    assert why(database) == []


def _chat_ids(database: Database) -> list[str]:
    found = SqlEnrolments(database).chat("memory", "mine")
    assert found is not None
    return [found.id]


def test_a_blocked_chat_bars_only_when_there_is_no_other(database: Database) -> None:
    person(database, routes=[["memory", "chat-p1"], ["sms", "13800138001"]])
    with database.writing() as kept:
        mark_blocked(kept, Route("memory", "chat-p1"), NOW)
    assert why(database) == []
    with database.writing() as kept:
        mark_blocked(kept, Route("sms", "13800138001"), NOW)
    assert why(database) == [BLOCKED]


@pytest.mark.parametrize(
    ("reason", "told"), [(WRONG_NUMBER, WRONG_NUMBER), (BLOCKED, BLOCKED), ("too_long", "failed")]
)
def test_whose_last_message_was_refused_is_told_with_the_reason(
    database: Database, reason: str, told: str
) -> None:
    person(database)
    send(database, Refused(reason=reason))
    assert why(database) == [told]


def test_a_message_that_arrived_since_ends_it(database: Database) -> None:
    person(database)
    send(database, Refused(reason="too_long"))
    prescription(database, "rx2")
    send(database)
    assert why(database) == []


def test_a_channel_abroad_without_its_consent_is_told(database: Database) -> None:
    person(database)
    abroad = MemoryChannel(abilities=Abilities(buttons=True, crosses_border=True))
    work_once(work(database, abroad))
    assert why(database) == ["no_consent"]


def test_a_wrong_number_that_a_caller_found_is_told(database: Database) -> None:
    person(database, agreed=False, routes=[["sms", "13800138001"]])
    send(database)
    work_once(replace(work(database, MemoryChannel("sms"))))
    with database.writing() as kept:
        told = Called("p1", "wrong_number", "s1")
        end_call(kept, "c1", Calling(RULES, 3), told, NOW)
    assert why(database) == [WRONG_NUMBER]


@pytest.mark.parametrize("reason", ["opted_out", "not_me", "died"])
def test_who_stopped_it_is_told_with_what_was_said(database: Database, reason: str) -> None:
    person(database)
    SqlOutbox(database).opt_out("p1", EVERYTHING, NOW)
    row = {"who": "p1", "channel": "memory", "reason": reason, "at": NOW}
    with database.writing() as kept:
        kept.execute(stops.insert(), row)
    assert why(database) == [reason]
    SqlOutbox(database).opt_in("p1", EVERYTHING)
    assert why(database) == []
