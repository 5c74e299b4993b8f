"""What a city's platform gives out: 已申请 until staff have entered its result."""

from datetime import timedelta

import pytest

from askdoc.care.referrals.errors import UnknownRequest
from askdoc.care.referrals.requests import Arranged
from askdoc.storage.slot_desk import Desk
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


def kinds(desk: Desk) -> list[str]:
    return [one.kind for one in due(desk.database, NOW)]


def test_a_request_is_applied_for_until_staff_enter_the_result(desk: Desk) -> None:
    asked = apply(desk, "ming", WEEK, NOW)
    assert (asked.state, asked.wanted, asked.arranged) == ("applied", WEEK, None)
    assert open_requests(desk) == requests_of(desk, "ming") == [asked]
    assert kinds(desk) == ["applied"]
    done = enter_result(desk, asked.id, GIVEN, NOW)
    assert (done.state, done.arranged) == ("arranged", GIVEN)
    assert open_requests(desk) == []
    assert requests_of(desk, "ming") == [done]
    assert sorted(kinds(desk)) == ["applied", "arranged"]


def test_what_staff_cannot_see_stays_open(desk: Desk) -> None:
    asked = apply(desk, "ming", WEEK, NOW)
    assert enter_unclear(desk, asked.id, "平台没有反应", NOW).note == "平台没有反应"
    assert [one.state for one in open_requests(desk)] == ["unclear"]
    assert kinds(desk) == ["applied"]
    assert enter_refusal(desk, asked.id, "没有号了", NOW).state == "refused"
    assert sorted(kinds(desk)) == ["applied", "refused"]


def test_an_answered_request_is_answered_once(desk: Desk) -> None:
    asked = apply(desk, "ming", WEEK, NOW)
    enter_result(desk, asked.id, GIVEN, NOW)
    for act in (
        lambda: enter_result(desk, asked.id, GIVEN, NOW),
        lambda: enter_refusal(desk, asked.id, "", NOW),
        lambda: take_back(desk, "ming", asked.id, NOW),
        lambda: enter_result(desk, "none", GIVEN, NOW),
    ):
        with pytest.raises(UnknownRequest):
            act()


def test_only_who_asked_takes_it_back(desk: Desk) -> None:
    asked = apply(desk, "ming", WEEK, NOW)
    with pytest.raises(UnknownRequest):
        take_back(desk, "hua", asked.id, NOW)
    assert take_back(desk, "ming", asked.id, NOW).state == "taken_back"
    assert open_requests(desk) == []
