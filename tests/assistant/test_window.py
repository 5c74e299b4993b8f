"""What an outside model sees of the turns before: few, short, masked, no figure of an answer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from langchain_core.messages import AIMessage, BaseMessage

from askdoc.assistant.context import Earlier
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.outside.window import MOST_LETTERS, MOST_TURNS, window_messages
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import TurnRecord
from askdoc.bootstrap import House
from askdoc.testing import MemoryTranscript, ScriptedModel

from .conftest import DAY
from .talking import BILL

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
UNCLEAR = "医保那个事咋整"


class CountingTranscript(MemoryTranscript):
    """How often the turns were read."""

    reads = 0

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        self.reads += 1
        return super().window(conversation, count)


@pytest.fixture
def transcript() -> CountingTranscript:
    return CountingTranscript()


@pytest.fixture
def session(transcript: CountingTranscript) -> Session:
    return Session(transcript, transcript.open_conversation("terminal", "resident", NOW))


def seen(model: ScriptedModel) -> list[BaseMessage]:
    """What the model was shown between its orders and the message itself."""
    return model.asked[0][1:-1]


def test_an_unclear_message_comes_with_the_turns_before_it(
    house: House, session: Session, transcript: CountingTranscript
) -> None:
    context = house.context(DAY, {}, 0, None)
    said = f"我叫王秀英，手机13812345678。{BILL}"
    figures = session.say(said, context, NOW).figures
    assert transcript.reads == 0
    model = ScriptedModel(messages=[AIMessage("不确定")])
    session.say(UNCLEAR, replace(context, outside=OutsideModel(model)), NOW)
    assert transcript.reads == 1
    before, answered = seen(model)
    assert "三级医院门诊" in str(before.content)
    assert isinstance(answered, AIMessage)
    text = f"{before.content}{answered.content}"
    for hidden in ("王秀英", "13812345678", *figures.values()):
        assert hidden not in text


def test_a_clear_message_needs_no_turns_before_it(
    house: House, session: Session, transcript: CountingTranscript
) -> None:
    model = ScriptedModel(messages=[AIMessage("您好：{1}")])
    context = replace(house.context(DAY, {}, 0, None), outside=OutsideModel(model))
    session.say(BILL, context, NOW)
    session.say("那二级医院呢", context, NOW)
    assert len(model.asked) == 2
    assert transcript.reads == 0


def test_however_long_the_talk_the_window_is_as_short() -> None:
    talk = [Earlier("问" * 5000, "答" * 5000)] * 50
    found = window_messages(talk, lambda text: text)
    assert len(found) == 2 * MOST_TURNS
    assert max(len(str(one.content)) for one in found) == MOST_LETTERS + 1


def test_a_number_is_masked_before_a_text_is_cut() -> None:
    said = "好" * (MOST_LETTERS - 5) + "13812345678"
    masked = window_messages([Earlier(said, "")], lambda text: text.replace("13812345678", "⟦⟧"))
    assert "138" not in str(masked[0].content)
