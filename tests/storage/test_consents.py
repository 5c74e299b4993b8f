"""No reminder leaves without a consent, asked at the moment of sending; what a chat may be told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from askdoc.care.feed import Feed, ResidentRow
from askdoc.channels import Abilities, Refused
from askdoc.channels.letters import Route
from askdoc.channels.port import BLOCKED
from askdoc.reception.chat import Person
from askdoc.reception.consents import ConsentKind
from askdoc.storage.calls import Called, Calling, call_list, end_call
from askdoc.storage.care_tables import residents
from askdoc.storage.consents import open_to
from askdoc.storage.database import Database
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.feeds import keep_feed
from askdoc.storage.messaging_tables import chats
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import plan_reminders
from askdoc.testing import MemoryChannel
from askdoc.worker import Work, work_once

from .clinic_records import ISSUED, NOW, RULES, clinic, collection, prescription, resident
from .test_reminder_buttons import people_set
from .test_reminders import work


@pytest.fixture
def database(kept_database: Database) -> Database:
    clinic(kept_database)
    resident(kept_database, agreed=False)
    prescription(kept_database)
    return kept_database


def said(database: Database, given: bool, kind: ConsentKind = "reminders") -> None:
    SqlEnrolments(database).record_consent("p1", kind, "desk", "nurse-1", NOW, given)


def named(database: Database, channel: MemoryChannel) -> Work:
    rules = replace(RULES, name_of={"amlodipine": "氨氯地平"}.get)
    return replace(work(database, channel), reminders=rules)


def test_without_a_consent_nothing_leaves_and_with_one_it_does(database: Database) -> None:
    channel = MemoryChannel()
    work_once(work(database, channel))
    assert channel.seen == []
    (failed,) = SqlOutbox(database).listed(["failed"])
    assert failed.standing.reason == "no_consent"
    resident(database, "p2", agreed=True)
    prescription(database, "rx2", "p2")
    work_once(work(database, channel))
    assert [one.chat for one in channel.seen] == ["chat-p2"]


@pytest.mark.parametrize("days", [0, 5, 6])
def test_a_consent_that_comes_late_sends_the_reminder_unless_it_is_too_late(
    database: Database, days: int
) -> None:
    channel, then = MemoryChannel(), NOW + timedelta(days=days)
    work_once(work(database, channel))
    said(database, True)
    work_once(work(database, channel, then))
    work_once(work(database, channel, then))
    assert len(channel.seen) == (1 if days < 6 else 0)
    with database.reading() as kept:
        calls = call_list(kept, "c1", Calling(RULES, 3), then)
    assert [one.why for one in calls] == ([] if days < 6 else ["missed"])


def test_a_chat_linked_after_the_reminder_failed_gets_it_once_it_agreed(
    database: Database,
) -> None:
    channel = MemoryChannel()
    work_once(work(database, channel))
    people_set(database, 1, "mine", Person(id="a" * 32, label="我", resident="p1"))
    said(database, True)
    work_once(work(database, channel))
    assert [one.chat for one in channel.seen] == ["mine"]


def test_what_was_collected_or_seen_to_meanwhile_is_not_reminded_of_late(
    database: Database,
) -> None:
    channel = MemoryChannel()
    resident(database, "p2", agreed=False)
    prescription(database, "rx2", "p2")
    work_once(work(database, channel))
    collection(database, "x1", "rx1", date(2026, 11, 25))
    calling = Calling(RULES, 3)
    with database.writing() as kept:
        end_call(kept, "c1", calling, Called("p2", "declined", "s1"), NOW)
    said(database, True)
    SqlEnrolments(database).record_consent("p2", "reminders", "desk", "nurse-1", NOW)
    work_once(work(database, channel))
    assert channel.seen == []


def test_a_consent_that_is_not_enough_lets_nothing_through(database: Database) -> None:
    abroad = MemoryChannel(abilities=Abilities(buttons=True, crosses_border=True))
    work_once(work(database, abroad))
    said(database, True)
    assert work_once(work(database, abroad)).taken_up == 0
    (failed,) = SqlOutbox(database).listed(["failed"])
    assert failed.standing.reason == "no_consent"
    assert plan_reminders(database, RULES, {}, NOW).put == 0


def test_a_consent_that_ends_after_the_planning_stops_what_waits(database: Database) -> None:
    said(database, True)
    plan_reminders(database, RULES, {}, NOW)
    said(database, False)
    channel = MemoryChannel()
    work_once(work(database, channel))
    assert channel.seen == []
    assert SqlOutbox(database).counted() == {"muted": 1}


def test_a_channel_abroad_needs_its_own_consent_also_from_the_desk(database: Database) -> None:
    abroad = MemoryChannel(abilities=Abilities(buttons=True, crosses_border=True))
    said(database, True)
    work_once(work(database, abroad))
    assert abroad.seen == []
    said(database, True, "cross_border")
    work_once(work(database, abroad))
    assert len(abroad.seen) == 1


def test_a_chat_that_blocked_us_is_not_tried_again(database: Database) -> None:
    said(database, True)
    channel = MemoryChannel()
    channel.fail([Refused(reason=BLOCKED)])
    work_once(work(database, channel))
    prescription(database, "rx2")
    work_once(work(database, channel))
    assert channel.seen == []
    reasons = [one.standing.reason for one in SqlOutbox(database).listed(["failed"])]
    assert reasons == [BLOCKED, BLOCKED]
    with database.reading() as kept:
        calls = call_list(kept, "c1", Calling(RULES, 3), NOW)
    assert [(one.resident, one.why) for one in calls] == [("p1", BLOCKED)]
    with database.reading() as kept:
        assert open_to(kept, "p1", Route("memory", "chat-p1")).blocked


def test_names_are_sent_only_while_the_chat_wants_them_when_it_is_sent(database: Database) -> None:
    said(database, True)
    people_set(database, 1, "chat-p1")
    channel = MemoryChannel()
    plan_reminders(database, named(database, channel).reminders, {}, NOW)
    for wanted in (True, False):
        with database.writing() as kept:
            kept.execute(update(chats).values(names_medicines=wanted))
        work_once(named(database, channel))
        prescription(database, f"rx-{wanted}")
        plan_reminders(database, named(database, channel).reminders, {}, NOW)
    first, second = (one.message.text for one in channel.seen)
    assert "氨氯地平" in first
    assert "氨氯地平" not in second


def test_a_consent_in_the_clinics_records_counts_once_and_undoes_no_later_no(
    database: Database,
) -> None:
    told = ResidentRow(id="p1", channel="memory", chat="chat-p1", agreed_on=ISSUED)
    keep_feed(database, "c1", Feed(residents=[told]), NOW)
    channel = MemoryChannel()
    work_once(work(database, channel))
    assert len(channel.seen) == 1
    said(database, False)
    keep_feed(database, "c1", Feed(residents=[told]), NOW)
    prescription(database, "rx2")
    work_once(work(database, channel))
    assert len(channel.seen) == 1


def test_the_records_of_a_night_leave_linked_chats_linked(database: Database) -> None:
    people_set(database, 1, "mine", Person(id="a" * 32, label="我", resident="p1"))
    for way, routes in (("", ["mine"]), ("chat-p1", ["mine", "chat-p1"])):
        told = ResidentRow(id="p1", channel=way and "memory", chat=way)
        keep_feed(database, "c1", Feed(residents=[told]), NOW)
        with database.reading() as kept:
            kept_routes = kept.scalar(select(residents.c.routes))
        assert [chat for _, chat in kept_routes or []] == routes
