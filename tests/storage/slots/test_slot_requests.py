"""What a city's platform gives out: 已申请 until staff have entered its result."""

from datetime import timedelta

import pytest

from askdoc.care.referrals.errors import UnknownRequest
from askdoc.care.referrals.requests import Arranged
from askdoc.storage.booking_office import Office
from askdoc.storage.slot_notices import due
from askdoc.storage.slot_requests import (
    apply,
    enter_refusal,
    enter_result,
    enter_unclear,
    open_requests,
    requests_of,
    take_back,
)

from .conftest import NOW, TODAY, WEEK

GIVEN = Arranged(hospital="市一医院", department="心内科", doctor="王医生",
                 day=TODAY + timedelta(days=9), begins=540, ends=570, number="A-17")  # fmt: skip


def kinds(office: Office) -> list[str]:
    return [one.kind for one in due(office.database, NOW)]


def test_a_request_is_applied_for_until_staff_enter_the_result(office: Office) -> None:
    asked = apply(office, "ming", WEEK, NOW)
    assert (asked.state, asked.wanted, asked.arranged) == ("applied", WEEK, None)
    assert open_requests(office) == requests_of(office, "ming") == [asked]
    assert kinds(office) == ["applied"]
    done = enter_result(office, asked.id, GIVEN, NOW)
    assert (done.state, done.arranged) == ("arranged", GIVEN)
    assert open_requests(office) == []
    assert requests_of(office, "ming") == [done]
    assert sorted(kinds(office)) == ["applied", "arranged"]


def test_what_staff_cannot_see_stays_open(office: Office) -> None:
    asked = apply(office, "ming", WEEK, NOW)
    assert enter_unclear(office, asked.id, "平台没有反应", NOW).note == "平台没有反应"
    assert [one.state for one in open_requests(office)] == ["unclear"]
    assert kinds(office) == ["applied"]
    assert enter_refusal(office, asked.id, "没有号了", NOW).state == "refused"
    assert sorted(kinds(office)) == ["applied", "refused"]


def test_an_answered_request_is_answered_once(office: Office) -> None:
    asked = apply(office, "ming", WEEK, NOW)
    enter_result(office, asked.id, GIVEN, NOW)
    for act in (
        lambda: enter_result(office, asked.id, GIVEN, NOW),
        lambda: enter_refusal(office, asked.id, "", NOW),
        lambda: take_back(office, "ming", asked.id, NOW),
        lambda: enter_result(office, "none", GIVEN, NOW),
    ):
        with pytest.raises(UnknownRequest):
            act()


def test_only_who_asked_takes_it_back(office: Office) -> None:
    asked = apply(office, "ming", WEEK, NOW)
    with pytest.raises(UnknownRequest):
        take_back(office, "hua", asked.id, NOW)
    assert take_back(office, "ming", asked.id, NOW).state == "taken_back"
    assert open_requests(office) == []
