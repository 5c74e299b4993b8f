"""A bare number answers the newest message with choices, also a reminder that nobody asked for."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from askdoc.care.feed import Feed, ResidentRow
from askdoc.care.prescriptions import Prescription
from askdoc.channels import Abilities
from askdoc.channels.letters import Route
from askdoc.channels.port import Choice
from askdoc.china_days import CHINA
from askdoc.reminder_buttons import ReminderButtons
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.feeds import keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.refill_answers import open_tasks
from askdoc.storage.reminders import plan_reminders
from askdoc.testing.letters import letter

from .conftest import NUMBERS, START, Counter

pytestmark = pytest.mark.parametrize("abilities", [NUMBERS])


@pytest.fixture
def reminded(counter: Counter, abilities: Abilities) -> Counter:
    """Somebody who never wrote to us, and has the first reminder before them."""
    database, rules = counter.database, counter.receptionist.house.reminder_rules
    today = START.astimezone(CHINA).date()
    issued = today - timedelta(days=23)
    one = ResidentRow(id="p1", channel="memory", chat="c1", agreed_on=issued)
    held = Prescription(
        id="rx1", resident="p1", clinic="c", medicine="amlodipine-tablet", issued_on=issued,
        dose_per_day=Decimal(1), quantity=Decimal(28),
    )  # fmt: skip
    keep_feed(database, "c", Feed(residents=[one], prescriptions=[held]), START)
    assert plan_reminders(database, rules, {}, START).put == 1
    assert counter.sender.send_due() == 1
    elsewhere = (ReminderButtons(database),)
    told = replace(counter.receptionist, elsewhere=elsewhere)
    return replace(counter, receptionist=told)


def wishes(counter: Counter) -> list[str]:
    return [one.kind for one in open_tasks(counter.database, "c")]


def test_a_number_answers_the_first_reminder_of_somebody_who_never_wrote(
    reminded: Counter,
) -> None:
    (told,) = reminded.says("回复2")
    assert "家庭医生" in told
    assert wishes(reminded) == ["renew"]


def test_a_number_goes_on_through_the_choices_of_a_reminder(reminded: Counter) -> None:
    assert "困难" in reminded.says("3")[0]
    assert "回电话" in reminded.says("3")[0]
    assert [one.barrier for one in open_tasks(reminded.database, "c")] == ["side_effect"]


def test_a_choice_of_the_conversation_takes_over_from_the_reminder(reminded: Counter) -> None:
    reminded.says("你好")
    assert "已记下您的同意" in reminded.says("1")[0]
    assert wishes(reminded) == []


def test_a_later_reminder_takes_over_from_the_conversation(reminded: Counter) -> None:
    reminded.says("你好")
    again = letter(
        cycle="later", routes=(Route("memory", "c1"),), choices=(Choice("tLATER", "好"),)
    )
    SqlOutbox(reminded.database).put([again], reminded.clock[0])
    reminded.sender.send_due()
    assert "过期" in reminded.says("1")[0]
    chat = reminded.chat()
    assert chat is not None
    assert chat.consented_at is None


def test_a_number_long_after_its_message_is_told_so_and_changes_nothing(reminded: Counter) -> None:
    reminded.clock[0] += timedelta(days=8)
    assert "好几天前" in reminded.says("2")[0]
    assert wishes(reminded) == []


def test_a_number_that_was_not_offered_chooses_nothing(reminded: Counter) -> None:
    assert "您同意吗" in reminded.says("9")[0]
    assert wishes(reminded) == []


def test_a_number_in_another_chat_answers_no_reminder(reminded: Counter) -> None:
    reminded.says("2", chat="c2")
    assert wishes(reminded) == []


def told_later(counter: Counter, cycle: str) -> bool:
    """Whether another letter to the same person is sent."""
    seen = len(counter.channel.seen)
    later = letter("p1", cycle=cycle, routes=(Route("memory", "c1"),), not_before=START)
    SqlOutbox(counter.database).put([later], counter.clock[0])
    counter.sender.send_due()
    return len(counter.channel.seen) > seen


@pytest.mark.parametrize("word", ["退订", "不是本人", "已去世"])
def test_one_word_from_a_number_that_only_the_clinic_knows_stops_its_reminders(
    reminded: Counter, word: str
) -> None:
    assert told_later(reminded, "before")
    assert len(reminded.says(word)) == 1
    assert not told_later(reminded, "after")
    stopped = SqlEnrolments(reminded.database).stopped()
    assert "p1" in [one.who for one in stopped]
    reminded.says("恢复提醒")
    assert told_later(reminded, "again") is (word == "退订")


def test_a_stop_from_another_number_stops_nobody_here(reminded: Counter) -> None:
    reminded.says("退订", chat="c2")
    assert told_later(reminded, "after")
