"""What every transcript promises, the fake and the real ones alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from askdoc.assistant.talk.transcript import (
    STATE_LIMIT,
    StateTooLarge,
    Transcript,
    TurnRecord,
    UnknownConversation,
)

from .conftest import NOW, left_to_staff, turn

WHOLE: dict[str, Any] = {
    "answer": {"kind": "answer", "figures": {"fund_pays": "490.00"}, "text": "能报490元"},
    "understood": ({"fact": "tier", "shown": "三级", "origin": "said"},),
    "tools": ({"name": "cost", "arguments": {"total": "1200"}, "outcome": "covered"},),
    "values": ({"parameter": "deductible", "region": "cn/x", "begins": None, "source": "s"},),
    "passages": ("doc#1", "doc#2"),
}


@pytest.fixture
def conversation(transcript: Transcript) -> str:
    return transcript.open_conversation("cli", "resident", NOW)


def test_a_turn_comes_back_as_it_was_kept(transcript: Transcript, conversation: str) -> None:
    kept = turn("我媽住院花了1萬2，能报多少？😀", **WHOLE)
    assert transcript.append(conversation, kept, {"region": "上海"}) == 1
    assert transcript.window(conversation, 5) == [
        TurnRecord(number=1, at=NOW, said=kept.said, lang="zh", **WHOLE)
    ]


def test_a_moment_comes_back_in_utc_to_the_microsecond(
    transcript: Transcript, conversation: str
) -> None:
    there = datetime(2026, 1, 1, 7, 5, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    transcript.append(conversation, turn(at=there), {})
    (found,) = transcript.window(conversation, 1)
    assert found.at == there
    assert found.at.utcoffset() == timedelta(0)


def test_there_is_no_state_before_the_first_turn_and_then_the_newest(
    transcript: Transcript, conversation: str
) -> None:
    assert transcript.state(conversation) is None
    for number in (1, 2, 3):
        transcript.append(conversation, turn(), {"asked": number, "事实": ["三级"]})
    assert transcript.state(conversation) == {"asked": 3, "事实": ["三级"]}


def test_the_window_is_the_newest_turns_oldest_first(
    transcript: Transcript, conversation: str
) -> None:
    for number in range(1, 8):
        transcript.append(conversation, turn(f"第{number}句"), {})
    assert [one.said for one in transcript.window(conversation, 3)] == ["第5句", "第6句", "第7句"]
    assert [one.number for one in transcript.window(conversation, 100)] == list(range(1, 8))
    assert transcript.window(conversation, 0) == []
    assert transcript.window(conversation, -1) == []


def test_conversations_do_not_mix(transcript: Transcript) -> None:
    first, second = (transcript.open_conversation("cli", "resident", NOW) for _ in range(2))
    assert first != second
    transcript.append(first, turn("一"), {"of": 1})
    assert transcript.append(second, turn("二"), {"of": 2}) == 1
    left_to_staff(transcript, second, "请人看看")
    transcript.forget(first)
    assert [one.said for one in transcript.window(second, 9)] == ["二", "确认"]
    assert transcript.state(second) == {"of": 2}
    assert len(transcript.handed_over(second)) == 1


def test_what_was_kept_cannot_be_changed_afterwards(
    transcript: Transcript, conversation: str
) -> None:
    answer, state = {"kind": "answer"}, {"facts": ["tier"]}
    transcript.append(conversation, turn(answer=answer), state)
    answer["kind"] = "ask"
    state["facts"].append("day")
    assert transcript.window(conversation, 1)[0].answer == {"kind": "answer"}
    assert transcript.state(conversation) == {"facts": ["tier"]}


def test_a_person_finds_what_was_handed_over_oldest_first(
    transcript: Transcript, conversation: str
) -> None:
    assert transcript.handed_over(conversation) == []
    ids = [left_to_staff(transcript, conversation, said) for said in ("药不够了", "还没人回")]
    found = transcript.handed_over(conversation)
    assert [one.id for one in found] == ids
    assert [one.summary for one in found] == ["药不够了", "还没人回"]
    assert {(one.conversation, one.state, one.opened_at) for one in found} == {
        (conversation, "open", NOW)
    }


def test_a_forgotten_conversation_is_unknown_like_one_that_never_was(
    transcript: Transcript, conversation: str
) -> None:
    transcript.append(conversation, turn(), {})
    left_to_staff(transcript, conversation, "请人看看")
    transcript.forget(conversation)
    for unknown in (conversation, "never", "", "\0", "\ud800", "x" * 5000):
        asks = (
            transcript.state,
            lambda of: transcript.append(of, turn(), {}),
            lambda of: transcript.window(of, 3),
            lambda of: transcript.window(of, 0),
            transcript.forget,
            lambda of: left_to_staff(transcript, of, "请人看看"),
            lambda of: transcript.deed(of, "any"),
            transcript.handed_over,
        )
        for ask in asks:
            with pytest.raises(UnknownConversation):
                ask(unknown)


def test_what_no_database_keeps_is_replaced_not_refused(
    transcript: Transcript, conversation: str
) -> None:
    odd = "报\0销\ud83d多\udc00少"
    left_to_staff(transcript, conversation, odd)
    transcript.append(conversation, turn(odd, answer={"text": odd}), {"text": odd})
    (found,) = transcript.window(conversation, 1)
    assert found.said == "报\ufffd销\ufffd多\ufffd少"
    assert found.answer == transcript.state(conversation) == {"text": "报\0销\ufffd多\ufffd少"}
    assert transcript.handed_over(conversation)[0].summary == found.said


def test_a_state_that_grows_without_end_is_refused_and_nothing_kept(
    transcript: Transcript, conversation: str
) -> None:
    fits = {"x": "a" * (STATE_LIMIT - len('{"x": ""}'))}
    transcript.append(conversation, turn(), fits)
    with pytest.raises(StateTooLarge):
        transcript.append(conversation, turn(), {"x": fits["x"] + "a"})
    assert transcript.state(conversation) == fits
    assert len(transcript.window(conversation, 5)) == 1


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"answer": {"share": float("nan")}}, ValueError),
        ({"answer": {"day": NOW}}, TypeError),
        ({"at": NOW.replace(tzinfo=None)}, ValueError),
    ],
)
def test_what_json_and_a_clock_cannot_say_is_refused_and_nothing_kept(
    transcript: Transcript, conversation: str, told: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        transcript.append(conversation, turn(**told), {"turn": 1})
    assert transcript.window(conversation, 5) == []
    assert transcript.state(conversation) is None
    assert transcript.append(conversation, turn(), {}) == 1


def test_many_at_once_never_get_the_same_number(transcript: Transcript, conversation: str) -> None:
    def write(writer: int) -> list[int]:
        return [transcript.append(conversation, turn(f"{writer}"), {}) for _ in range(10)]

    with ThreadPoolExecutor(6) as pool:
        numbers = [number for found in pool.map(write, range(6)) for number in found]
    assert sorted(numbers) == list(range(1, 61))
    assert [one.number for one in transcript.window(conversation, 100)] == list(range(1, 61))
