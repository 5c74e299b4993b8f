"""Who waits is offered what becomes free: by priority, then by time, and for a while."""

from datetime import timedelta

import pytest

from askdoc.care.referrals.errors import HoldOver, SlotTaken, UnknownRequest
from askdoc.storage.bookings import (
    book_slot,
    booking_of,
    cancel,
    confirm,
    hold_slot,
    lapse_holds,
    mine,
    reschedule,
)
from askdoc.storage.schedule import publish
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_notices import due
from askdoc.storage.standing import refer, sign
from askdoc.storage.waiting_list import leave, offer_free, wait_for, waiting

from .conftest import NOW, RULES, WEEK, free, order, session

OFFERED = timedelta(minutes=RULES.offer_minutes)


@pytest.fixture
def full(desk: Desk) -> str:
    """The id of ming's booking; nothing else is free."""
    publish(desk, [], [session(5)], NOW)
    first, second = free(desk)
    book_slot(desk, "other", second, "k1", NOW)
    return book_slot(desk, "ming", first, "k1", NOW).id


def offers(desk: Desk, person: str) -> list[str]:
    return [one.id for one in mine(desk, person, NOW) if one.is_offer]


def test_what_is_given_back_goes_to_who_waited_longest(desk: Desk, full: str) -> None:
    wait_for(desk, "hua", WEEK, NOW)
    wait_for(desk, "wei", WEEK, NOW + timedelta(seconds=1))
    cancel(desk, "ming", full, NOW)
    (offered,) = mine(desk, "hua", NOW)
    assert offered.is_offer
    assert offered.held_until == NOW + OFFERED
    assert (offers(desk, "wei"), free(desk)) == ([], [])
    assert waiting(desk, "hua") == []
    assert ("hua", "offer") in [(one.person, one.kind) for one in due(desk.database, NOW)]
    assert confirm(desk, "hua", offered.id, "k1", NOW).state == "booked"


def test_priority_comes_before_time(desk: Desk, full: str) -> None:
    refer(desk, order("urgent", "urgent"))
    refer(desk, order("sent"))
    sign(desk, "signed", ["north"], [])
    sign(desk, "earlier", ["south"], ["aged"])
    for count, person in enumerate(("plain", "earlier", "signed", "sent", "urgent")):
        wait_for(desk, person, WEEK, NOW + timedelta(seconds=count))
    assert [waiting(desk, one)[0].because for one in ("urgent", "sent", "signed", "plain")] == [
        "urgent", "referred", "contracted", None,
    ]  # fmt: skip
    at, served = NOW, []
    cancel(desk, "ming", full, at)
    for _ in range(5):
        served += [one for one in ("urgent", "sent", "signed", "earlier", "plain")
                   if any(own.is_offer for own in mine(desk, one, at))]  # fmt: skip
        at += OFFERED
        lapse_holds(desk, at)
    # Two are contracted: there, who waited longer.
    assert served == ["urgent", "sent", "earlier", "signed", "plain"]


def test_an_unanswered_offer_passes_on_and_ends(desk: Desk, full: str) -> None:
    for count, person in enumerate(("hua", "wei")):
        wait_for(desk, person, WEEK, NOW + timedelta(seconds=count))
    cancel(desk, "ming", full, NOW)
    (offered,) = offers(desk, "hua")
    assert lapse_holds(desk, NOW + OFFERED) == 1
    with pytest.raises(HoldOver):
        confirm(desk, "hua", offered, "k1", NOW + OFFERED)
    assert len(offers(desk, "wei")) == 1
    assert waiting(desk, "hua") == []
    assert lapse_holds(desk, NOW + 2 * OFFERED) == 1
    assert len(free(desk, now=NOW + 2 * OFFERED)) == 1


def test_who_comes_after_an_overdue_hold_does_not_pass_those_who_wait(desk: Desk) -> None:
    publish(desk, [], [session(5)], NOW)
    slot = free(desk)[0]
    held = hold_slot(desk, "ming", slot, NOW)
    wait_for(desk, "hua", WEEK, NOW)
    with pytest.raises(SlotTaken):
        hold_slot(desk, "wei", slot, NOW + timedelta(minutes=15))
    assert booking_of(desk, "ming", held.id).state == "lapsed"
    assert len(offers(desk, "hua")) == 1


def test_moving_away_offers_the_old_slot(desk: Desk, full: str) -> None:
    publish(desk, [], [session(6)], NOW)
    to = free(desk)[0]
    wait_for(desk, "hua", WEEK, NOW)
    old = booking_of(desk, "ming", full).slot.id
    reschedule(desk, "ming", full, to, "k2", NOW)
    assert [one.slot.id for one in mine(desk, "hua", NOW)] == [old]


def test_moving_to_the_same_slot_leaves_it_where_it_is(desk: Desk, full: str) -> None:
    wait_for(desk, "hua", WEEK, NOW)
    old = booking_of(desk, "ming", full)
    assert reschedule(desk, "ming", full, old.slot.id, "k2", NOW) == old
    assert mine(desk, "hua", NOW) == []


def test_only_what_is_open_to_them_is_offered(desk: Desk) -> None:
    publish(desk, [], [session(18)], NOW)
    sign(desk, "hua", ["north"], [])
    wait_for(desk, "wei", WEEK, NOW)
    wait_for(desk, "hua", WEEK, NOW + timedelta(seconds=1))
    assert offer_free(desk, NOW) == 1
    assert (len(offers(desk, "hua")), offers(desk, "wei")) == (1, [])
    assert offer_free(desk, NOW) == 0
    assert offer_free(desk, NOW + timedelta(days=4)) == 1


def test_who_declines_or_leaves_is_asked_no_more(desk: Desk, full: str) -> None:
    wait_for(desk, "hua", WEEK, NOW)
    wish = wait_for(desk, "wei", WEEK, NOW)
    leave(desk, "wei", wish.id)
    with pytest.raises(UnknownRequest):
        leave(desk, "wei", wish.id)
    cancel(desk, "ming", full, NOW)
    (offered,) = offers(desk, "hua")
    cancel(desk, "hua", offered, NOW)
    assert (waiting(desk, "hua"), offers(desk, "wei")) == ([], [])
    assert len(free(desk)) == 1


def test_an_offer_never_outlasts_the_slot(desk: Desk, full: str) -> None:
    wait_for(desk, "hua", WEEK, NOW)
    slot = booking_of(desk, "ming", full).slot
    close = slot.starts_at() - timedelta(minutes=10)
    cancel(desk, "ming", full, close)
    (offered,) = mine(desk, "hua", close)
    assert offered.held_until == slot.starts_at()
