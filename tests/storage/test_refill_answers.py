"""From a reminder to a refill, a barrier with an action, or a call."""

from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from sqlalchemy import select, text

from askdoc.care.loop import (
    ACTIONS,
    BARRIERS,
    OUTCOMES,
    Answer,
    BadOutcome,
    Barrier,
    NoCall,
    NoOpenTask,
    Pressed,
    UnknownReminder,
    barrier_choices,
    pressed,
    reply_to,
)
from askdoc.channels import Choice
from askdoc.storage.calls import Called, Calling, call_list, end_call
from askdoc.storage.care_tables import refill_cycles
from askdoc.storage.clinic_reports import (
    UnknownClinic,
    clinic_row,
    contracts_lapsing,
    outcomes,
    overview,
    signed_not_served,
)
from askdoc.storage.cohorts import cohort
from askdoc.storage.database import Database
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.refill_answers import answer_reminder, close_task, open_tasks
from askdoc.testing import MemoryChannel
from askdoc.wording.phrases import has_phrase
from askdoc.worker import work_once

from .clinic_records import NOW, RULES, clinic, collection, prescription, records, resident
from .test_reminders import work

DAY = timedelta(days=1)


@pytest.fixture
def reminded(kept_database: Database) -> Database:
    """Three residents who were reminded today; the fourth has no way to be."""
    clinic(kept_database)
    for number in range(1, 5):
        resident(kept_database, f"p{number}", **({"routes": []} if number == 4 else {}))
        prescription(kept_database, f"rx{number}", f"p{number}")
    work_once(work(kept_database, MemoryChannel()))
    return kept_database


def token(database: Database, of: str = "p1") -> str:
    with database.reading() as kept:
        found: str = kept.scalars(
            select(refill_cycles.c.token).where(refill_cycles.c.resident == of)
        ).one()
    return found


def called(database: Database, now: datetime) -> list[tuple[str, str]]:
    with database.reading() as kept:
        found = call_list(kept, "c1", Calling(RULES, 3), now)
    return [(one.resident, one.why) for one in found]


def test_out_of_stock_lands_on_the_doctor_s_list_with_what_to_do(reminded: Database) -> None:
    assert answer_reminder(reminded, token(reminded), "trouble", NOW).choices == BARRIERS
    assert open_tasks(reminded) == []
    reply = answer_reminder(reminded, token(reminded), "trouble", NOW, "out_of_stock")
    assert "哪里有药" in reply.sentence("zh")
    (task,) = open_tasks(reminded, "c1")
    assert (task.resident, task.kind, task.barrier) == ("p1", "trouble", "out_of_stock")


def test_a_wish_for_a_refill_is_a_task_for_the_doctor_once(reminded: Database) -> None:
    for _ in range(2):
        answer_reminder(reminded, token(reminded), "renew", NOW)
    (task,) = open_tasks(reminded)
    assert task.kind == "renew"
    close_task(reminded, task.number, "refilled", "d1", NOW + DAY)
    assert open_tasks(reminded) == []
    assert outcomes(reminded, "c1", NOW) == {"refilled": 1}
    with pytest.raises(NoOpenTask):
        close_task(reminded, task.number, "refilled", "d1", NOW)
    with pytest.raises(BadOutcome):
        close_task(reminded, task.number, "sold", "d1", NOW)


def test_what_may_mean_harm_comes_first(reminded: Database) -> None:
    answer_reminder(reminded, token(reminded, "p1"), "renew", NOW)
    answer_reminder(reminded, token(reminded, "p2"), "trouble", NOW, "cost")
    answer_reminder(reminded, token(reminded, "p3"), "trouble", NOW, "side_effect")
    assert [one.resident for one in open_tasks(reminded)] == ["p3", "p1", "p2"]


def test_a_barrier_named_later_is_the_one_that_stands(reminded: Database) -> None:
    answer_reminder(reminded, token(reminded), "trouble", NOW, "cost")
    answer_reminder(reminded, token(reminded), "trouble", NOW, "side_effect")
    assert [one.barrier for one in open_tasks(reminded)] == ["side_effect"]


def test_later_reminds_once_more_a_day_later(reminded: Database) -> None:
    for _ in range(2):
        answer_reminder(reminded, token(reminded), "later", NOW)
    channel = MemoryChannel()
    work_once(work(reminded, channel, NOW + DAY - timedelta(seconds=1)))
    assert channel.seen == []
    work_once(work(reminded, channel, NOW + DAY))
    assert [seen.chat for seen in channel.seen] == ["chat-p1"]


def test_silence_for_days_ends_on_the_call_list_and_answers_and_collections_do_not(
    reminded: Database,
) -> None:
    answer_reminder(reminded, token(reminded, "p1"), "collected", NOW)
    collection(reminded, "x2", "rx2", date(2026, 11, 26))
    assert called(reminded, NOW + 3 * DAY - timedelta(seconds=1)) == []
    assert called(reminded, NOW + 3 * DAY) == [("p3", "silent")]


def test_a_reminder_that_never_arrived_is_called_at_once(reminded: Database) -> None:
    with reminded.writing() as kept:
        kept.execute(text("UPDATE letters SET state = 'failed' WHERE recipient = 'p2'"))
    assert called(reminded, NOW) == [("p2", "failed")]


def test_a_reminder_s_buttons_lead_to_the_barriers_and_to_a_task(reminded: Database) -> None:
    letter = SqlOutbox(reminded).listed(["sent"])[0].letter
    assert [(one.answer, one.barrier) for one in map(known, letter.choices)] == [
        ("collected", None), ("renew", None), ("trouble", None), ("later", None),
    ]  # fmt: skip
    next_choices = barrier_choices(known(letter.choices[2]).token, "zh")
    assert [one.label for one in next_choices] == [
        "没时间",
        "费用",
        "副作用",
        "外出",
        "已停药",
        "断货",
    ]
    assert all(len(one.id.encode()) <= 64 for one in next_choices)
    chosen = known(next_choices[5])
    answer_reminder(reminded, chosen.token, chosen.answer, NOW, chosen.barrier)
    assert [one.barrier for one in open_tasks(reminded)] == ["out_of_stock"]
    for other in (
        "",
        "refill",
        "refill:renew:",
        "refill:sell:x",
        "slot:renew:x",
        "refill:renew.x:y",
    ):
        assert pressed(other) is None


def known(choice: Choice) -> Pressed:
    found = pressed(choice.id)
    assert found is not None
    return found


def test_an_unknown_button_is_refused(reminded: Database) -> None:
    with pytest.raises(UnknownReminder):
        answer_reminder(reminded, "0" * 32, "renew", NOW)


def test_every_answer_barrier_action_and_outcome_can_be_told() -> None:
    for answer in get_args(Answer):
        assert reply_to(answer, None).sentence("zh")
    for barrier in get_args(Barrier):
        assert reply_to("trouble", barrier).sentence("en")
    keys = [f"barrier.{one}" for one in BARRIERS] + [f"outcome.{one}" for one in OUTCOMES]
    keys += [f"action.{one}" for one in (*ACTIONS.values(), "renew")]
    assert [key for key in keys if not has_phrase(f"refills.{key}", "zh")] == []


def test_the_lists_of_a_clinic(reminded: Database) -> None:
    prescription(reminded, "rx9", "p1", issued_on=date(2026, 10, 1))
    found = overview(reminded, records(reminded), RULES, NOW)
    assert [one.resident for one in found.due] == ["p1", "p2", "p3", "p4"]
    assert [(one.resident, one.runs_out) for one in found.overdue] == [("p1", date(2026, 10, 29))]
    assert [one.resident for one in found.unreachable] == ["p4"]
    assert found.forecast == {(date(2026, 11, 30), "amlodipine", "d1"): 4}
    with pytest.raises(UnknownClinic):
        clinic_row(reminded, "c9")


def test_a_wrong_record_is_named_and_left_out_of_the_lists(reminded: Database) -> None:
    with reminded.writing() as kept:
        kept.execute(text("UPDATE prescriptions SET quantity = '?' WHERE resident = 'p2'"))
    found = overview(reminded, records(reminded), RULES, NOW)
    assert found.unreadable == ("p2",)
    assert [one.resident for one in found.due] == ["p1", "p3", "p4"]


def test_contracts_that_lapse_and_those_under_which_nobody_was_served(reminded: Database) -> None:
    rows = [
        ("p1", "2026-01-01", "2026-12-31", "2026-11-01"),
        ("p2", "2026-01-01", "2026-12-31", None),
        ("p2", "2027-01-01", "2027-12-31", None),
        ("p3", "2026-01-01", None, "2026-08-27"),
    ]
    with reminded.writing() as kept:
        for row in rows:
            told = [f"'{one}'" if one else "NULL" for one in row]
            kept.execute(
                text(
                    "INSERT INTO contracts (resident, since, until, served_on, doctor, "
                    "district_hospital, municipal_hospital) "
                    f"VALUES ({', '.join(told)}, 'd', '', '')"
                )
            )
    day = date(2026, 11, 25)
    assert [one.resident for one in contracts_lapsing(reminded, "c1", day, 36)] == ["p1"]
    assert contracts_lapsing(reminded, "c1", day, 35) == []
    served = signed_not_served(reminded, "c1", day, 90)
    assert sorted(one.resident for one in served) == ["p2", "p3"]
    assert [one.resident for one in signed_not_served(reminded, "c1", day, 91)] == ["p2"]


def test_those_reminded_are_compared_with_those_who_were_not(reminded: Database) -> None:
    with reminded.writing() as kept:
        kept.execute(text("UPDATE refill_cycles SET letter = NULL WHERE resident = 'p3'"))
    collection(reminded, "x1", "rx1", date(2026, 11, 30))
    collection(reminded, "x2", "rx2", date(2026, 12, 1))
    collection(reminded, "x3", "rx3", date(2026, 11, 29))
    answer_reminder(reminded, token(reminded, "p1"), "renew", NOW)
    found = cohort(reminded, records(reminded), date(2026, 11, 1), date(2026, 11, 30))
    told, control = found["reminded"], found["control"]
    assert (told.cycles, told.sent, told.answered, told.on_time) == (2, 2, 1, 1)
    assert (control.cycles, control.sent, control.on_time) == (1, 0, 1)
    assert str(told.share_on_time) == "0.5"
    # From 2 to 30 November: p1 every day, p2 all but the 30th.
    assert (told.days.covered, told.days.counted) == (57, 58)
    assert (control.days.covered, control.days.counted) == (29, 29)
    later = cohort(reminded, records(reminded), date(2026, 12, 1), date(2026, 12, 30))
    assert later["reminded"].share_on_time is None


def test_a_call_ends_with_an_outcome_once_and_leaves_the_list(reminded: Database) -> None:
    late = NOW + 3 * DAY

    def end(resident: str, outcome: str) -> None:
        with reminded.writing() as kept:
            end_call(kept, "c1", Calling(RULES, 3), Called(resident, outcome, "s1"), late)

    assert called(reminded, late) == [("p1", "silent"), ("p2", "silent"), ("p3", "silent")]
    with pytest.raises(BadOutcome):
        end("p1", "said_collected")
    end("p1", "refilled")
    assert called(reminded, late) == [("p2", "silent"), ("p3", "silent")]
    assert outcomes(reminded, "c1", NOW) == {"refilled": 1}
    for nobody in ("p1", "p4", "stranger"):
        with pytest.raises(NoCall):
            end(nobody, "refilled")
    # A call that the clinic made is no answer of the resident's.
    found = cohort(reminded, records(reminded), date(2026, 11, 1), date(2026, 11, 30))
    assert found["reminded"].answered == 0


def test_what_was_sent_is_still_one_reminder_each(reminded: Database) -> None:
    assert SqlOutbox(reminded).counted("refill") == {"sent": 3}
