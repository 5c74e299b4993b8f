"""A whole talk: consent, buttons, numbers, linking, family, stopping, deleting."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from askdoc.care.patients import relation_from
from askdoc.channels import Abilities, Refused
from askdoc.channels.letters import Letter, Route
from askdoc.channels.port import BLOCKED
from askdoc.reception.chat import Chat, Person, patients_in
from askdoc.reception.commands import command_of
from askdoc.reception.enrolment import Enrolment, code_in, new_code
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.messaging_tables import chats, inbox
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.tables import conversations

from .conftest import ABROAD, BUTTONS, NUMBERS, START, Counter, photo

BILL = "我在上海，职工医保在职，三级医院门诊花了1200元，能报多少？"


def agreed(counter: Counter, chat: str = "c1") -> None:
    counter.says("/start", chat)
    counter.presses("同意", chat)


def code(counter: Counter, resident: str, label: str, relation: str = "self") -> str:
    told = Enrolment(
        resident=resident,
        label=label,
        relation=relation_from(relation),
        made_by="nurse-1",
        profile={"region": "cn/shanghai", "scheme": "employee", "status": "active"},
    )
    return SqlEnrolments(counter.database).make_codes([told], START)[0]


def reminder(counter: Counter, resident: str, cycle: str) -> None:
    told = Letter(
        topic="refill",
        subject=resident,
        cycle=cycle,
        kind="reminder",
        recipient=resident,
        routes=SqlEnrolments(counter.database).routes(resident) or (Route("memory", "c1"),),
        text="该来社区了",
        lang="zh",
        not_before=START,
    )
    SqlOutbox(counter.database).put([told], counter.clock[0])
    counter.sender.send_due()


def test_nothing_is_kept_of_what_was_said_before_the_consent(counter: Counter) -> None:
    (asked,) = counter.says("我有糖尿病，" + BILL)
    assert "您同意吗" in asked
    with counter.database.reading() as connection:
        assert connection.execute(select(conversations)).all() == []
        assert connection.scalars(select(inbox.c.said)).all() == [None]
    counter.presses("同意")
    assert any("490.00" in line for line in counter.says(BILL))


def test_an_emergency_is_answered_before_any_consent(counter: Counter) -> None:
    (told,) = counter.says("我胸口疼得厉害，喘不上气")
    assert "120" in told


def test_whoever_refuses_hears_nothing_more(counter: Counter) -> None:
    counter.says("你好")
    assert "没有保存" in counter.presses("不同意")[-1]
    assert "您同意吗" in counter.says(BILL)[0]


@pytest.mark.parametrize("abilities", [ABROAD])
def test_a_channel_abroad_asks_for_a_consent_of_its_own(
    counter: Counter, abilities: Abilities
) -> None:
    (asked,) = counter.says("你好")
    assert "境外" in asked
    counter.presses("同意")
    chat = counter.chat()
    assert chat is not None
    enrolments = SqlEnrolments(counter.database)
    assert enrolments.has_agreed(chat.id, "cross_border")
    assert not enrolments.has_agreed(chat.id, "domestic")


def test_a_pressed_button_answers_and_its_message_says_what_was_pressed(counter: Counter) -> None:
    agreed(counter)
    counter.says("阿司匹林能报吗")
    edit, answer = counter.presses("阿司匹林肠溶片")
    assert edit.endswith("✓ 阿司匹林肠溶片")
    assert counter.channel.seen[-2].message.edit_of is not None
    assert "甲类" in answer


@pytest.mark.parametrize("abilities", [NUMBERS])
def test_without_buttons_a_number_chooses(counter: Counter, abilities: Abilities) -> None:
    counter.says("/start")
    counter.says("1")
    said = counter.says("阿司匹林能报吗")
    assert "甲类" in counter.says("回复１")[-1], said


@pytest.mark.parametrize("abilities", [NUMBERS])
def test_a_long_answer_comes_in_pieces_and_in_order(counter: Counter, abilities: Abilities) -> None:
    counter.says("/start")
    counter.says("1")
    pieces = counter.says(BILL)
    assert len(pieces) > 1
    assert all(len(one) <= 600 for one in pieces)
    whole = "".join(pieces)
    assert whole.index("金额：") < whole.index("逐步计算") < whole.index("依据：")


def test_an_unknown_button_does_nothing(counter: Counter) -> None:
    agreed(counter)
    (told,) = counter.says(choice="tFOREIGN")
    assert "过期" in told


def test_a_button_of_another_chat_does_nothing_here(counter: Counter) -> None:
    agreed(counter, "c1")
    counter.says("/delete", "c1")
    foreign = counter.channel.seen[-1].message.choices[0].id
    agreed(counter, "c2")
    (told,) = counter.says(chat="c2", choice=foreign)
    assert "过期" in told
    assert counter.chat("c1") is not None


def test_every_code_that_is_printed_is_taken_for_one() -> None:
    found = {command_of(new_code()) for _ in range(2_000)}
    assert {one.name if one else None for one in found} == {"link"}


def test_letters_that_are_read_as_digits_make_the_same_code() -> None:
    assert code_in("5z79-g34b-ac") == code_in("S279 634 8AC") == "SZ79G34BAC"


def test_a_code_links_once(counter: Counter) -> None:
    agreed(counter)
    once = code(counter, "r1", "我")
    assert "已关联" in counter.says(f"绑定 {once.lower()}")[0]
    agreed(counter, "c2")
    assert "用过了" in counter.says(once, "c2")[0]
    # What the clinic told is used: nothing about region, scheme or status was said.
    told = counter.says("三级医院门诊花了1200元，能报多少？")
    assert any("上海" in one for one in told), told


def test_a_code_waits_for_the_consent(counter: Counter) -> None:
    once = code(counter, "r1", "我")
    counter.says(f"/start {once}")
    assert SqlEnrolments(counter.database).routes("r1") == ()
    assert "已关联" in counter.presses("同意")[-1]
    assert SqlEnrolments(counter.database).routes("r1") == (Route("memory", "c1"),)


def test_guessing_codes_ends_after_five(counter: Counter) -> None:
    agreed(counter)
    for _ in range(5):
        assert "不对" in counter.says("绑定 2222222222")[0]
    right = code(counter, "r1", "我")
    assert "明天" in counter.says(f"绑定 {right}")[0]
    counter.clock[0] += timedelta(hours=25)
    assert "已关联" in counter.says(f"绑定 {right}")[0]


def test_what_was_said_for_one_person_does_not_answer_for_another(counter: Counter) -> None:
    agreed(counter)
    counter.says("绑定 " + code(counter, "r1", "我"))
    counter.says("绑定 " + code(counter, "r2", "妈妈", "parent"))
    counter.says("家人")
    assert counter.shows() == ["我", "妈妈"]
    counter.presses("我")
    counter.says("三级医院门诊花了1200元，能报多少？")
    counter.says("家人")
    counter.presses("妈妈")
    (told, *_) = counter.says("二级呢")
    assert told.startswith("（替妈妈问）")
    assert "1200" not in told


@pytest.mark.parametrize(("word", "reason"), [("不是本人", "not_me"), ("已去世", "died")])
def test_the_wrong_person_stops_everything_at_once_and_quietly(
    counter: Counter, word: str, reason: str
) -> None:
    agreed(counter)
    counter.says("绑定 " + code(counter, "r1", "我"))
    counter.presses("可以发")
    reminder(counter, "r1", "1")
    assert counter.channel.seen[-1].message.text == "该来社区了"
    assert len(counter.says(word)) == 1
    reminder(counter, "r1", "2")
    assert counter.channel.seen[-1].message.text != "该来社区了"
    enrolments = SqlEnrolments(counter.database)
    assert enrolments.routes("r1") == ()
    assert ("r1", reason) in [(one.who, one.reason) for one in enrolments.stopped()]


@pytest.mark.parametrize("abilities", [BUTTONS, ABROAD])
def test_a_linked_chat_is_reminded_only_once_it_agreed_to_that(
    counter: Counter, abilities: Abilities
) -> None:
    agreed(counter)
    (asked,) = counter.says("绑定 " + code(counter, "r1", "我"))
    assert "可以发到这里吗" in asked
    reminder(counter, "r1", "1")
    assert counter.channel.seen[-1].message.text == asked
    assert "会发到这里" in counter.presses("可以发")[-1]
    reminder(counter, "r1", "2")
    assert counter.channel.seen[-1].message.text == "该来社区了"
    counter.presses("不用发")
    reminder(counter, "r1", "3")
    assert counter.channel.seen[-1].message.text != "该来社区了"


def test_who_blocked_us_and_writes_again_is_reminded_again(counter: Counter) -> None:
    agreed(counter)
    counter.says("绑定 " + code(counter, "r1", "我"))
    counter.presses("可以发")
    counter.channel.fail([Refused(reason=BLOCKED)])
    reminder(counter, "r1", "1")
    chat = counter.chat()
    assert chat is not None
    assert chat.blocked_at is not None
    counter.says("你好")
    reminder(counter, "r1", "2")
    assert counter.channel.seen[-1].message.text == "该来社区了"


@pytest.mark.parametrize("abilities", [BUTTONS, ABROAD])
def test_whoever_takes_the_consent_of_the_chat_back_is_not_reminded_there_either(
    counter: Counter, abilities: Abilities
) -> None:
    counter.says("/start")
    counter.presses("同意")
    counter.says("绑定 " + code(counter, "r1", "我"))
    counter.presses("可以发")
    counter.presses("不同意")
    reminder(counter, "r1", "1")
    assert counter.channel.seen[-1].message.text != "该来社区了"


def test_one_word_opts_out_and_another_comes_back(counter: Counter) -> None:
    agreed(counter)
    counter.says("绑定 " + code(counter, "r1", "我"))
    counter.says("退订")
    reminder(counter, "r1", "1")
    assert counter.channel.seen[-1].message.text != "该来社区了"
    counter.says("恢复提醒")
    reminder(counter, "r1", "2")
    assert counter.channel.seen[-1].message.text == "该来社区了"


def test_deleting_leaves_nothing_of_the_chat(counter: Counter) -> None:
    agreed(counter)
    counter.says(BILL)
    counter.says("删除我的数据")
    assert counter.presses("删除")[-1] == "已全部删除。"
    with counter.database.reading() as connection:
        for table in ("conversations", "turns", "chats", "chat_people", "consents"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        assert set(connection.execute(select(inbox.c.said, inbox.c.sender))) == {(None, None)}
        left = connection.execute(text("SELECT said FROM letters")).scalars().all()
    assert left == ["已全部删除。"]


def test_a_group_is_declined_once_a_day(counter: Counter) -> None:
    assert "单独" in counter.says("/group", "g1")[0]
    assert counter.says("/group", "g1") == []


def test_a_turn_in_english_is_answered_in_english(counter: Counter) -> None:
    agreed(counter)
    counter.says("/lang en")
    assert "Sources" in "".join(counter.says(BILL))


def test_markup_and_hidden_signs_in_a_message_are_shown_harmless(counter: Counter) -> None:
    agreed(counter)
    told = "".join(counter.says("<b>阿司匹林</b>\u202e[x](http://evil.example) 能报吗"))
    assert "http://evil.example" not in told
    assert "\u202e" not in told


def test_a_message_that_breaks_the_receptionist_is_ended_with_an_apology(
    counter: Counter,
) -> None:
    agreed(counter)

    def broken(channel: str, media: object, now: object) -> None:
        raise RuntimeError("a defect")

    object.__setattr__(counter.receptionist, "look", broken)
    told = counter.says(media=photo("p1"))
    assert told == ["对不起，这条消息我没能处理。请换个说法再试，或者打电话问社区。"]
    assert counter.receptionist.inbox.counted()["failed"] == 1
    with counter.database.reading() as connection:
        assert connection.scalars(select(chats.c.lease)).all() == [None]


def test_what_a_person_confirms_is_done_once_with_the_message(counter: Counter) -> None:
    agreed(counter)
    counter.says(BILL)
    counter.says("我想找人问问")
    with counter.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tasks")).scalar() == 0
    yes = counter.shows()[0]
    told = counter.presses(yes)
    assert len(told) == 2
    with counter.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tasks")).scalar() == 1
    counter.presses(yes)
    with counter.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tasks")).scalar() == 1


def test_a_chat_acts_for_those_it_is_linked_to_and_first_for_whom_it_asks() -> None:
    mother = Person(id="a", label="妈妈", relation="parent", resident="r1")
    father = Person(id="b", label="爸爸", relation="parent", resident="r2")
    stranger = Person(id="c", label="我", relation="self")
    chat = Chat(id="x", channel="memory", chat="c1", people=(mother, father, stranger))
    found = patients_in(chat, father)
    assert [(one.resident, one.relation, one.label) for one in found] == [
        ("r2", "self", "爸爸"),
        ("r2", "parent", "爸爸"),
        ("r1", "parent", "妈妈"),
    ]
    own = replace(stranger, resident="r3")
    with_own = replace(chat, people=(mother, own))
    assert [one.resident for one in patients_in(with_own, mother)] == ["r1", "r3"]
    assert [one.relation for one in patients_in(with_own, mother)] == ["parent", "self"]
    assert patients_in(replace(chat, people=(stranger,)), stranger) == ()
