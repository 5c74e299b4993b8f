"""What a person confirmed is done once, with its turn or not at all."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection

from askdoc.assistant.proposal import NoDoer, Order, Receipt
from askdoc.assistant.talk.transcript import (
    Overtaken,
    StateTooLarge,
    Transcript,
    UnknownConversation,
)
from askdoc.storage.deeds import hand_over
from askdoc.storage.transcript import SqlTranscript, open_transcript

from .conftest import NOW, Address, order, turn

STATE = {"waits": True}


@pytest.fixture
def conversation(transcript: Transcript) -> str:
    return opened_in(transcript)


def opened_in(transcript: Transcript) -> str:
    found = transcript.open_conversation("cli", "resident", NOW)
    transcript.append(found, turn(), STATE)
    return found


def settle_with_too_much(transcript: Transcript, wanted: Order) -> None:
    with transcript.settling(wanted.conversation, STATE) as settling:
        settling.carry_out(wanted)
        settling.append(turn("确认"), {"x": "a" * 100_000})


def test_a_deed_and_its_turn_are_kept_together(transcript: Transcript, conversation: str) -> None:
    with transcript.settling(conversation, STATE) as settling:
        deed = settling.carry_out(order(conversation))
        assert settling.append(turn("确认"), {}) == 2
    (left,) = transcript.handed_over(conversation)
    assert left.id == deed.receipt.number
    assert transcript.deed(conversation, deed.key) == deed
    assert transcript.state(conversation) == {}


def test_without_its_turn_nothing_was_done(transcript: Transcript, conversation: str) -> None:
    wanted = order(conversation)
    with pytest.raises(StateTooLarge):
        settle_with_too_much(transcript, wanted)
    assert transcript.handed_over(conversation) == []
    assert transcript.deed(conversation, wanted.waiting.key) is None
    assert len(transcript.window(conversation, 9)) == 1


def test_the_same_key_is_the_same_deed(transcript: Transcript, conversation: str) -> None:
    found = []
    for _ in range(3):
        before = transcript.state(conversation) or {}
        with transcript.settling(conversation, before) as settling:
            found.append(settling.carry_out(order(conversation)))
            settling.append(turn("确认"), before)
    assert found[0] == found[1] == found[2]
    assert len(transcript.handed_over(conversation)) == 1


def test_a_key_is_of_one_conversation(transcript: Transcript, conversation: str) -> None:
    with transcript.settling(conversation, STATE) as settling:
        deed = settling.carry_out(order(conversation))
        settling.append(turn("确认"), {})
    assert transcript.deed(opened_in(transcript), deed.key) is None
    with pytest.raises(UnknownConversation):
        transcript.deed("nobody", deed.key)


def test_a_state_that_has_changed_is_not_settled(transcript: Transcript, conversation: str) -> None:
    transcript.append(conversation, turn("算了"), {"waits": False})
    with pytest.raises(Overtaken), transcript.settling(conversation, STATE):
        pytest.fail("the state is another one")
    with pytest.raises(UnknownConversation), transcript.settling("nobody", STATE):
        pytest.fail("there is no such conversation")


def test_what_nobody_here_can_do_is_said(transcript: Transcript, conversation: str) -> None:
    with transcript.settling(conversation, STATE) as settling:
        with pytest.raises(NoDoer, match="fly"):
            settling.carry_out(order(conversation, doer="fly"))
        settling.append(turn("确认"), {})
    assert len(transcript.window(conversation, 9)) == 2


def test_what_a_doer_wrote_before_it_gave_up_is_undone(address: Address) -> None:
    def half_way(connection: Connection, wanted: Order) -> Receipt:
        hand_over(connection, wanted)
        raise StateTooLarge(size=1, limit=0)

    transcript = open_transcript(address, {"half_way": half_way})
    conversation = opened_in(transcript)
    wanted = order(conversation, doer="half_way")
    with transcript.settling(conversation, STATE) as settling:
        with pytest.raises(StateTooLarge):
            settling.carry_out(wanted)
        settling.append(turn("确认"), {})
    assert transcript.handed_over(conversation) == []
    assert transcript.deed(conversation, wanted.waiting.key) is None
    assert transcript.state(conversation) == {}
    transcript.close()


def test_of_many_who_confirm_at_once_one_has_it_done(
    address: Address, opened: Callable[[Address], Transcript]
) -> None:
    transcript = opened(address)
    conversation = opened_in(transcript)
    start, came = Barrier(4), []

    def confirm() -> None:
        start.wait()
        try:
            with transcript.settling(conversation, STATE) as settling:
                settling.carry_out(order(conversation))
                settling.append(turn("确认"), {"done": True})
            came.append("done")
        except Overtaken:
            came.append("overtaken")

    threads = [Thread(target=confirm) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(came) == ["done", "overtaken", "overtaken", "overtaken"]
    assert len(transcript.handed_over(conversation)) == 1
    assert len(transcript.window(conversation, 9)) == 2


def test_a_conversation_kept_before_there_were_deeds_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "askdoc.db"
    transcript = open_transcript(file)
    assert isinstance(transcript, SqlTranscript)
    conversation = opened_in(transcript)
    assert transcript.deed(conversation, "any") is None
    transcript.close()
    again = open_transcript(file)
    assert again.state(conversation) == STATE
    again.close()
