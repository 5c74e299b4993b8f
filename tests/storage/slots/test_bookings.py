"""A slot is held, booked, moved and given back once, on both kinds of database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from askdoc.care.feed import Feed, Stay
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
from askdoc.storage.booking_ends import cancel, lapse_holds, note_visit
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.care_tables import residents
from askdoc.storage.feeds import keep_feed
from askdoc.storage.schedule import publish, withdraw
from askdoc.storage.slot_notices import due, put_reminders
from askdoc.storage.slot_search import find_slots
from askdoc.storage.standing import refer

from .conftest import NOW, RULES, TODAY, WEEK, book, free, grouped, order, session, signed

LATER = NOW + timedelta(minutes=15)


def kinds(office: Office, days: int = 0) -> list[tuple[str, str]]:
    found = due(office.database, NOW + timedelta(days=days))
    return [(one.person, one.kind) for one in found]


@pytest.fixture
def slots(office: Office) -> list[int]:
    """Four free slots five days ahead, open to all."""
    publish(office, [], [session(5, persons=2)], NOW)
    return free(office)


def test_what_is_held_is_free_for_nobody_else(office: Office, slots: list[int]) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    assert (held.state, held.held_until) == ("held", LATER)
    assert free(office, "hua") == slots[1:]
    with pytest.raises(SlotTaken) as refused:
        hold_slot(office, "hua", slots[0], NOW)
    assert "换一个时间" in refused.value.sentence("zh")
    assert mine(office, "hua", NOW) == []


def test_a_hold_confirmed_in_time_is_a_booking(office: Office, slots: list[int]) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    booked = confirm(office, "ming", held.id, "k1", LATER - timedelta(seconds=1))
    assert (booked.state, booked.slot.id, booked.held_until) == ("booked", slots[0], None)
    assert mine(office, "ming", LATER + timedelta(days=1)) == [booked]
    assert free(office, "hua", LATER) == slots[1:]


def test_the_same_confirmation_again_is_the_same_booking(office: Office, slots: list[int]) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    first = confirm(office, "ming", held.id, "k1", NOW)
    assert confirm(office, "ming", held.id, "k1", LATER + timedelta(hours=1)) == first
    other = hold_slot(office, "ming", slots[1], NOW)
    with pytest.raises(KeyUsed):
        confirm(office, "ming", other.id, "k1", NOW)
    with pytest.raises(NotBooked):
        confirm(office, "ming", held.id, "k2", NOW)
    assert kinds(office) == [("ming", "booked")]


def test_at_its_end_a_hold_is_over(office: Office, slots: list[int]) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    with pytest.raises(HoldOver):
        confirm(office, "ming", held.id, "k1", LATER)
    assert mine(office, "ming", LATER) == []
    assert free(office, "hua", LATER) == slots


def test_a_hold_past_its_end_gives_way_without_a_sweep(office: Office, slots: list[int]) -> None:
    old = hold_slot(office, "ming", slots[0], NOW)
    new = hold_slot(office, "hua", slots[0], LATER)
    assert booking_of(office, "ming", old.id).state == "lapsed"
    assert booking_of(office, "hua", new.id).state == "held"
    with pytest.raises(HoldOver):
        confirm(office, "ming", old.id, "k1", NOW)


def test_the_sweep_ends_what_is_over_and_nothing_else(office: Office, slots: list[int]) -> None:
    old = hold_slot(office, "ming", slots[0], NOW)
    young = hold_slot(office, "ming", slots[1], NOW + timedelta(minutes=1))
    booked = book(office, "hua", slots[2], "k1")
    assert lapse_holds(office, LATER) == 1
    assert lapse_holds(office, LATER) == 0
    assert booking_of(office, "ming", old.id).state == "lapsed"
    assert booking_of(office, "ming", young.id).state == "held"
    assert booking_of(office, "hua", booked.id).state == "booked"
    assert ("ming", "hold_over") in kinds(office, 1)


def test_one_person_holds_so_many_and_no_more(office: Office, slots: list[int]) -> None:
    for slot in slots[:2]:
        hold_slot(office, "ming", slot, NOW)
    with pytest.raises(TooManyHolds) as refused:
        hold_slot(office, "ming", slots[2], NOW)
    assert "2" in refused.value.sentence("zh")
    assert hold_slot(office, "ming", slots[2], LATER).state == "held"


def test_somebody_else_s_booking_is_unknown(office: Office, slots: list[int]) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    for act in (
        lambda: confirm(office, "hua", held.id, "k", NOW),
        lambda: cancel(office, "hua", held.id, NOW),
        lambda: reschedule(office, "hua", held.id, slots[1], "k", NOW),
        lambda: booking_of(office, "hua", held.id),
    ):
        with pytest.raises(UnknownBooking):
            act()
    assert booking_of(office, "ming", held.id).state == "held"


def test_moving_takes_the_new_slot_and_frees_the_old(office: Office, slots: list[int]) -> None:
    old = book(office, "ming", slots[0], "k1")
    new = reschedule(office, "ming", old.id, slots[2], "k2", NOW)
    assert (new.state, new.slot.id, new.replaces) == ("booked", slots[2], old.id)
    assert booking_of(office, "ming", old.id).state == "moved"
    assert free(office, "hua") == [slots[0], slots[1], slots[3]]
    assert reschedule(office, "ming", old.id, slots[2], "k2", NOW) == new
    with pytest.raises(KeyUsed):
        reschedule(office, "ming", new.id, slots[1], "k2", NOW)


def test_moving_to_a_taken_slot_changes_nothing(office: Office, slots: list[int]) -> None:
    old = book(office, "ming", slots[0], "k1")
    book(office, "hua", slots[1], "k1")
    with pytest.raises(SlotTaken):
        reschedule(office, "ming", old.id, slots[1], "k2", NOW)
    assert mine(office, "ming", NOW) == [old]
    with pytest.raises(SlotTaken):
        hold_slot(office, "wei", slots[0], NOW)


def test_what_was_given_back_is_free_and_stays_given_back(office: Office, slots: list[int]) -> None:
    booked = book(office, "ming", slots[0], "k1")
    held = hold_slot(office, "ming", slots[1], NOW)
    assert cancel(office, "ming", booked.id, NOW).state == "cancelled"
    assert cancel(office, "ming", held.id, NOW).state == "given_back"
    assert cancel(office, "ming", booked.id, NOW).state == "cancelled"
    assert free(office, "hua") == slots
    with pytest.raises(NotBooked) as refused:
        reschedule(office, "ming", booked.id, slots[2], "k2", NOW)
    assert "已取消" in refused.value.sentence("zh")


def test_reminders_come_on_their_days_and_not_for_what_was_given_back(
    office: Office, slots: list[int]
) -> None:
    kept = book(office, "ming", slots[0], "k1")
    gone = book(office, "hua", slots[1], "k1")
    assert sorted(kinds(office)) == [("hua", "booked"), ("ming", "booked")]
    cancel(office, "hua", gone.id, NOW)
    # Five days ahead: the day three before, and the day before; not before eight.
    made = [put_reminders(office.database, RULES, NOW + timedelta(days=day)) for day in range(5)]
    assert made == [0, 0, 1, 0, 1]
    assert put_reminders(office.database, RULES, NOW + timedelta(days=4)) == 0
    assert put_reminders(office.database, RULES, NOW + timedelta(days=4, hours=-2)) == 0
    found = due(office.database, NOW + timedelta(days=5))
    reminders = [one for one in found if one.kind == "reminder"]
    assert [(one.person, one.booking) for one in reminders] == [("ming", kept.id)] * 2


def test_a_slot_that_begun_is_neither_taken_nor_given_back(office: Office) -> None:
    publish(office, [], [session(0)], NOW - timedelta(hours=2))
    early = NOW - timedelta(hours=2)
    nine, half_past = free(office, now=early)
    assert free(office) == []
    booked = book(office, "ming", half_past, "k1", early)
    for act in (
        lambda: hold_slot(office, "hua", nine, NOW),
        lambda: cancel(office, "ming", booked.id, NOW),
    ):
        with pytest.raises(SlotOver):
            act()
    note_visit(office, booked.id, False, NOW)
    assert booking_of(office, "ming", booked.id).state == "missed"
    with pytest.raises(NotBooked):
        note_visit(office, booked.id, True, NOW)


def test_nobody_is_missing_before_the_visit(office: Office, slots: list[int]) -> None:
    booked = book(office, "ming", slots[0], "k1")
    with pytest.raises(NotBooked):
        note_visit(office, booked.id, False, NOW)
    with pytest.raises(UnknownBooking):
        note_visit(office, "none", False, NOW)


def test_early_slots_go_to_those_with_priority_only(office: Office) -> None:
    publish(office, [], [session(18)], NOW)
    assert free(office) == []
    signed(office, "hua", "south")
    assert free(office, "hua") == []
    signed(office, "ming", "north")
    grouped(office, "ming", "aged")
    (found,) = find_slots(office, "ming", WEEK, NOW)
    assert found.slot.pool == found.grant.door == "priority"
    assert [reason.name for reason in found.grant.reasons] == ["contracted_in_combination"]
    with pytest.raises(NotOpenYet) as refused:
        hold_slot(office, "hua", found.slot.id, NOW)
    assert "11月29日（周日）" in refused.value.sentence("zh")
    held = hold_slot(office, "ming", found.slot.id, NOW)
    assert [reason.name for reason in held.reasons] == ["contracted_in_combination"]
    refer(office, order("hua"))
    assert free(office, "hua") == []
    cancel(office, "ming", held.id, NOW)
    assert free(office, "hua") == [found.slot.id]


def test_unused_priority_slots_fall_to_all_on_the_policy_s_day(office: Office) -> None:
    publish(office, [], [session(18)], NOW)
    assert free(office, now=NOW + timedelta(days=3)) == []
    assert len(free(office, now=NOW + timedelta(days=4))) == 2


def test_publishing_again_adds_nothing_and_the_share_goes_on(office: Office) -> None:
    assert publish(office, [], [session(5, persons=3)], NOW) == 6
    assert publish(office, [], [session(5, persons=3), session(5, doctor="d2")], NOW) == 2
    found = find_slots(office, "ming", WEEK, NOW)
    assert [one.slot.pool for one in found].count("priority") == 4


def test_a_cancelled_day_tells_each_once_with_what_is_free(office: Office) -> None:
    publish(office, [], [session(5), session(5, doctor="d2"), session(6, hospital="south")], NOW)
    first = [one.slot for one in find_slots(office, "ming", WEEK, NOW)]
    own = [slot for slot in first if slot.doctor == "d1医生" and slot.hospital.id == "north"]
    booked = book(office, "ming", own[0].id, "k1")
    assert withdraw(office, "north", "d1", own[0].day, NOW) == 1
    assert withdraw(office, "north", "d1", own[0].day, NOW) == 0
    assert booking_of(office, "ming", booked.id).state == "withdrawn"
    (notice,) = [one for one in due(office.database, NOW) if one.kind == "withdrawn"]
    alternatives = [slot for slot in first if slot.id in notice.alternatives]
    assert len(alternatives) == 3
    assert {slot.id for slot in own}.isdisjoint(notice.alternatives)
    assert [slot.hospital.id for slot in alternatives].count("north") == 2
    with pytest.raises(UnknownSlot):
        hold_slot(office, "hua", own[1].id, NOW)
    assert put_reminders(office.database, RULES, NOW + timedelta(days=4)) == 0


def test_a_search_narrows_by_place_and_time(office: Office) -> None:
    publish(office, [], [session(5), session(6, hospital="south")], NOW)

    def found(**told: Any) -> int:
        wanted = {"departments": ("心内科",), "first": WEEK.first, "last": WEEK.last} | told
        return len(find_slots(office, "ming", type(WEEK)(**wanted), NOW))

    assert found() == 4
    assert found(hospitals=("south",)) == 2
    assert found(departments=("儿科",)) == 0
    assert found(begins=570) == 2
    assert found(ends=570) == 2
    assert found(last=TODAY + timedelta(days=5)) == 2
    assert found(doctor="d2") == 0


def test_a_contract_opens_doors_while_it_holds_however_it_names_the_hospital(
    office: Office,
) -> None:
    publish(office, [], [session(18)], NOW)
    day = timedelta(days=1)
    signed(office, "ended", "north", until=TODAY - day)
    signed(office, "coming", "north", since=TODAY + day)
    signed(office, "last-day", "south", "北院", until=TODAY)
    assert [len(free(office, one)) for one in ("ended", "coming", "last-day")] == [0, 0, 1]
    assert free(office, "last-day", NOW + day) == []
    assert len(free(office, "coming", NOW + day)) == 1


def test_who_only_booked_is_of_the_clinic_that_names_them_first(
    office: Office, slots: list[int]
) -> None:
    book(office, "ming", slots[0], "k1")
    asked = select(residents.c.clinic).where(residents.c.id == "ming")
    found = []
    for clinic in (None, "c1", "c2"):
        if clinic is not None:
            keep_feed(office.database, clinic, Feed(stays=[Stay("ming", TODAY, None)]), NOW)
        with office.database.reading() as kept:
            found.append(kept.scalar(asked))
    assert found == [None, "c1", "c1"]
