"""A slot is held, booked, moved and given back once, on both kinds of database."""

from datetime import timedelta
from typing import Any

import pytest

from askdoc.care.referrals.errors import (
    HoldOver,
    KeyUsed,
    NotBooked,
    NotOpenYet,
    SlotOver,
    SlotTaken,
    TooManyHolds,
    UnknownBooking,
    UnknownSlot,
)
from askdoc.storage.bookings import (
    book_slot,
    booking_of,
    cancel,
    confirm,
    hold_slot,
    lapse_holds,
    mine,
    note_visit,
    reschedule,
)
from askdoc.storage.schedule import publish, withdraw
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_notices import due, put_reminders
from askdoc.storage.slot_search import find_slots
from askdoc.storage.standing import refer, sign

from .conftest import NOW, RULES, TODAY, WEEK, free, order, session

LATER = NOW + timedelta(minutes=15)


def kinds(desk: Desk, days: int = 0) -> list[tuple[str, str]]:
    found = due(desk.database, NOW + timedelta(days=days))
    return [(one.person, one.kind) for one in found]


@pytest.fixture
def slots(desk: Desk) -> list[int]:
    """Four free slots five days ahead, open to all."""
    publish(desk, [], [session(5, persons=2)], NOW)
    return free(desk)


def test_what_is_held_is_free_for_nobody_else(desk: Desk, slots: list[int]) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    assert (held.state, held.held_until) == ("held", LATER)
    assert free(desk, "hua") == slots[1:]
    with pytest.raises(SlotTaken) as refused:
        hold_slot(desk, "hua", slots[0], NOW)
    assert "换一个时间" in refused.value.sentence("zh")
    assert mine(desk, "hua", NOW) == []


def test_a_hold_confirmed_in_time_is_a_booking(desk: Desk, slots: list[int]) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    booked = confirm(desk, "ming", held.id, "k1", LATER - timedelta(seconds=1))
    assert (booked.state, booked.slot.id, booked.held_until) == ("booked", slots[0], None)
    assert mine(desk, "ming", LATER + timedelta(days=1)) == [booked]
    assert free(desk, "hua", LATER) == slots[1:]


def test_the_same_confirmation_again_is_the_same_booking(desk: Desk, slots: list[int]) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    first = confirm(desk, "ming", held.id, "k1", NOW)
    assert confirm(desk, "ming", held.id, "k1", LATER + timedelta(hours=1)) == first
    other = hold_slot(desk, "ming", slots[1], NOW)
    with pytest.raises(KeyUsed):
        confirm(desk, "ming", other.id, "k1", NOW)
    with pytest.raises(NotBooked):
        confirm(desk, "ming", held.id, "k2", NOW)
    assert kinds(desk) == [("ming", "booked")]


def test_at_its_end_a_hold_is_over(desk: Desk, slots: list[int]) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    with pytest.raises(HoldOver):
        confirm(desk, "ming", held.id, "k1", LATER)
    assert mine(desk, "ming", LATER) == []
    assert free(desk, "hua", LATER) == slots


def test_a_hold_past_its_end_gives_way_without_a_sweep(desk: Desk, slots: list[int]) -> None:
    old = hold_slot(desk, "ming", slots[0], NOW)
    new = hold_slot(desk, "hua", slots[0], LATER)
    assert booking_of(desk, "ming", old.id).state == "lapsed"
    assert booking_of(desk, "hua", new.id).state == "held"
    with pytest.raises(HoldOver):
        confirm(desk, "ming", old.id, "k1", NOW)


def test_the_sweep_ends_what_is_over_and_nothing_else(desk: Desk, slots: list[int]) -> None:
    old = hold_slot(desk, "ming", slots[0], NOW)
    young = hold_slot(desk, "ming", slots[1], NOW + timedelta(minutes=1))
    booked = book_slot(desk, "hua", slots[2], "k1", NOW)
    assert lapse_holds(desk, LATER) == 1
    assert lapse_holds(desk, LATER) == 0
    assert booking_of(desk, "ming", old.id).state == "lapsed"
    assert booking_of(desk, "ming", young.id).state == "held"
    assert booking_of(desk, "hua", booked.id).state == "booked"
    assert ("ming", "hold_over") in kinds(desk, 1)


def test_one_person_holds_so_many_and_no_more(desk: Desk, slots: list[int]) -> None:
    for slot in slots[:2]:
        hold_slot(desk, "ming", slot, NOW)
    with pytest.raises(TooManyHolds) as refused:
        hold_slot(desk, "ming", slots[2], NOW)
    assert "2" in refused.value.sentence("zh")
    assert hold_slot(desk, "ming", slots[2], LATER).state == "held"


def test_somebody_else_s_booking_is_unknown(desk: Desk, slots: list[int]) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    for act in (
        lambda: confirm(desk, "hua", held.id, "k", NOW),
        lambda: cancel(desk, "hua", held.id, NOW),
        lambda: reschedule(desk, "hua", held.id, slots[1], "k", NOW),
        lambda: booking_of(desk, "hua", held.id),
    ):
        with pytest.raises(UnknownBooking):
            act()
    assert booking_of(desk, "ming", held.id).state == "held"


def test_moving_takes_the_new_slot_and_frees_the_old(desk: Desk, slots: list[int]) -> None:
    old = book_slot(desk, "ming", slots[0], "k1", NOW)
    new = reschedule(desk, "ming", old.id, slots[2], "k2", NOW)
    assert (new.state, new.slot.id, new.replaces) == ("booked", slots[2], old.id)
    assert booking_of(desk, "ming", old.id).state == "moved"
    assert free(desk, "hua") == [slots[0], slots[1], slots[3]]
    assert reschedule(desk, "ming", old.id, slots[2], "k2", NOW) == new
    with pytest.raises(KeyUsed):
        reschedule(desk, "ming", new.id, slots[1], "k2", NOW)


def test_moving_to_a_taken_slot_changes_nothing(desk: Desk, slots: list[int]) -> None:
    old = book_slot(desk, "ming", slots[0], "k1", NOW)
    book_slot(desk, "hua", slots[1], "k1", NOW)
    with pytest.raises(SlotTaken):
        reschedule(desk, "ming", old.id, slots[1], "k2", NOW)
    assert mine(desk, "ming", NOW) == [old]
    with pytest.raises(SlotTaken):
        hold_slot(desk, "wei", slots[0], NOW)


def test_what_was_given_back_is_free_and_stays_given_back(desk: Desk, slots: list[int]) -> None:
    booked = book_slot(desk, "ming", slots[0], "k1", NOW)
    held = hold_slot(desk, "ming", slots[1], NOW)
    assert cancel(desk, "ming", booked.id, NOW).state == "cancelled"
    assert cancel(desk, "ming", held.id, NOW).state == "given_back"
    assert cancel(desk, "ming", booked.id, NOW).state == "cancelled"
    assert free(desk, "hua") == slots
    with pytest.raises(NotBooked) as refused:
        reschedule(desk, "ming", booked.id, slots[2], "k2", NOW)
    assert "已取消" in refused.value.sentence("zh")


def test_reminders_come_on_their_days_and_not_for_what_was_given_back(
    desk: Desk, slots: list[int]
) -> None:
    kept = book_slot(desk, "ming", slots[0], "k1", NOW)
    gone = book_slot(desk, "hua", slots[1], "k1", NOW)
    assert sorted(kinds(desk)) == [("hua", "booked"), ("ming", "booked")]
    cancel(desk, "hua", gone.id, NOW)
    # Five days ahead: the day three before, and the day before; not before eight.
    made = [put_reminders(desk.database, RULES, NOW + timedelta(days=day)) for day in range(5)]
    assert made == [0, 0, 1, 0, 1]
    assert put_reminders(desk.database, RULES, NOW + timedelta(days=4)) == 0
    assert put_reminders(desk.database, RULES, NOW + timedelta(days=4, hours=-2)) == 0
    found = due(desk.database, NOW + timedelta(days=5))
    reminders = [one for one in found if one.kind == "reminder"]
    assert [(one.person, one.booking) for one in reminders] == [("ming", kept.id)] * 2


def test_a_slot_that_begun_is_neither_taken_nor_given_back(desk: Desk) -> None:
    publish(desk, [], [session(0)], NOW - timedelta(hours=2))
    early = NOW - timedelta(hours=2)
    nine, half_past = free(desk, now=early)
    assert free(desk) == []
    booked = book_slot(desk, "ming", half_past, "k1", early)
    for act in (
        lambda: hold_slot(desk, "hua", nine, NOW),
        lambda: cancel(desk, "ming", booked.id, NOW),
    ):
        with pytest.raises(SlotOver):
            act()
    note_visit(desk, booked.id, False, NOW)
    assert booking_of(desk, "ming", booked.id).state == "missed"
    with pytest.raises(NotBooked):
        note_visit(desk, booked.id, True, NOW)


def test_nobody_is_missing_before_the_visit(desk: Desk, slots: list[int]) -> None:
    booked = book_slot(desk, "ming", slots[0], "k1", NOW)
    with pytest.raises(NotBooked):
        note_visit(desk, booked.id, False, NOW)
    with pytest.raises(UnknownBooking):
        note_visit(desk, "none", False, NOW)


def test_early_slots_go_to_those_with_priority_only(desk: Desk) -> None:
    publish(desk, [], [session(18)], NOW)
    assert free(desk) == []
    sign(desk, "hua", ["south"], [])
    assert free(desk, "hua") == []
    sign(desk, "ming", ["north"], ["aged"])
    (found,) = find_slots(desk, "ming", WEEK, NOW)
    assert found.slot.pool == found.grant.door == "priority"
    assert [reason.name for reason in found.grant.reasons] == ["contracted_in_combination"]
    with pytest.raises(NotOpenYet) as refused:
        hold_slot(desk, "hua", found.slot.id, NOW)
    assert "11月29日（周日）" in refused.value.sentence("zh")
    held = hold_slot(desk, "ming", found.slot.id, NOW)
    assert [reason.name for reason in held.reasons] == ["contracted_in_combination"]
    refer(desk, order("hua"))
    assert free(desk, "hua") == []
    cancel(desk, "ming", held.id, NOW)
    assert free(desk, "hua") == [found.slot.id]


def test_unused_priority_slots_fall_to_all_on_the_policy_s_day(desk: Desk) -> None:
    publish(desk, [], [session(18)], NOW)
    assert free(desk, now=NOW + timedelta(days=3)) == []
    assert len(free(desk, now=NOW + timedelta(days=4))) == 2


def test_publishing_again_adds_nothing_and_the_share_goes_on(desk: Desk) -> None:
    assert publish(desk, [], [session(5, persons=3)], NOW) == 6
    assert publish(desk, [], [session(5, persons=3), session(5, doctor="d2")], NOW) == 2
    found = find_slots(desk, "ming", WEEK, NOW)
    assert [one.slot.pool for one in found].count("priority") == 4


def test_a_cancelled_day_tells_each_once_with_what_is_free(desk: Desk) -> None:
    publish(desk, [], [session(5), session(5, doctor="d2"), session(6, hospital="south")], NOW)
    first = [one.slot for one in find_slots(desk, "ming", WEEK, NOW)]
    own = [slot for slot in first if slot.doctor == "d1医生" and slot.hospital.id == "north"]
    booked = book_slot(desk, "ming", own[0].id, "k1", NOW)
    assert withdraw(desk, "north", "d1", own[0].day, NOW) == 1
    assert withdraw(desk, "north", "d1", own[0].day, NOW) == 0
    assert booking_of(desk, "ming", booked.id).state == "withdrawn"
    (notice,) = [one for one in due(desk.database, NOW) if one.kind == "withdrawn"]
    alternatives = [slot for slot in first if slot.id in notice.alternatives]
    assert len(alternatives) == 3
    assert {slot.id for slot in own}.isdisjoint(notice.alternatives)
    assert [slot.hospital.id for slot in alternatives].count("north") == 2
    with pytest.raises(UnknownSlot):
        hold_slot(desk, "hua", own[1].id, NOW)
    assert put_reminders(desk.database, RULES, NOW + timedelta(days=4)) == 0


def test_a_search_narrows_by_place_and_time(desk: Desk) -> None:
    publish(desk, [], [session(5), session(6, hospital="south")], NOW)

    def found(**told: Any) -> int:
        wanted = {"departments": ("心内科",), "first": WEEK.first, "last": WEEK.last} | told
        return len(find_slots(desk, "ming", type(WEEK)(**wanted), NOW))

    assert found() == 4
    assert found(hospitals=("south",)) == 2
    assert found(departments=("儿科",)) == 0
    assert found(begins=570) == 2
    assert found(ends=570) == 2
    assert found(last=TODAY + timedelta(days=5)) == 2
    assert found(doctor="d2") == 0
