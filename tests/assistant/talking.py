"""Talking in a test: messages one after the other, each with the state of the one before."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from askdoc.assistant.answer import Answer
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.turned import Turned
from askdoc.bootstrap import House

from .conftest import DAY

BILL = "上海在职职工，三级医院门诊花了700元，其中乙类药200元，起付线已经用完了，能报多少？"
STAY = "我妈是上海老年居民，三级医院住院花了16000元，能报多少？"
MISSING_ALL = "二级医院门诊花了800元，能报多少？"
HELP = "我爸刚刚倒在地上叫不醒了，嘴唇发紫"


def talk(house: House, *said: str, **more: Any) -> list[Turned]:
    """A conversation, message by message; `more` are fields of the context."""
    state = Dialogue()
    turns: list[Turned] = []
    for one in said:
        turns.append(converse(one, state, context(house, **more)))
        state = turns[-1].dialogue
    return turns


def context(house: House, **more: Any) -> Context:
    """A turn's surroundings without the profile of anybody."""
    return replace(house.context(DAY, {}, 0, None), **more)


def last(house: House, *said: str, **more: Any) -> Answer:
    """The last answer of a conversation."""
    return talk(house, *said, **more)[-1].answer


def facts(answer: Answer) -> dict[str, object]:
    """The facts that an answer rests on."""
    return {one.fact: one.value for one in answer.understood}


def same_sum(house: House, said: tuple[str, ...], whole: str) -> bool:
    """Whether a conversation ends with the sum of the whole question asked at once."""
    found, asked = last(house, *said), last(house, whole)
    assert asked.kind == "answer"
    assert asked.figures
    return (found.figures, facts(found)) == (asked.figures, facts(asked))


def amounts_said(reading: Reading, roles: Collection[str]) -> dict[str, str]:
    """The amounts of a message that play one of some roles, as plain numbers."""
    return {
        str(one.role): f"{one.amount.normalize():f}" for one in reading.amounts if one.role in roles
    }
