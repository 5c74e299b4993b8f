"""Who waits is offered what becomes free: by priority, then by time, and for a while."""

from datetime import timedelta

import pytest

from askdoc.care.referrals.errors import HoldOver, SlotTaken, UnknownRequest
from askdoc.storage.booking_ends import cancel, lapse_holds
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.schedule import publish
from askdoc.storage.slot_notices import due
from askdoc.storage.standing import refer
from askdoc.storage.waiting_list import leave, offer_free, wait_for, waiting

from .conftest import NOW, RULES, WEEK, book, free, grouped, order, session, signed

OFFERED = timedelta(minutes=RULES.offer_minutes)


@pytest.fixture
def full(office: Office) -> str:
    """The id of ming's booking; nothing else is free."""
    publish(office, [], [session(5)], NOW)
    first, second = free(office)
    book(office, "other", second, "k1")
    return book(office, "ming", first, "k1").id


def offers(office: Office, person: str) -> list[str]:
    return [one.id for one in mine(office, person, NOW) if one.is_offer]


def test_what_is_given_back_goes_to_who_waited_longest(office: Office, full: str) -> None:
    wait_for(office, "hua", WEEK, NOW)
    wait_for(office, "wei", WEEK, NOW + timedelta(seconds=1))
    cancel(office, "ming", full, NOW)
    (offered,) = mine(office, "hua", NOW)
    assert offered.is_offer
    assert offered.held_until == NOW + OFFERED
    assert (offers(office, "wei"), free(office)) == ([], [])
    assert waiting(office, "hua") == []
    assert ("hua", "offer") in [(one.person, one.kind) for one in due(office.database, NOW)]
    assert confirm(office, "hua", offered.id, "k1", NOW).state == "booked"


def test_priority_comes_before_time(office: Office, full: str) -> None:
    refer(office, order("urgent", "urgent"))
    refer(office, order("sent"))
    signed(office, "signed", "north")
    signed(office, "earlier", "south")
    grouped(office, "earlier", "aged")
    for count, person in enumerate(("plain", "earlier", "signed", "sent", "urgent")):
        wait_for(office, person, WEEK, NOW + timedelta(seconds=count))
    assert [waiting(office, one)[0].because for one in ("urgent", "sent", "signed", "plain")] == [
        "urgent", "referred", "contracted", None,
    ]  # fmt: skip
    at, served = NOW, []
    cancel(office, "ming", full, at)
    for _ in range(5):
        served += [one for one in ("urgent", "sent", "signed", "earlier", "plain")
                   if any(own.is_offer for own in mine(office, one, at))]  # fmt: skip
        at += OFFERED
        lapse_holds(office, at)
    # Two are contracted: there, who waited longer.
    assert served == ["urgent", "sent", "earlier", "signed", "plain"]


def test_an_unanswered_offer_passes_on_and_ends(office: Office, full: str) -> None:
    for count, person in enumerate(("hua", "wei")):
        wait_for(office, person, WEEK, NOW + timedelta(seconds=count))
    cancel(office, "ming", full, NOW)
    (offered,) = offers(office, "hua")
    assert lapse_holds(office, NOW + OFFERED) == 1
    with pytest.raises(HoldOver):
        confirm(office, "hua", offered, "k1", NOW + OFFERED)
    assert len(offers(office, "wei")) == 1
    assert waiting(office, "hua") == []
    assert lapse_holds(office, NOW + 2 * OFFERED) == 1
    assert len(free(office, now=NOW + 2 * OFFERED)) == 1


def test_who_comes_after_an_overdue_hold_does_not_pass_those_who_wait(office: Office) -> None:
    publish(office, [], [session(5)], NOW)
    slot = free(office)[0]
    held = hold_slot(office, "ming", slot, NOW)
    wait_for(office, "hua", WEEK, NOW)
    with pytest.raises(SlotTaken):
        hold_slot(office, "wei", slot, NOW + timedelta(minutes=15))
    assert booking_of(office, "ming", held.id).state == "lapsed"
    assert len(offers(office, "hua")) == 1


def test_moving_away_offers_the_old_slot(office: Office, full: str) -> None:
    publish(office, [], [session(6)], NOW)
    to = free(office)[0]
    wait_for(office, "hua", WEEK, NOW)
    old = booking_of(office, "ming", full).slot.id
    reschedule(office, "ming", full, to, "k2", NOW)
    assert [one.slot.id for one in mine(office, "hua", NOW)] == [old]


def test_moving_to_the_same_slot_leaves_it_where_it_is(office: Office, full: str) -> None:
    wait_for(office, "hua", WEEK, NOW)
    old = booking_of(office, "ming", full)
    assert reschedule(office, "ming", full, old.slot.id, "k2", NOW) == old
    assert mine(office, "hua", NOW) == []


def test_only_what_is_open_to_them_is_offered(office: Office) -> None:
    publish(office, [], [session(18)], NOW)
    signed(office, "hua", "north")
    wait_for(office, "wei", WEEK, NOW)
    wait_for(office, "hua", WEEK, NOW + timedelta(seconds=1))
    assert offer_free(office, NOW) == 1
    assert (len(offers(office, "hua")), offers(office, "wei")) == (1, [])
    assert offer_free(office, NOW) == 0
    assert offer_free(office, NOW + timedelta(days=4)) == 1


def test_who_declines_or_leaves_is_asked_no_more(office: Office, full: str) -> None:
    wait_for(office, "hua", WEEK, NOW)
    wish = wait_for(office, "wei", WEEK, NOW)
    leave(office, "wei", wish.id)
    with pytest.raises(UnknownRequest):
        leave(office, "wei", wish.id)
    cancel(office, "ming", full, NOW)
    (offered,) = offers(office, "hua")
    cancel(office, "hua", offered, NOW)
    assert (waiting(office, "hua"), offers(office, "wei")) == ([], [])
    assert len(free(office)) == 1


def test_an_offer_never_outlasts_the_slot(office: Office, full: str) -> None:
    wait_for(office, "hua", WEEK, NOW)
    slot = booking_of(office, "ming", full).slot
    close = slot.starts_at() - timedelta(minutes=10)
    cancel(office, "ming", full, close)
    (offered,) = mine(office, "hua", close)
    assert offered.held_until == slot.starts_at()
