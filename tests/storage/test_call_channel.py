"""People without an app are told by telephone: who is on the list, what to say, how it ended."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from askdoc.bootstrap import House
from askdoc.care.feed import Feed, ResidentRow
from askdoc.care.prescriptions import Prescription
from askdoc.care.rules import sending_rules
from askdoc.channels import Refused, TryLater
from askdoc.channels.port import BLOCKED
from askdoc.clinic_lists import Clinic, list_of, notes
from askdoc.settings import read_settings
from askdoc.storage.call_channel import CallChannel
from askdoc.storage.calls import Called, Calling, ToCall, call_list, end_call
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.feeds import keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.refill_answers import close_task, open_tasks
from askdoc.testing import MemoryChannel
from askdoc.testing.letters import RULES as SENDING
from askdoc.worker import Work, work_once

from .clinic_records import ISSUED, NOW, RULES, clinic, prescription, resident
from .test_reminders import work

CALLING = Calling(RULES, 3)
DAY = timedelta(days=1)
RULED = replace(SENDING, not_for_outage=frozenset({"call"}))


@pytest.fixture(scope="module")
def house() -> House:
    return House(read_settings({"HOME": "/nonexistent"}))


@pytest.fixture
def database(kept_database: Database) -> Database:
    clinic(kept_database)
    return kept_database


def with_number(database: Database, count: int = 1, routes: tuple[str, ...] = ("call",)) -> None:
    for one in range(1, count + 1):
        ways = [[channel, f"1380013800{one}"] for channel in routes]
        resident(database, f"p{one}", routes=ways)
        prescription(database, f"rx{one}", f"p{one}")


def at_work(database: Database, channel: MemoryChannel, most: int = 30, days: int = 0) -> Work:
    base = work(database, channel, NOW + days * DAY)
    calls = CallChannel(database, most, base.clock)
    return replace(base, channels=[channel, calls], sending=RULED)


def listed(database: Database) -> list[ToCall]:
    with database.reading() as kept:
        return call_list(kept, "c1", CALLING, NOW)


def ended(database: Database, outcome: str) -> str:
    with database.writing() as kept:
        end_call(kept, "c1", CALLING, Called("p1", outcome, "s1"), NOW)
    (held,) = SqlOutbox(database).listed(["sent", "delivered", "failed"])
    return held.standing.state


def test_a_reminder_of_somebody_with_a_telephone_alone_is_a_call_with_what_to_say(
    database: Database,
) -> None:
    with_number(database)
    work_once(at_work(database, MemoryChannel()))
    work_once(at_work(database, MemoryChannel()))
    (call,) = listed(database)
    assert (call.resident, call.why, call.number) == ("p1", "call", "13800138001")
    assert "2026年11月29日" in call.words
    assert "amlodipine" not in call.words
    assert open_tasks(database, "c1") == []


@pytest.mark.parametrize(
    ("outcome", "state"),
    [("told", "delivered"), ("refilled", "delivered"), ("not_reached", "failed"),
     ("wrong_number", "failed")],
)  # fmt: skip
def test_how_a_call_ended_is_the_report_of_its_delivery(
    database: Database, outcome: str, state: str
) -> None:
    with_number(database)
    work_once(at_work(database, MemoryChannel()))
    assert ended(database, outcome) == state
    assert listed(database) == []


def test_a_call_that_is_closed_by_its_number_is_reported_too(database: Database) -> None:
    with_number(database)
    work_once(at_work(database, MemoryChannel()))
    with database.reading() as kept:
        number = kept.scalars(select(tasks.c.number)).one()
    close_task(database, number, "told", "s1", NOW)
    (held,) = SqlOutbox(database).listed(["delivered"])
    assert held.letter.recipient == "p1"


def test_a_wrong_number_is_not_called_again(database: Database) -> None:
    with_number(database)
    work_once(at_work(database, MemoryChannel()))
    ended(database, "wrong_number")
    prescription(database, "rx-new", "p1")
    work_once(at_work(database, MemoryChannel()))
    reasons = {one.standing.reason for one in SqlOutbox(database).listed(["failed"])}
    assert BLOCKED in reasons
    assert [one.why for one in listed(database)] == [BLOCKED]


def test_an_outage_of_another_channel_makes_no_calls(database: Database) -> None:
    with_number(database, 3, ("memory", "call"))
    channel = MemoryChannel()
    channel.fail([TryLater(seconds=0)] * 1000)
    at = at_work(database, channel)
    for minutes in range(0, 60 * 5, 2):
        work_once(replace(at, clock=lambda minutes=minutes: NOW + timedelta(minutes=minutes)))
    assert listed(database) == []
    assert SqlOutbox(database).counted() == {"due": 3}


def test_whom_another_channel_refuses_is_called(database: Database) -> None:
    with_number(database, 1, ("memory", "call"))
    channel = MemoryChannel()
    channel.fail([Refused(reason=BLOCKED)])
    work_once(at_work(database, channel))
    assert [one.why for one in listed(database)] == ["call"]


def test_a_full_list_takes_the_others_the_next_day_and_says_so(
    database: Database, house: House
) -> None:
    with_number(database, 5)
    work_once(at_work(database, MemoryChannel(), most=2))
    assert len(listed(database)) == 2
    seen = Clinic(house, database, "c1", NOW)
    assert any("2 个提醒电话" in one and "还有 3 个" in one for one in notes(seen, "zh"))
    work_once(at_work(database, MemoryChannel(), most=2, days=1))
    assert len(listed(database)) == 4
    work_once(at_work(database, MemoryChannel(), most=2, days=2))
    assert len(listed(database)) == 5
    assert SqlOutbox(database).counted() == {"sent": 5}


def test_without_a_consent_the_clinic_is_told_to_ask_first(database: Database) -> None:
    resident(database, agreed=False, routes=[["call", "13800138001"]])
    prescription(database)
    work_once(at_work(database, MemoryChannel()))
    assert [(one.why, one.words) for one in listed(database)] == [("no_consent", "")]


def test_a_telephone_comes_with_the_clinics_records(database: Database, house: House) -> None:
    row = ResidentRow(id="p1", channel="call", chat="021-55550001", agreed_on=ISSUED)
    held = Prescription(
        id="rx1", resident="p1", clinic="c1", medicine="amlodipine", issued_on=ISSUED,
        dose_per_day=Decimal(1), quantity=Decimal(28),
    )  # fmt: skip
    keep_feed(database, "c1", Feed(residents=[row], prescriptions=[held]), NOW)
    work_once(at_work(database, MemoryChannel()))
    (shown,) = list_of(Clinic(house, database, "c1", NOW), "calls").rows
    assert shown[:2] == ("p1", "call")
    assert shown[3] == "021-55550001"


def test_the_shipped_rules_keep_calls_out_of_outages(house: House) -> None:
    assert "call" in sending_rules(house.defaults).not_for_outage
