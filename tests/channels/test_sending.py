"""Every step of a letter from due to its end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.channels import InDoubt, Receipt, Refused, TryLater
from askdoc.channels.hours import next_opening
from askdoc.channels.letters import Letter, NoRoute, Route, Standing, Window, as_outbound
from askdoc.channels.sending import (
    EmptyRules,
    Person,
    Reach,
    begin,
    late_receipt,
    mute,
    recall,
    report,
    settle,
)
from askdoc.testing.letters import MEMORY, MINUTE, MORNING, RULES, letter

DUE = Standing(state="due", next_at=MORNING)
RECEIPT = Receipt("m1", MORNING)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 25, 14, tzinfo=UTC)
NEXT_EIGHT = datetime(2026, 11, 26, 0, tzinfo=UTC)


def begun(one: Letter, standing: Standing = DUE, now: datetime = MORNING) -> Standing:
    return begin(one, standing, Person(), MEMORY, RULES, now)


def sending(one: Letter | None = None) -> Standing:
    return begun(one or letter())


def test_a_letter_that_is_due_is_sent_under_a_lease() -> None:
    found = sending()
    assert (found.state, found.attempt, found.next_at) == ("sending", 1, MORNING + RULES.lease)


def test_an_accepted_letter_is_sent_and_nothing_is_left_to_do() -> None:
    found = settle(letter(), sending(), RECEIPT, RULES, MORNING)
    assert (found.state, found.message_id, found.next_at) == ("sent", "m1", None)


def test_a_send_cut_off_with_its_worker_is_repeated_and_marked() -> None:
    found = begun(letter(), sending(), MORNING + RULES.lease)
    assert (found.state, found.attempt, found.rescues) == ("sending", 2, 1)
    assert as_outbound("k", letter(), found).text == "【可能重复】该取药了"
    assert as_outbound("k", letter(lang="en", text="Refill"), found).text.endswith("Refill")
    assert as_outbound("k", letter(), sending()).text == "该取药了"


def test_a_letter_over_which_worker_after_worker_dies_is_left_in_doubt() -> None:
    found = sending()
    for _ in range(RULES.most_rescues):
        assert found.state == "sending"
        found = begun(letter(), found)
    found = begun(letter(), found)
    assert (found.state, found.next_at, found.reason) == ("in_doubt", None, "worker_died")


def test_a_send_in_doubt_is_repeated_once_and_then_left_to_a_person() -> None:
    first = settle(letter(), sending(), InDoubt(), RULES, MORNING)
    assert (first.state, first.next_at) == ("in_doubt", MORNING + RULES.repeat_after)
    again = begun(letter(), first)
    assert again.state == "sending"
    assert again.may_have_arrived
    last = settle(letter(), again, InDoubt(), RULES, MORNING)
    assert (last.state, last.next_at) == ("in_doubt", None)


def test_a_channel_that_says_later_is_believed_and_asked_ever_less_often() -> None:
    found, waits = sending(), []
    for _ in range(4):
        after = settle(letter(), found, TryLater(seconds=5), RULES, MORNING)
        assert after.state == "due"
        assert after.next_at is not None
        waits.append(after.next_at - MORNING)
        found = begun(letter(), after)
    assert waits == [RULES.put_off * factor for factor in (1, 2, 4, 8)]
    long = settle(letter(), sending(), TryLater(seconds=7200), RULES, MORNING)
    assert long.next_at == MORNING + timedelta(hours=2)


def test_a_refusal_takes_the_next_way_and_the_last_refusal_ends_it() -> None:
    two = letter(routes=(Route("memory", "a"), Route("sms", "b")))
    found = settle(two, sending(two), Refused(reason="blocked"), RULES, MORNING)
    assert (found.state, found.route, found.next_at) == ("due", 1, MORNING)
    ended = settle(two, begun(two, found), Refused(reason="no_number"), RULES, MORNING)
    assert (ended.state, ended.reason, ended.next_at) == ("failed", "no_number", None)


def test_a_channel_that_puts_off_too_often_makes_way_for_the_next() -> None:
    two = letter(routes=(Route("memory", "a"), Route("sms", "b")))
    found = sending(two)
    for _ in range(RULES.most_tries):
        found = begun(two, settle(two, found, TryLater(seconds=1), RULES, MORNING))
    assert found.route == 1


def test_what_may_have_arrived_is_never_called_failed_or_missed() -> None:
    doubted = settle(letter(), sending(), InDoubt(), RULES, MORNING)
    again = begun(letter(), doubted)
    refused = settle(letter(), again, Refused(reason="blocked"), RULES, MORNING)
    late = begun(letter(), doubted, MORNING + timedelta(days=3))
    assert refused.state == late.state == recall(doubted, "picked_up").state == "in_doubt"
    assert refused.next_at is late.next_at is None


def test_too_late_is_missed_a_moment_after_the_limit_and_sent_at_it() -> None:
    limit = letter().not_after
    assert limit is not None
    assert begun(letter(), DUE, limit).state == "sending"
    found = begun(letter(), DUE, limit + timedelta(microseconds=1))
    assert (found.state, found.next_at) == ("missed", None)


def test_nothing_is_sent_unasked_at_night_but_an_answer_is() -> None:
    assert begun(letter(), DUE, NIGHT).next_at == NEXT_EIGHT
    assert begun(letter(), DUE, NIGHT).state == "due"
    assert begun(letter(unasked=False), DUE, NIGHT).state == "sending"


def test_one_who_opted_out_hears_nothing_but_answers() -> None:
    out = Person(opted_out=True)
    found = begin(letter(), DUE, out, MEMORY, RULES, MORNING)
    assert (found.state, found.next_at) == ("muted", None)
    answer = letter(unasked=False, kind="answer")
    assert begin(answer, DUE, out, MEMORY, RULES, MORNING).state == "sending"


def test_a_channel_that_lets_us_write_only_shortly_after_a_message_is_passed_over() -> None:
    reach = Reach({"memory": timedelta(hours=48), "sms": None})
    two = letter(routes=(Route("memory", "a"), Route("sms", "b")))
    for heard in (None, MORNING - timedelta(hours=49)):
        found = begin(two, DUE, Person(heard_at=heard), reach, RULES, MORNING)
        assert (found.state, found.route) == ("due", 1)
    lately = Person(heard_at=MORNING - timedelta(hours=47))
    assert begin(two, DUE, lately, reach, RULES, MORNING).state == "sending"
    alone = begin(letter(), DUE, Person(), reach, RULES, MORNING)
    assert (alone.state, alone.reason) == ("failed", "not_heard_lately")


def test_what_is_being_sent_cannot_be_called_back_but_is_not_tried_again() -> None:
    called = recall(sending(), "picked_up")
    assert called.state == "sending"
    later = settle(letter(), called, TryLater(seconds=1), RULES, MORNING)
    assert begun(letter(), later, MORNING + MINUTE).state == "cancelled"
    assert settle(letter(), called, RECEIPT, RULES, MORNING).state == "sent"
    assert recall(DUE, "picked_up").state == "cancelled"
    sent = settle(letter(), sending(), RECEIPT, RULES, MORNING)
    assert recall(sent, "picked_up") == mute(sent) == sent


def test_reports_only_go_forward() -> None:
    sent = settle(letter(), sending(), RECEIPT, RULES, MORNING)
    read = report(report(sent, "delivered"), "read")
    assert report(read, "delivered").state == report(read, "failed").state == "read"
    assert report(sent, "failed", "unreachable").state == "failed"
    assert report(DUE, "read") == DUE


def test_a_receipt_that_comes_late_ends_the_doubt_unless_the_repeat_is_on_its_way() -> None:
    doubted = settle(letter(), sending(), InDoubt(), RULES, MORNING)
    found = late_receipt(doubted, RECEIPT)
    assert found is not None
    assert (found.state, found.next_at) == ("sent", None)
    assert late_receipt(begun(letter(), doubted), RECEIPT) is None


def test_a_letter_without_a_way_to_its_person_is_refused() -> None:
    with pytest.raises(NoRoute):
        letter(routes=())


def test_rules_that_send_nothing_are_refused() -> None:
    with pytest.raises(EmptyRules):
        replace(RULES, per_minute=0)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, NEXT_EIGHT),
        (Window(9, 11), NEXT_EIGHT + timedelta(hours=1)),
        (Window(22, 23), NEXT_EIGHT),
        (Window(20, 9), NEXT_EIGHT),
    ],
)
def test_the_night_ends_when_the_person_wants_to_hear_and_quiet_hours_win(
    wanted: Window | None, expected: datetime
) -> None:
    assert next_opening(NIGHT, RULES.quiet, wanted, SHANGHAI) == expected


@given(
    now=st.datetimes(timezones=st.just(UTC)),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda two: two[0] != two[1]),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"]),
)
def test_the_next_opening_is_never_quiet_never_past_and_soon(
    now: datetime, hours: tuple[int, int], zone: str
) -> None:
    # Far from both ends of the calendar.
    now = now.replace(year=2000 + now.year % 60 if (now.month, now.day) != (2, 29) else 2028)
    quiet = Window(*hours)
    found = next_opening(now, quiet, None, ZoneInfo(zone))
    assert now <= found <= now + timedelta(hours=25)
    assert found.astimezone(ZoneInfo(zone)).hour not in quiet.hours
