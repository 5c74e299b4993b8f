"""A doctor is published once for each time: the same again is nothing, an overlap is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from askdoc.care.referrals.errors import SessionOverlaps
from askdoc.storage.booking_ends import note_visit
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office
from askdoc.storage.schedule import publish, withdraw
from askdoc.storage.slot_lists import SessionSeen, bookings_on, sessions_on
from askdoc.storage.slot_notices import due
from askdoc.storage.slot_search import find_slots

from .conftest import NOW, WEEK, book, free, session

FIRST = session(9)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(510, 570), (555, 615), (500, 620)],
    ids=["half an hour before", "on another grid", "around it"],
)
def test_a_session_that_overlaps_another_of_the_doctor_s_is_refused(
    office: Office, begins: int, ends: int
) -> None:
    publish(office, [], [FIRST], NOW)
    before = free(office)
    with pytest.raises(SessionOverlaps):
        publish(office, [], [replace(FIRST, begins=begins, ends=ends)], NOW)
    assert free(office) == before


def test_two_of_one_file_that_overlap_are_refused_with_all_of_it(office: Office) -> None:
    other = replace(FIRST, begins=585, ends=645)
    with pytest.raises(SessionOverlaps):
        publish(office, [], [FIRST, other, session(10)], NOW)
    assert free(office) == []


def test_what_only_touches_or_is_another_s_is_published(office: Office) -> None:
    after = replace(FIRST, begins=600, ends=660)
    sessions = [FIRST, after, replace(FIRST, doctor="d2"), replace(FIRST, hospital="south")]
    assert publish(office, [], sessions, NOW) == 8
    assert publish(office, [], sessions, NOW) == 0


def test_a_session_that_begins_inside_another_is_refused_not_passed_over(office: Office) -> None:
    publish(office, [], [FIRST], NOW)
    with pytest.raises(SessionOverlaps):
        publish(office, [], [replace(FIRST, begins=570, ends=630)], NOW)


def test_one_that_begins_with_another_and_ends_later_is_refused(office: Office) -> None:
    publish(office, [], [FIRST], NOW)
    with pytest.raises(SessionOverlaps):
        publish(office, [], [replace(FIRST, ends=630)], NOW)


@pytest.fixture
def taken_back(office: Office) -> str:
    """The id of a booking of the first half hour, whose day the hospital has taken back."""
    publish(office, [], [FIRST], NOW)
    booked = book(office, "ming", free(office)[0], "k1")
    withdraw(office, FIRST.hospital, FIRST.doctor, FIRST.day, NOW)
    return booked.id


def seen(office: Office) -> list[SessionSeen]:
    with office.database.reading() as connection:
        return sessions_on(connection, FIRST.day, [FIRST.hospital], 0, 9)


def times(office: Office) -> list[tuple[int, int]]:
    found = find_slots(office, "hua", WEEK, NOW)
    return [(one.slot.begins, one.slot.ends) for one in found]


def test_a_day_taken_back_is_published_at_other_hours_that_overlap(
    office: Office, taken_back: str
) -> None:
    other = replace(FIRST, begins=555, ends=615)
    assert publish(office, [], [other], NOW) == 2
    assert times(office) == [(555, 585), (585, 615)]
    assert publish(office, [], [other], NOW) == 0
    assert booking_of(office, "ming", taken_back).state == "withdrawn"
    (line,) = seen(office)
    assert (line.begins, line.ends, line.slots, line.withdrawn) == (555, 615, 2, False)


def test_a_day_taken_back_comes_back_at_its_hours_only_by_hand(
    office: Office, taken_back: str
) -> None:
    # The file that it was in is imported once more.
    assert publish(office, [], [FIRST], NOW) == 0
    assert times(office) == []
    assert publish(office, [], [FIRST], NOW, anew=True) == 2
    assert publish(office, [], [FIRST], NOW, anew=True) == 0
    assert times(office) == [(540, 570), (570, 600)]
    theirs = book(office, "hua", free(office)[0], "k2")
    with office.database.reading() as connection:
        of_day = bookings_on(connection, FIRST.day, [FIRST.hospital], 0, 9)
    assert [(one.id, one.state) for one in of_day] == [
        (taken_back, "withdrawn"),
        (theirs.id, "booked"),
    ]


def test_a_day_taken_back_twice_tells_who_booked_since_and_nobody_again(
    office: Office, taken_back: str
) -> None:
    publish(office, [], [FIRST], NOW, anew=True)
    theirs = book(office, "hua", free(office)[0], "k2")
    assert withdraw(office, FIRST.hospital, FIRST.doctor, FIRST.day, NOW) == 1
    told = [one.booking for one in due(office.database, NOW) if one.kind == "withdrawn"]
    assert sorted(map(str, told)) == sorted([taken_back, theirs.id])


def test_an_hour_in_which_somebody_was_seen_stays_the_doctor_s(office: Office) -> None:
    publish(office, [], [FIRST], NOW)
    booked = book(office, "ming", free(office)[0], "k1")
    then = booked.slot.starts_at() + timedelta(minutes=1)
    note_visit(office, booked.id, True, then)
    withdraw(office, FIRST.hospital, FIRST.doctor, FIRST.day, then)
    with pytest.raises(SessionOverlaps):
        publish(office, [], [replace(FIRST, begins=555, ends=615)], then, anew=True)
    assert publish(office, [], [replace(FIRST, begins=570, ends=630)], then, anew=True) == 2
    (line,) = seen(office)
    assert (line.begins, line.ends, line.slots, line.taken) == (540, 630, 3, 1)
