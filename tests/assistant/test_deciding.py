"""A change is only proposed; the person's next act, and nothing else, has it carried out, once."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, dialogue_record, read_dialogue
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.proposal import NoDoer, Order, Receipt
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.deciding import decision_of
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import JsonObject
from askdoc.bootstrap import House
from askdoc.storage.transcript import open_transcript
from askdoc.testing import BEHAVIOURS, Behaviour, HostileModel, MemoryTranscript, ScriptedModel

from .conftest import DAY
from .talking import BILL, HELP

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
SIDE_EFFECT = "我吃了这个降压药一直头晕恶心，能不能停药"


class OvertakenOnce(MemoryTranscript):
    """Somebody else's message comes in between, once."""

    def __init__(self, other: JsonObject | None) -> None:
        super().__init__()
        self.other, self.states = other, 0

    def state(self, conversation: str) -> JsonObject | None:
        found = super().state(conversation)
        self.states += 1
        if found is not None and found["waiting"] and self.other is not None:
            kept, self.other = self.other, None
            self._find(conversation).state = json.dumps({**found, **kept})
        return found


@pytest.fixture(scope="module")
def context(house: House) -> Context:
    return house.context(DAY, {}, 0, None)


@pytest.fixture
def session() -> Session:
    return opened(MemoryTranscript())


def opened(transcript: MemoryTranscript) -> Session:
    return Session(transcript, transcript.open_conversation("terminal", "resident", NOW))


def said(session: Session, context: Context, *words: str) -> Answer:
    """The last answer of a conversation."""
    answers = [session.say(one, context, NOW) for one in words]
    return answers[-1]


def left(session: Session) -> list[Any]:
    return session.transcript.handed_over(session.conversation)


def button(answer: Answer, name: str) -> Choice:
    return next(one for one in answer.choices if name in one.sets)


def press(session: Session, context: Context, choice: Choice) -> Answer:
    return session.say(choice.label, context, NOW, choice.sets)


def test_a_proposal_is_read_back_in_full_and_changes_nothing(
    session: Session, context: Context
) -> None:
    answer = said(session, context, BILL, "转人工")
    assert answer.kind == "ask"
    assert "三级医院门诊花了700元" in answer.text
    assert [one.label for one in answer.choices] == ["确认", "取消"]
    assert left(session) == []


@pytest.mark.parametrize(
    "yes", ["确认", "好的", "可以", "是的", "1", "好的，谢谢", "OK", "yes please"]
)
def test_a_typed_yes_has_it_done_with_a_receipt(
    session: Session, context: Context, yes: str
) -> None:
    answer = said(session, context, BILL, "转人工", yes)
    (task,) = left(session)
    assert answer.kind == "handed_over"
    assert task.id in answer.text
    assert (task.state, task.opened_at, task.recipient) == ("open", NOW, "staff")
    assert "三级医院门诊花了700元" in task.summary
    kept = session.transcript.window(session.conversation, 1)[0]
    assert task.id in kept.answer["text"]
    assert kept.tools[-1]["name"] == "hand_over"
    assert kept.tools[-1]["outcome"] == "done"


@pytest.mark.parametrize(
    "other",
    [
        "取消",
        "算了",
        "不用了",
        "不可以",
        "好不好",
        "确认吗？",
        "可以吗",
        "要确认什么",
        "确认一下能报多少",
        "先别确认",
        "好了",
        "行了行了",
        "那社区呢",
        "3",
        "我是说二级医院",
        "no",
        "yesterday",
        "不 yes",
        "嗯……",
        "",
    ],
)
def test_whatever_else_is_said_changes_nothing(
    session: Session, context: Context, other: str
) -> None:
    said(session, context, BILL, "转人工", other)
    assert left(session) == []
    said(session, context, "确认")
    assert left(session) == []


def test_what_was_dropped_is_said_and_a_cancel_too(session: Session, context: Context) -> None:
    assert "没有办" in said(session, context, BILL, "转人工", "那社区呢").text
    assert "没有办" in said(session, context, "转人工", "取消").text


def test_an_emergency_comes_alone_and_drops_what_waited(session: Session, context: Context) -> None:
    answer = said(session, context, BILL, "转人工", HELP)
    assert answer.kind == "emergency"
    assert "没有办" not in answer.text
    said(session, context, "确认")
    assert left(session) == []


@pytest.mark.parametrize("about", ["再说一遍", "简单点", "你确定吗", "谢谢"])
def test_a_word_about_the_answer_leaves_it_waiting(
    session: Session, context: Context, about: str
) -> None:
    answer = said(session, context, BILL, "转人工", about)
    assert [one.label for one in answer.choices] == ["确认", "取消"]
    said(session, context, "确认")
    assert len(left(session)) == 1


def test_the_same_yes_again_is_the_same_receipt(session: Session, context: Context) -> None:
    first = said(session, context, BILL, "转人工", "确认")
    assert said(session, context, "确认") == first
    assert said(session, context, "好的") == first
    assert len(left(session)) == 1
    said(session, context, "那社区呢", "确认")
    assert len(left(session)) == 1


def test_a_button_is_its_proposal_s_alone(session: Session, context: Context) -> None:
    old = said(session, context, BILL, "转人工")
    done = press(session, context, button(old, "confirm"))
    said(session, context, "那社区呢")
    new = said(session, context, "转人工")
    again = press(session, context, button(old, "confirm"))
    assert left(session)[0].id in again.text
    assert "没有办" in again.text
    assert len(left(session)) == 1
    late = press(session, context, button(new, "confirm"))
    assert "过期" in late.text
    assert len(left(session)) == 1
    assert press(session, context, button(old, "decline")).lines == done.lines


def test_a_button_of_long_ago_still_shows_its_receipt(session: Session, context: Context) -> None:
    first = said(session, context, BILL, "转人工")
    done = press(session, context, button(first, "confirm"))
    for _ in range(4):
        said(session, context, "那社区呢", "转人工", "确认")
    assert press(session, context, button(first, "confirm")).lines == done.lines
    assert len(left(session)) == 5


def test_a_button_pressed_by_many_hands_at_once_is_done_once(
    context: Context, tmp_path: Path
) -> None:
    transcript = open_transcript(tmp_path / "askdoc.db")
    session = Session(transcript, transcript.open_conversation("terminal", "resident", NOW))
    choice = button(said(session, context, BILL, "转人工"), "confirm")
    with ThreadPoolExecutor(6) as hands:
        answers = list(hands.map(lambda _: press(session, context, choice), range(6)))
    assert len(left(session)) == 1
    assert len({one.lines for one in answers}) == 1
    assert left(session)[0].id in answers[0].text
    assert [one.number for one in transcript.window(session.conversation, 9)] == [*range(1, 9)]
    transcript.close()


def test_a_made_up_key_does_nothing(session: Session, context: Context) -> None:
    said(session, context, BILL, "转人工")
    answer = session.say("确认", context, NOW, {"confirm": "0" * 32})
    assert "过期" in answer.text
    assert left(session) == []


def test_a_proposal_that_waited_too_long_is_not_done(session: Session, context: Context) -> None:
    said(session, context, BILL, "转人工")
    for minutes, count in ((31, 0), (30, 0)):
        session.say("确认", context, NOW + timedelta(minutes=minutes))
        assert len(left(session)) == count
    said(session, context, "转人工")
    session.say("确认", context, NOW + timedelta(minutes=30))
    assert len(left(session)) == 1


def test_a_matter_of_care_becomes_a_task_for_the_own_doctor_once_agreed(
    session: Session, context: Context
) -> None:
    offered = said(session, context, SIDE_EFFECT)
    assert offered.kind == "decline"
    proposed = said(session, context, "1")
    assert "一直头晕恶心" in proposed.text
    assert "医生" in proposed.text
    assert left(session) == []
    said(session, context, "确认")
    (task,) = left(session)
    assert task.recipient == "doctor"


def test_what_a_doer_refuses_is_told_and_not_done(context: Context) -> None:
    def refuse(order: Order) -> Receipt:
        raise NoDoer(doer=order.waiting.proposal.doer)

    session = opened(MemoryTranscript({"hand_over": refuse}))
    answer = said(session, context, BILL, "转人工", "确认")
    assert "没有办成" in answer.text
    assert answer.kind == "answer"
    assert session.transcript.window(session.conversation, 1)[0].tools[-1]["outcome"] == NoDoer.code
    said(session, context, "确认")
    assert left(session) == []


def test_a_yes_that_was_overtaken_by_a_no_does_nothing(context: Context) -> None:
    session = opened(OvertakenOnce({"waiting": None}))
    said(session, context, BILL, "转人工", "确认")
    assert left(session) == []


def test_a_yes_that_was_overtaken_by_a_remark_is_taken_anew(context: Context) -> None:
    session = opened(OvertakenOnce({"set_aside": None, "turn": 40}))
    said(session, context, BILL, "转人工", "确认")
    assert len(left(session)) == 1


def test_without_a_conversation_nothing_can_be_confirmed(house: House, context: Context) -> None:
    state = converse(BILL, Dialogue(), context).dialogue
    turned = converse("转人工", state, context)
    assert turned.answer.choices == ()
    assert turned.dialogue.waiting is None
    assert converse("确认", turned.dialogue, context).order is None


def test_what_waits_and_what_was_done_survive_being_kept(
    session: Session, context: Context
) -> None:
    for words in (("转人工",), ("确认",)):
        said(session, context, BILL, *words)
        record = session.transcript.state(session.conversation)
        assert record is not None
        assert dialogue_record(read_dialogue(record, context.on_day)) == record
        assert (record["waiting"] is None) == (words == ("确认",))


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("确认！", "yes"),
        ("好的，就这样吧", "yes"),
        ("可以可以", "yes"),
        ("是的，确认", "yes"),
        ("第一个", "yes"),
        ("the first one", "yes"),
        ("Yes, go ahead.", "yes"),
        ("2", "no"),
        ("不要了，谢谢", "no"),
        ("确认取消", None),
        ("可以不可以", None),
        ("要不要", None),
        ("行不行", None),
        ("要多少钱", None),
        ("not ok", None),
        ("谢谢", None),
        ("得了", None),
    ],
)
def test_a_yes_is_a_yes_and_nothing_else(context: Context, words: str, means: str | None) -> None:
    assert decision_of(words, context.lexicon.decisions) == means


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_hostile_model_has_nothing_done(context: Context, behaviour: Behaviour) -> None:
    session = opened(MemoryTranscript())
    outside = OutsideModel(HostileModel(behaviour=behaviour), seconds=2)
    helped = replace(context, outside=outside)
    for one in (BILL, "帮我弄一下那个", "转人工", "那社区呢", "怎么弄", "转人工", "你确定吗"):
        session.say(one, helped, NOW)
    assert left(session) == []
    assert session.say("确认", helped, NOW).kind == "handed_over"
    assert len(left(session)) == 1


def test_a_model_that_calls_for_a_deed_only_proposes_it(house: House, context: Context) -> None:
    call = {"name": "hand_over", "args": {"summary": "all", "recipient": "me"}, "id": "1"}
    confirm = {"name": "confirm", "args": {"confirm": "yes"}, "id": "2"}
    model = ScriptedModel(messages=[AIMessage("", tool_calls=[call, confirm])])
    session = opened(MemoryTranscript())
    helped = replace(context, outside=OutsideModel(model))
    for one in ("帮我弄一下那个", BILL, "怎么弄"):
        session.say(one, helped, NOW)
    assert model.asked
    assert left(session) == []


CLAIM = "您好，已经把您的问题留给工作人员了。先看这一句：{1}"


def test_only_a_receipt_lets_a_model_say_that_something_was_done(context: Context) -> None:
    helped = replace(context, outside=OutsideModel(ScriptedModel(messages=[AIMessage(CLAIM)])))
    without, with_receipt = opened(MemoryTranscript()), opened(MemoryTranscript())
    assert "已经把您的问题" not in said(without, helped, BILL).text
    said(with_receipt, context, BILL, "转人工", "确认")
    assert "已经把您的问题留给工作人员了" in said(with_receipt, helped, "那社区呢").text


@pytest.mark.parametrize("more", ["已经替您约好了，", "已经把您的问题留给医生了，", "已办好，"])
def test_a_receipt_covers_its_own_words_alone(context: Context, more: str) -> None:
    model = ScriptedModel(messages=[AIMessage(f"您好，{more}{CLAIM}")])
    session = opened(MemoryTranscript())
    said(session, context, BILL, "转人工", "确认")
    helped = replace(context, outside=OutsideModel(model))
    assert more not in said(session, helped, "那社区呢").text
