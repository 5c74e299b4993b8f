"""What is due becomes a reminder, once; what is no longer needed is called back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import text

from askdoc.bootstrap import House
from askdoc.channels.letters import Letter
from askdoc.settings import read_settings
from askdoc.storage.database import Database
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import Planned, plan_reminders
from askdoc.testing import MemoryChannel
from askdoc.testing.letters import RULES as SENDING
from askdoc.worker import Work, work_once, work_until

from .clinic_records import NOW, RULES, clinic, collection, prescription, resident

DAY = timedelta(days=1)


@pytest.fixture
def database(kept_database: Database) -> Database:
    clinic(kept_database)
    return kept_database


def plan(database: Database, now: datetime = NOW) -> Planned:
    return plan_reminders(database, RULES, {}, now)


def put(database: Database) -> list[Letter]:
    found = SqlOutbox(database).listed(["due", "sent", "cancelled", "missed", "muted"], "refill")
    return [one.letter for one in found]


def work(database: Database, channel: MemoryChannel, now: datetime = NOW) -> Work:
    return Work(
        database=database, channels=[channel], sending=SENDING, reminders=RULES, own_days={},
        clock=lambda: now, idle_seconds=0.01, trouble_seconds=0.01,
    )  # fmt: skip


def test_a_refill_is_reminded_of_on_its_day_and_not_the_day_before(database: Database) -> None:
    resident(database)
    prescription(database)
    assert plan(database, NOW - DAY).put == 0
    assert plan(database).put == 1
    assert plan(database).put == plan(database, NOW + DAY).put == 0
    assert len(put(database)) == 1


def test_the_reminder_names_no_medicine_no_disease_and_no_clinic(database: Database) -> None:
    resident(database)
    resident(database, "p2", lang="en")
    prescription(database)
    prescription(database, "rx2", "p2")
    plan(database)
    said = " ".join(one.text for one in put(database))
    assert "2026年11月29日" in said
    assert "2026-11-29" in said
    for hidden in ("amlodipine", "氨氯地平", "I10", "c1", "d1", "p1", "rx1"):
        assert hidden not in said
    choices = put(database)[0].choices
    assert [one.label for one in choices] == ["已取药", "帮我续方", "有困难", "稍后提醒"]
    assert all(len(one.id.encode()) <= 64 and "rx1" not in one.id for one in choices)


def test_several_medicines_of_one_person_make_one_reminder(database: Database) -> None:
    resident(database)
    prescription(database)
    prescription(database, "rx2", issued_on=date(2026, 11, 6))
    prescription(database, "rx3", issued_on=date(2026, 11, 20))
    assert plan(database).put == 1
    later = [plan(database, NOW + DAY * step).put for step in range(1, 18)]
    assert sum(later) == 1
    with database.reading() as kept:
        cycles = kept.execute(text("SELECT prescription FROM refill_cycles ORDER BY prescription"))
        assert [row.prescription for row in cycles] == ["rx1", "rx2", "rx3"]


def test_what_was_collected_meanwhile_calls_the_reminder_back(database: Database) -> None:
    resident(database)
    prescription(database)
    plan(database)
    collection(database, "x1", "rx1", date(2026, 11, 25))
    assert plan(database).recalled == 1
    assert SqlOutbox(database).counted() == {"cancelled": 1}


def test_one_collected_of_two_leaves_the_reminder_of_the_other(database: Database) -> None:
    resident(database)
    prescription(database)
    prescription(database, "rx2")
    plan(database)
    collection(database, "x1", "rx1", date(2026, 11, 25))
    assert plan(database).recalled == 0
    collection(database, "x2", "rx2", date(2026, 11, 25))
    assert plan(database).recalled == 1


@pytest.mark.parametrize(
    "change",
    ["UPDATE residents SET died_on = '2026-11-25'",
     "UPDATE prescriptions SET stopped_on = '2026-11-25'",
     "INSERT INTO stays (resident, since) VALUES ('p1', '2026-11-24')"],
)  # fmt: skip
def test_death_stop_and_admission_end_what_waits_and_what_would_come(
    database: Database, change: str
) -> None:
    resident(database)
    prescription(database)
    plan(database)
    with database.writing() as kept:
        kept.execute(text(change))
    assert plan(database).recalled == 1
    assert plan(database, NOW + 40 * DAY).put == 0


def test_a_clinic_whose_records_are_old_waits_and_staff_are_told_once_a_day(
    database: Database,
) -> None:
    resident(database)
    prescription(database)
    set_feed(database, NOW - timedelta(hours=49))
    for _ in range(3):
        assert plan(database).stale == ["c1"]
    outbox = SqlOutbox(database)
    assert [one.letter.topic for one in outbox.listed(["due"])] == ["feed"]
    set_feed(database, NOW - timedelta(hours=48))
    assert plan(database).put == 1


def set_feed(database: Database, at: datetime) -> None:
    with database.writing() as kept:
        kept.execute(
            text("UPDATE clinics SET feed_limit_hours = 48, fed_until = :at"),
            {"at": at.replace(tzinfo=None) if database.file else at},
        )


def test_one_nobody_can_write_to_is_reminded_once_there_is_a_way(database: Database) -> None:
    resident(database, routes=[])
    prescription(database)
    assert plan(database).unreachable == 1
    with database.writing() as kept:
        kept.execute(text("""UPDATE residents SET routes = '[["memory", "1"]]'"""))
    assert plan(database).put == 1


def test_a_wrong_record_does_not_stop_the_others(database: Database) -> None:
    for id in ("p1", "p2", "p3"):
        resident(database, id)
        prescription(database, f"rx-{id}", id)
    with database.writing() as kept:
        kept.execute(text("UPDATE prescriptions SET dose_per_day = 'one' WHERE resident = 'p2'"))
        kept.execute(text("UPDATE residents SET routes = '[7]' WHERE id = 'p1'"))
    found = plan(database)
    assert (found.put, found.unreadable) == (1, 2)


def test_those_in_the_control_group_are_counted_but_not_told(database: Database) -> None:
    for number in range(40):
        resident(database, f"p{number}")
        prescription(database, f"rx{number}", f"p{number}")
    found = plan_reminders(database, replace(RULES, control_share=50), {}, NOW)
    assert 5 < found.put < 35
    with database.reading() as kept:
        cycles = kept.execute(text("SELECT letter FROM refill_cycles")).all()
    assert len(cycles) == 40
    assert sum(1 for row in cycles if row.letter is not None) == found.put


def test_two_that_plan_at_once_put_each_reminder_once(database: Database) -> None:
    for number in range(20):
        resident(database, f"p{number}")
        prescription(database, f"rx{number}", f"p{number}")
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: plan(database), range(3)))
    assert sum(one.put for one in found) == 20
    assert len(put(database)) == 20


@pytest.mark.parametrize(("days", "state"), [(5, "sent"), (6, "missed")])
def test_a_reminder_that_comes_days_too_late_is_missed_and_listed(
    database: Database, days: int, state: str
) -> None:
    resident(database)
    prescription(database)
    work_once(work(database, MemoryChannel(), NOW + days * DAY))
    assert SqlOutbox(database).counted() == {state: 1}


def test_a_worker_plans_sends_and_leaves(database: Database) -> None:
    resident(database)
    prescription(database)
    channel = MemoryChannel()
    done = work_once(work(database, channel))
    assert (done.planned.put if done.planned else None, done.taken_up) == (1, 1)
    assert [seen.chat for seen in channel.seen] == ["chat-p1"]


def test_a_worker_goes_on_after_trouble_until_it_is_stopped(database: Database) -> None:
    resident(database)
    prescription(database)
    channel, stop, asked = MemoryChannel(), Event(), []

    def clock() -> datetime:
        asked.append(1)
        if len(asked) == 1:
            raise RuntimeError("a defect")
        if channel.seen:
            stop.set()
        return NOW

    work_until(replace(work(database, channel), clock=clock), stop)
    assert len(channel.seen) == 1


def test_the_shipped_defaults_make_rules() -> None:
    house = House(read_settings({}))
    assert house.sending_rules.quiet.hours == {21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7}
    assert house.reminder_rules.refill == RULES.refill
    assert str(house.sending_rules.zone) == "Asia/Shanghai"
