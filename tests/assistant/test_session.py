"""A conversation that is kept: each turn with what it rests on, and nothing of another's."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import JsonObject, NewTurn, StateTooLarge, UnknownConversation
from askdoc.bootstrap import House
from askdoc.testing import MemoryTranscript

from .conftest import DAY

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
BILL = "上海在职职工，三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，能报多少？"


class FullTranscript(MemoryTranscript):
    """A transcript that keeps nothing more."""

    def append(self, conversation: str, turn: NewTurn, state: JsonObject) -> int:
        raise StateTooLarge(size=1, limit=0)


@pytest.fixture
def transcript() -> MemoryTranscript:
    return MemoryTranscript()


@pytest.fixture
def session(transcript: MemoryTranscript) -> Session:
    return opened(transcript)


@pytest.fixture(scope="module")
def context(house: House) -> Context:
    return house.context(DAY, {}, 0, None)


def opened(transcript: MemoryTranscript) -> Session:
    return Session(transcript, transcript.open_conversation("terminal", "resident", NOW))


def kept(session: Session) -> list[Any]:
    return session.transcript.window(session.conversation, 100)


def test_a_turn_is_kept_with_what_was_said_and_answered(session: Session, context: Context) -> None:
    answer = session.say(BILL, context, NOW)
    (turn,) = kept(session)
    assert (turn.number, turn.said, turn.lang, turn.at) == (1, BILL, "zh", NOW)
    assert turn.answer["text"] == answer.text
    assert turn.answer["figures"] == dict(answer.figures)
    assert turn.answer["kind"] == "answer"
    assert turn.answer["day"] == DAY.isoformat()


def test_what_was_understood_is_kept_with_where_it_came_from(
    session: Session, context: Context
) -> None:
    session.say(BILL, context, NOW)
    (turn,) = kept(session)
    told = {one["fact"]: (one["value"], one["origin"], one["subject"]) for one in turn.understood}
    assert told["tier"] == ("tertiary", "said", "self")
    assert told["status"] == ("active", "said", "self")


def test_the_tools_are_kept_with_arguments_and_outcome(session: Session, context: Context) -> None:
    session.say(BILL, context, NOW)
    (turn,) = kept(session)
    (tool,) = turn.tools
    assert (tool["name"], tool["outcome"]) == ("cost_of_bill", "covered")
    assert tool["arguments"]["tier"] == "tertiary"
    assert {"role": "class_b", "amount": "200.00"} in tool["arguments"]["amounts"]


def test_the_policy_values_are_kept_each_once_with_their_source(
    session: Session, context: Context
) -> None:
    answer = session.say(BILL, context, NOW)
    (turn,) = kept(session)
    assert {one["parameter"] for one in turn.values} == {one.parameter for one in answer.values}
    keys = [json.dumps(one, sort_keys=True) for one in turn.values]
    assert len(keys) == len(set(keys))
    assert all(one["source"] and one["region"].startswith("cn") for one in turn.values)


def test_the_passages_are_kept_that_were_told(session: Session, context: Context) -> None:
    answer = session.say("什么是谈判药？", context, NOW)
    (turn,) = kept(session)
    assert turn.passages == tuple(one.id for one in answer.passages)
    assert turn.passages
    assert turn.tools[0]["name"] == "find_policy"


def test_a_refusal_to_answer_is_kept_too(session: Session, context: Context) -> None:
    session.say("我爸刚刚倒在地上叫不醒了，嘴唇发紫", context, NOW)
    session.say("今天天气不错", context, NOW)
    session.say("查一下我医保卡里还有多少钱", context, NOW)
    assert [one.answer["kind"] for one in kept(session)] == [
        "emergency",
        "nothing_found",
        "decline",
    ]
    assert all(one.tools == () for one in kept(session))


def test_a_turn_takes_up_what_was_kept_of_the_one_before(
    session: Session, context: Context
) -> None:
    session.say(BILL, context, NOW)
    later = session.say("那二级医院呢", context, NOW + timedelta(days=1))
    state = converse(BILL, Dialogue(), context).dialogue
    assert later == converse("那二级医院呢", state, context).answer
    assert [one.number for one in kept(session)] == [1, 2]


def test_another_process_takes_the_next_turn(
    transcript: MemoryTranscript, session: Session, context: Context
) -> None:
    session.say(BILL, context, NOW)
    elsewhere = Session(transcript, session.conversation)
    assert elsewhere.say("那二级医院呢", context, NOW).figures["total"] == "700.00"


def test_nothing_is_handed_over_without_being_asked_for(
    transcript: MemoryTranscript, session: Session, context: Context
) -> None:
    for said in (BILL, "那二级医院呢", "谢谢", "再说一遍", "我想找人民医院的地址"):
        session.say(said, context, NOW)
    assert transcript.handed_over(session.conversation) == []


def test_nothing_is_kept_and_nothing_answered_when_the_transcript_refuses(
    context: Context,
) -> None:
    refusing = FullTranscript()
    session = opened(refusing)
    with pytest.raises(StateTooLarge):
        session.say(BILL, context, NOW)
    assert kept(session) == []
    assert refusing.state(session.conversation) is None


def test_a_forgotten_conversation_cannot_go_on(
    transcript: MemoryTranscript, session: Session, context: Context
) -> None:
    session.say(BILL, context, NOW)
    transcript.forget(session.conversation)
    with pytest.raises(UnknownConversation):
        session.say("那二级医院呢", context, NOW)


def test_two_sessions_do_not_mix(transcript: MemoryTranscript, context: Context) -> None:
    mine, yours = opened(transcript), opened(transcript)
    mine.say(BILL, context, NOW)
    yours.say("杭州在职职工签约家庭医生，二级医院门诊花了900元，能报多少？", context, NOW)
    assert mine.say("那社区呢", context, NOW).figures["total"] == "700.00"
    assert yours.say("那社区呢", context, NOW).figures["total"] == "900.00"
    transcript.forget(mine.conversation)
    assert [one.said for one in kept(yours)][-1] == "那社区呢"
    assert yours.say("那三级医院呢", context, NOW).figures["total"] == "900.00"


@pytest.mark.parametrize(
    "odd",
    [
        "上海在职\0三级医院门诊花了700元能报多少",
        "😀" * 400 + "能报多少",
        "能报多少\ud83d",
        "",
        " \n ",
        "？？？",
        "a" * 5000,
    ],
    ids=["nul", "faces", "half a pair", "empty", "blank", "signs", "long"],
)
def test_odd_text_is_answered_and_kept(session: Session, context: Context, odd: str) -> None:
    answer = session.say(odd, context, NOW)
    assert answer.lines
    assert len(kept(session)) == 1
