"""A doctor is published once for each time: the same again is nothing, an overlap is refused."""

from dataclasses import replace

import pytest

from askdoc.care.referrals.errors import SessionOverlaps
from askdoc.storage.booking_office import Office
from askdoc.storage.schedule import publish

from .conftest import NOW, free, session

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
