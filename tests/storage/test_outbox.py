"""The outbox on the fake, on SQLite and on PostgreSQL: one way to put, take up and settle."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from askdoc.channels import InDoubt, Outbound, Receipt, Refused, TryLater
from askdoc.channels.delivering import Sender
from askdoc.channels.letters import EVERYTHING, Route
from askdoc.channels.outbox import Held, Outbox
from askdoc.channels.sending import Reach
from askdoc.storage.database import Database, connect
from askdoc.storage.outbox import SqlOutbox, open_outbox, put_letters
from askdoc.testing import MemoryChannel, MemoryOutbox
from askdoc.testing.letters import MEMORY, MINUTE, MORNING, RULES, letter

LATER = MORNING + timedelta(hours=1)


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def outbox(request: pytest.FixtureRequest, open_empty: Callable[[str], Database]) -> Outbox:
    """Each implementation of the port in turn."""
    return MemoryOutbox() if request.param == "memory" else SqlOutbox(open_empty(request.param))


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


def sender(outbox: Outbox, *channels: MemoryChannel, clock: Clock | None = None) -> Sender:
    return Sender(outbox, channels or (MemoryChannel(),), RULES, clock or Clock())


def test_the_same_letter_is_put_once(outbox: Outbox) -> None:
    assert outbox.put([letter(), letter("p2"), letter()], MORNING) == 2
    assert outbox.put([letter(text="changed")], MORNING) == 0
    kept = outbox.find("refill", "p1", "2026-11-25", "reminder")
    assert kept is not None
    assert kept.letter == letter()
    assert outbox.find("refill", "p9", "2026-11-25", "reminder") is None


def test_what_is_due_is_sent_once(outbox: Outbox) -> None:
    channel = MemoryChannel()
    outbox.put([letter(f"p{number}") for number in range(5)], MORNING)
    working = sender(outbox, channel)
    assert working.send_due() == 5
    assert working.send_due() == 0
    assert len({seen.message.key for seen in channel.seen}) == len(channel.seen) == 5
    assert outbox.counted("refill") == {"sent": 5}
    assert outbox.counted("other") == {}


def test_nothing_is_taken_up_before_its_time_or_on_a_channel_that_is_not_ours(
    outbox: Outbox,
) -> None:
    outbox.put([letter(not_before=LATER), letter("p2", routes=(Route("fax", "1"),))], MORNING)
    assert outbox.take_up(MEMORY, RULES, MORNING) is None
    found = outbox.take_up(MEMORY, RULES, LATER)
    assert found is not None
    assert found.letter.subject == "p1"


def test_what_nobody_can_send_any_more_is_missed_and_listed(outbox: Outbox) -> None:
    outbox.put([letter(routes=(Route("fax", "1"),))], MORNING)
    assert outbox.take_up(MEMORY, RULES, MORNING + timedelta(days=3)) is None
    (missed,) = outbox.listed(["missed"])
    assert (missed.letter.subject, missed.standing.reason) == ("p1", "late")


def test_a_held_letter_is_nobody_else_s_until_its_lease_is_over(outbox: Outbox) -> None:
    outbox.put([letter()], MORNING)
    held = outbox.take_up(MEMORY, RULES, MORNING)
    assert held is not None
    assert outbox.take_up(MEMORY, RULES, MORNING + MINUTE) is None
    rescued = outbox.take_up(MEMORY, RULES, MORNING + RULES.lease)
    assert rescued is not None
    assert rescued.standing.may_have_arrived
    assert not outbox.settle(held, Receipt("old", MORNING), RULES, MORNING)
    assert not outbox.settle(held, Refused(reason="blocked"), RULES, MORNING)
    assert outbox.settle(rescued, Receipt("new", MORNING), RULES, MORNING)
    assert outbox.counted() == {"sent": 1}


def test_a_receipt_of_a_worker_that_was_given_up_saves_the_repeat(outbox: Outbox) -> None:
    outbox.put([letter()], MORNING)
    slow = outbox.take_up(MEMORY, RULES, MORNING)
    assert slow is not None
    other = outbox.take_up(MEMORY, RULES, MORNING + RULES.lease)
    assert other is not None
    assert outbox.settle(other, TryLater(seconds=60), RULES, MORNING + RULES.lease)
    assert outbox.settle(slow, Receipt("m", MORNING), RULES, MORNING + RULES.lease)
    assert outbox.take_up(MEMORY, RULES, LATER) is None
    assert outbox.counted() == {"sent": 1}


def test_a_lost_reply_is_repeated_once_and_marked(outbox: Outbox) -> None:
    channel, clock = MemoryChannel(), Clock()
    channel.fail([InDoubt()])
    outbox.put([letter()], MORNING)
    working = sender(outbox, channel, clock=clock)
    working.send_due()
    clock.now = LATER
    working.send_due()
    assert [seen.message.text for seen in channel.seen] == ["该取药了", "【可能重复】该取药了"]
    assert len({seen.message.key for seen in channel.seen}) == 1
    assert outbox.counted() == {"sent": 1}


def test_one_that_breaks_the_channel_does_not_stop_the_others(outbox: Outbox) -> None:
    class Breaking(MemoryChannel):
        def send(self, chat: str, message: Outbound) -> Receipt:
            if chat == "chat-p1":
                raise RuntimeError("a defect")
            return super().send(chat, message)

    channel = Breaking()
    outbox.put([letter(f"p{number}") for number in range(4)], MORNING)
    sender(outbox, channel).send_due()
    assert outbox.counted() == {"sent": 3, "in_doubt": 1}


def test_answers_go_before_what_nobody_asked_for(outbox: Outbox) -> None:
    channel = MemoryChannel()
    answer = letter("p3", kind="answer", unasked=False, not_before=MORNING + MINUTE)
    outbox.put([letter("p1"), letter("p2"), answer], MORNING)
    clock = Clock()
    clock.now = LATER
    sender(outbox, channel, clock=clock).send_due()
    assert channel.seen[0].chat == "chat-p3"


def test_the_pieces_of_an_answer_go_in_their_order(outbox: Outbox) -> None:
    def taken(now: datetime) -> Held:
        found = outbox.take_up(MEMORY, RULES, now)
        assert found is not None
        return found

    told = {"kind": "answer", "unasked": False}
    outbox.put([letter(cycle=str(at), **told) for at in range(4)], MORNING)
    first = taken(MORNING)
    assert first.letter.cycle == "0"
    assert outbox.take_up(MEMORY, RULES, MORNING) is None
    outbox.put([letter("p2", **told), letter("p3")], MORNING)
    assert [taken(MORNING).letter.subject for _ in range(2)] == ["p2", "p3"]
    outbox.settle(first, TryLater(seconds=60), RULES, MORNING)
    assert outbox.take_up(MEMORY, RULES, MORNING) is None
    again = taken(LATER)
    assert again.letter.cycle == "0"
    outbox.settle(again, Receipt("m1", LATER), RULES, LATER)
    second = taken(LATER)
    assert second.letter.cycle == "1"
    # One that may have come holds the others no longer than its send.
    outbox.settle(second, InDoubt(), RULES, LATER)
    third = taken(LATER)
    assert third.letter.cycle == "2"
    outbox.settle(third, Refused(reason="no"), RULES, LATER)
    assert taken(LATER).letter.cycle == "3"


def test_a_full_minute_holds_reminders_back_but_not_answers(outbox: Outbox) -> None:
    rules = replace(RULES, per_minute=2)
    reminders = [letter(f"p{number}") for number in range(4)]
    outbox.put([*reminders, letter("a", kind="answer", unasked=False)], MORNING)
    channel, clock = MemoryChannel(), Clock()
    working = Sender(outbox, [channel], rules, clock)
    assert working.send_due() == 3
    clock.now = MORNING + MINUTE + timedelta(seconds=1)
    assert working.send_due() == 2


def test_a_channel_that_asks_for_a_pause_gets_it_for_everybody(outbox: Outbox) -> None:
    channel, other, clock = MemoryChannel(), MemoryChannel("sms"), Clock()
    channel.fail([TryLater(seconds=90)])
    outbox.put([letter("p1"), letter("p2"), letter("p3", routes=(Route("sms", "3"),))], MORNING)
    working = sender(outbox, channel, other, clock=clock)
    assert working.send_due() == 2
    assert (len(channel.seen), len(other.seen)) == (0, 1)
    clock.now = MORNING + timedelta(seconds=91)
    assert working.send_due() == 2
    assert len(channel.seen) == 2


def test_night_letters_are_put_off_to_the_morning_and_then_sent(outbox: Outbox) -> None:
    channel, clock = MemoryChannel(), Clock()
    clock.now = MORNING + timedelta(hours=12)
    outbox.put([letter(f"p{number}") for number in range(105)], MORNING)
    working = sender(outbox, channel, clock=clock)
    assert working.send_due() == 0
    clock.now = MORNING + timedelta(hours=22)
    assert working.send_due(3) == 3


def test_opting_out_ends_what_waits_and_opting_in_does_not_replay_it(outbox: Outbox) -> None:
    channel = MemoryChannel()
    outbox.put([letter(), letter(kind="answer", unasked=False)], MORNING)
    assert outbox.opt_out("p1", "refill", MORNING) == 1
    outbox.put([letter(cycle="next"), letter(topic="notice")], MORNING)
    outbox.opt_in("p1", "refill")
    outbox.put([letter(), letter(cycle="third")], MORNING)
    sender(outbox, channel).send_due()
    assert outbox.counted("refill") == {"muted": 2, "sent": 2}
    assert outbox.counted("notice") == {"sent": 1}


def test_one_who_wants_nothing_gets_nothing_on_any_topic(outbox: Outbox) -> None:
    outbox.opt_out("p1", EVERYTHING, MORNING)
    outbox.put([letter(), letter(topic="notice"), letter("p2")], MORNING)
    assert outbox.counted() == {"muted": 2, "due": 1}
    outbox.opt_in("p1", "refill")
    outbox.put([letter(cycle="next")], MORNING)
    assert outbox.counted() == {"muted": 2, "due": 2}


def test_a_picked_up_medicine_calls_its_reminder_back(outbox: Outbox) -> None:
    outbox.put([letter(), letter(cycle="next"), letter("p2")], MORNING)
    assert outbox.recall("refill", "p1", "2026-11-25", "picked_up", MORNING) == 1
    assert outbox.counted() == {"cancelled": 1, "due": 2}
    assert outbox.recall("refill", "p1", None, "stopped", MORNING) == 1


def test_a_chat_that_spoke_lately_can_be_written_to(outbox: Outbox) -> None:
    reach = Reach({"memory": timedelta(hours=48)})
    outbox.heard("memory", "chat-p1", MORNING - timedelta(days=4))
    outbox.heard("memory", "chat-p1", MORNING - timedelta(hours=1))
    outbox.put([letter("p2"), letter("p1")], MORNING)
    found = outbox.take_up(reach, RULES, MORNING)
    assert found is not None
    assert found.letter.subject == "p1"
    assert outbox.counted() == {"failed": 1, "sending": 1}


def test_reports_find_their_message(outbox: Outbox) -> None:
    outbox.put([letter()], MORNING)
    held = outbox.take_up(MEMORY, RULES, MORNING)
    assert held is not None
    outbox.settle(held, Receipt("m7", MORNING), RULES, MORNING)
    assert outbox.report("memory", "m7", "read", MORNING)
    assert outbox.report("memory", "m7", "delivered", MORNING)
    assert not outbox.report("sms", "m7", "read", MORNING)
    assert outbox.counted() == {"read": 1}


def test_many_workers_take_each_letter_once(kept_database: Database) -> None:
    outbox = SqlOutbox(kept_database)
    outbox.put([letter(f"p{number}") for number in range(40)], MORNING)
    channel = MemoryChannel()

    def work(_: int) -> int:
        return sender(outbox, channel).send_due()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 40
    assert len(channel.seen) == len({seen.chat for seen in channel.seen}) == 40


def test_a_row_that_cannot_be_read_is_set_aside_and_the_next_is_sent(tmp_path: Path) -> None:
    outbox = open_outbox(tmp_path / "askdoc.db")
    outbox.put([letter("p1"), letter("p2"), letter("p3")], MORNING)
    outbox.close()
    database = connect(tmp_path / "askdoc.db")
    with database.writing() as connection:
        connection.execute(text("UPDATE letters SET choices = '{' WHERE subject = 'p1'"))
        connection.execute(text("UPDATE letters SET routes = '[7]' WHERE subject = 'p2'"))
    channel = MemoryChannel()
    assert sender(SqlOutbox(database), channel).send_due() == 1
    with database.reading() as connection:
        states = connection.execute(text("SELECT state, reason FROM letters ORDER BY number"))
        assert states.all() == [("failed", "unreadable"), ("failed", "unreadable"), ("sent", "")]
    database.close()


def test_a_letter_is_put_with_what_it_tells_of_or_not_at_all(kept_database: Database) -> None:
    with suppress(KeyError), kept_database.writing() as connection:
        put_letters(connection, [letter()], MORNING)
        raise KeyError("what it tells of could not be kept")
    assert SqlOutbox(kept_database).counted() == {}
