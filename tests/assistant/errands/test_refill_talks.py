"""Talks about medicine at home, wishes for more of it, and the reminders."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from tests.storage import clinic_records as records

from askdoc.bootstrap import House
from askdoc.care.patients import Patient
from askdoc.channels.delivering import Sender
from askdoc.storage.care_tables import clinics, residents
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.refill_answers import close_task, open_tasks
from askdoc.storage.reminders import plan_reminders
from askdoc.testing import MemoryChannel

from .conftest import FATHER, MOTHER, NOW, SHE, Talk


@pytest.fixture(autouse=True)
def _medicines(house: House) -> None:
    """Amlodipine for her and metformin for her mother, 28 days each, collected on 2 November."""
    records.prescription(house.database, "rx1", "she", medicine="amlodipine-tablet")
    records.prescription(house.database, "rx2", "mother", medicine="metformin-tablet")


def wishes(house: House) -> list[tuple[str, str, str | None]]:
    return [(one.resident, one.kind, one.barrier) for one in open_tasks(house.database)]


def window(house: House, resident: str) -> Any:
    with house.database.reading() as kept:
        asked = select(residents.c.window_since, residents.c.window_until)
        return tuple(kept.execute(asked.where(residents.c.id == resident)).one())


def reminded(house: House) -> None:
    """Everybody who is due gets their reminder now."""
    plan_reminders(house.database, house.reminder_rules, house.own_days, NOW)
    channel = MemoryChannel("memory")
    sender = Sender(SqlOutbox(house.database), (channel,), house.sending_rules, lambda: NOW)
    while sender.send_next():
        pass


@pytest.mark.parametrize(
    "asked",
    [
        "我的药还够几天",
        "我的药还够吗",
        "我的藥還夠吃幾天？",
        "药还能吃几天啊",
        "我嘅药仲够食几多日",
        "药还够吃伐",
        "how many days of medicine do I have left?",
        "when is my next refill",
    ],
)
def test_days_left_come_with_the_day_and_its_reasons(talk: Talk, asked: str) -> None:
    answer = talk.says(asked)
    assert answer.kind == "answer"
    assert "5" in answer.text
    zh = answer.lang == "zh"
    told = ("11月29日（周日）", "11月2日", "氨氯地平") if zh else ("29 November", "2 November")
    assert all(words in answer.text for words in told)


@pytest.mark.parametrize(
    "asked",
    [
        "我妈的药还够吗",
        "我媽的藥還夠幾天",
        "阿妈嘅药仲够食几多日",
        "does my mother have enough medicine",
    ],
)
def test_days_left_for_a_parent_are_that_parent_s(talk: Talk, asked: str) -> None:
    answer = talk.says(asked)
    assert "二甲双胍" in answer.text
    assert "氨氯地平" not in answer.text


def test_the_next_refill_day_is_told_while_there_is_time(house: House, talk: Talk) -> None:
    records.collection(house.database, "c1", "rx1", date(2026, 11, 24))
    answer = talk.says("我的药还够几天")
    # 28 tablets on the 2nd and 28 on the 24th last until 27 December.
    assert "还够33天" in answer.text
    assert "下次续方：12月23日（周三）" in answer.text
    assert "吃完前5天" in answer.text


def test_old_records_say_so(house: House, talk: Talk) -> None:
    old = datetime(2026, 11, 1, tzinfo=UTC)
    with house.database.writing() as kept:
        kept.execute(update(clinics).values(fed_until=old, feed_limit_hours=48))
    assert "已经很久没有更新" in talk.says("我的药还够几天").text


def test_a_refill_is_a_task_for_the_doctor_only_after_the_yes(house: House, talk: Talk) -> None:
    asked = talk.says("帮我妈续方")
    assert asked.kind == "ask"
    assert "我不开药" in asked.text
    assert wishes(house) == []
    done = talk.says("确认")
    assert "已转给家庭医生" in done.text
    assert wishes(house) == [("mother", "renew", None)]
    again = talk.says("帮我妈续方")
    assert "医生还没有处理" in again.text
    assert wishes(house) == [("mother", "renew", None)]


def test_a_no_leaves_no_task(house: House, talk: Talk) -> None:
    talk.says("帮我续方", "取消")
    assert wishes(house) == []


def test_a_wish_after_a_closed_one_is_a_new_task(house: House, talk: Talk) -> None:
    reminded(house)
    talk.says("帮我续方", "确认")
    (task,) = open_tasks(house.database)
    close_task(house.database, task.number, "refilled", "d1", NOW)
    talk.waits(1)
    talk.says("帮我续方", "确认")
    assert wishes(house) == [("she", "renew", None)]


@pytest.mark.parametrize(
    ("said", "whose", "hours"),
    [
        ("提醒改到早上", "she", (8, 12)),
        ("改成下午提醒吧", "she", (12, 18)),
        ("提醒时间改到晚上", "she", (18, 21)),
        ("把提醒换到早上九点", "she", (9, 10)),
        ("提醒改到下午3点", "she", (15, 16)),
        ("change the reminder to the afternoon", "she", (12, 18)),
        ("我妈的提醒改到早上", "mother", (8, 12)),
        ("把我妈的提醒换到下午3点", "mother", (15, 16)),
    ],
)
def test_reminders_move_to_the_hours_that_were_said(
    house: House, talk: Talk, said: str, whose: str, hours: tuple[int, int]
) -> None:
    talk.says(said)
    assert window(house, whose) == (None, None)
    talk.says("确认")
    assert window(house, whose) == hours
    (other,) = {"she", "mother"} - {whose}
    assert window(house, other) == (None, None)


def test_without_hours_they_are_asked_for(house: House, talk: Talk) -> None:
    talk.says("我妈的提醒改个时间")
    assert [one.sets["remind_hours"] for one in talk.answers[-1].choices] == [
        "morning",
        "afternoon",
        "evening",
    ]
    talk.presses(1)
    talk.presses(0)
    assert window(house, "mother") == (12, 18)


def test_nobody_is_reminded_at_night(house: House, talk: Talk) -> None:
    assert "夜里不打扰" in talk.says("提醒改到晚上十一点").text
    assert talk.says("确认").kind != "ask"
    assert window(house, "she") == (None, None)


@pytest.mark.parametrize(
    ("off", "on", "whose"),
    [
        ("退订", "恢复提醒", "she"),
        ("別再提醒我了", "重新提醒我", "she"),
        ("unsubscribe", "resubscribe", "she"),
        ("我妈的提醒退订", "我妈的提醒恢复", "mother"),
        ("别再提醒我妈了", "重新提醒我妈", "mother"),
        ("stop the reminders for my mother", "resume the reminders for my mother", "mother"),
    ],
)
def test_reminders_stop_and_come_again(
    house: House, talk: Talk, off: str, on: str, whose: str
) -> None:
    asked = {"she": "我的药还够几天", "mother": "我妈的药还够几天"}[whose]
    talk.says(off, "确认")
    reminded(house)
    outbox = SqlOutbox(house.database)
    assert {one.letter.recipient for one in outbox.listed(("muted",))} == {whose}
    assert "提醒不到" in talk.says(asked).text
    talk.says(on, "确认")
    assert "提醒不到" not in talk.says(asked).text


@pytest.mark.parametrize(
    ("said", "barrier"),
    [
        ("我没时间去拿", "no_time"),
        ("药太贵了", "cost"),
        ("社区说断货了", "out_of_stock"),
        ("下周要出差", "away"),
        ("they are out of stock", "out_of_stock"),
    ],
)
def test_a_barrier_in_free_words_leads_where_the_button_does(
    house: House, talk: Talk, said: str, barrier: str
) -> None:
    reminded(house)
    asked = talk.says(said)
    assert asked.kind == "ask"
    assert wishes(house) == []
    talk.says("确认")
    assert wishes(house) == [("she", "trouble", barrier)]


def test_a_barrier_without_a_reminder_is_no_barrier(house: House, talk: Talk) -> None:
    assert talk.says("药太贵了").proposal is None
    assert wishes(house) == []


def test_collected_in_words_closes_the_reminder(house: House, talk: Talk) -> None:
    reminded(house)
    talk.says("我妈的药已经拿了", "确认")
    with house.database.reading() as kept:
        (task,) = kept.execute(select(tasks)).all()
    assert (task.resident, task.kind, task.outcome) == ("mother", "collected", "said_collected")


def test_a_side_effect_goes_to_care_first(house: House, talk: Talk) -> None:
    reminded(house)
    answer = talk.says("吃了这个药一直头晕恶心，能不能停药")
    assert answer.kind == "decline"
    assert wishes(house) == []


def test_whoever_is_nobody_s_patient_hears_what_to_do(house: House) -> None:
    talk = Talk(house, ())
    for said in ("我的药还够几天", "帮我续方", "提醒改到早上", "退订", "我妈的药还够吗"):
        answer = talk.says(said)
        assert answer.kind == "decline"
        assert "社区卫生服务中心" in answer.text
        assert answer.proposal is None


def test_a_neighbour_is_no_patient_of_hers(talk: Talk) -> None:
    assert talk.says("我邻居的药还够几天").kind == "decline"


def test_of_two_of_the_same_kind_one_is_asked_for(house: House) -> None:
    sons = (replace(MOTHER, label="大宝", relation="child"), Patient("father", "child", "小宝"))
    talk = Talk(house, (SHE, *sons))
    asked = talk.says("我孩子的药还够几天")
    assert [one.label for one in asked.choices] == ["大宝", "小宝"]
    assert "二甲双胍" in talk.presses(0).text


def test_a_parent_without_a_name_is_the_one_there_is(house: House) -> None:
    talk = Talk(house, (SHE, replace(MOTHER, label="")))
    assert "二甲双胍" in talk.says("我妈的药还够几天").text
    assert FATHER.label == "爸爸"
