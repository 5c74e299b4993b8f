"""Talks about slots: found, held, confirmed, moved, given up, waited and applied for."""

from datetime import date, timedelta

import pytest

from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.fee import fee_lines
from askdoc.bootstrap import House
from askdoc.care.referrals.bookings import Wanted
from askdoc.care.referrals.requests import Arranged
from askdoc.care.referrals.slots import Hospital
from askdoc.care.referrals.slots import Session as HalfDay
from askdoc.storage.booking_ends import lapse_holds
from askdoc.storage.booking_lookup import mine
from askdoc.storage.bookings import hold_slot
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_requests import enter_result, requests_of
from askdoc.storage.slot_search import find_slots
from askdoc.storage.waiting_list import waiting

from .conftest import NOW, SHE, TODAY, Talk

NORTH, SOUTH = "市一医院", "区中心医院"
WEEK = Wanted(departments=("心内科",), first=TODAY, last=TODAY + timedelta(days=30))


@pytest.fixture(autouse=True)
def _schedule(house: House) -> None:
    """Two hospitals with cardiology every day from nine to ten, one person each half hour."""
    for id, name, tier in (("north", NORTH, "tertiary"), ("south", SOUTH, "secondary")):
        add_hospital(house.booking_office, Hospital(id, name, "cn/shanghai", tier))
    doctors = [Doctor(one, "d1", "王医生") for one in ("north", "south")]
    half_days = [
        HalfDay(hospital=one, department="心内科", doctor="d1", day=TODAY + timedelta(days=days),
                begins=540, ends=600)
        for one in ("north", "south")
        for days in range(1, 20)
    ]  # fmt: skip
    publish(house.booking_office, doctors, half_days, NOW)


def states(house: House, person: str = "mother") -> list[tuple[str, date]]:
    return [(one.state, one.slot.day) for one in mine(house.booking_office, person, NOW)]


def test_three_choices_with_their_days_in_full(talk: Talk) -> None:
    answer = talk.says("帮我妈约下周心内科")
    assert answer.kind == "ask"
    assert [one.label for one in answer.choices] == [
        f"11月30日（周一）上午9:00-9:30，{NORTH}心内科，王医生",
        f"11月30日（周一）上午9:00-9:30，{SOUTH}心内科，王医生",
        f"12月1日（周二）上午9:00-9:30，{NORTH}心内科，王医生",
    ]
    assert "11月30日（周一）到12月6日（周日）" in answer.text
    assert "妈妈" in answer.text
    assert "为什么能约：11月16日（周一）起对所有人开放" in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "给我妈挂个下周的心脏科",
        "替我妈预约下周心血管内科的号",
        "幫我媽約下週心內科",
        "帮阿妈约下周心内科啦",
        "can you book my mother a cardiology appointment next week",
    ],
)
def test_many_ways_to_ask_for_the_same(talk: Talk, asked: str) -> None:
    assert [one.sets.keys() for one in talk.says(asked).choices] == [{"slot"}] * 3


def test_nothing_is_held_before_a_choice_and_nothing_booked_before_the_yes(
    house: House, talk: Talk
) -> None:
    talk.says("帮我妈约下周心内科")
    assert states(house) == []
    held = talk.presses(0)
    assert states(house) == [("held", date(2026, 11, 30))]
    assert "留到09:45" in held.text
    assert "还没有约上" in held.text
    booked = talk.says("确认")
    assert states(house) == [("booked", date(2026, 11, 30))]
    assert f"已给妈妈预约：11月30日（周一）上午9:00-9:30，{NORTH}心内科，王医生" in booked.text


def test_the_same_yes_again_is_the_same_booking(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第二个")
    first, again = talk.says("确认"), talk.says("确认")
    assert first.text == again.text
    assert len(states(house)) == 1


def test_a_no_gives_the_slot_back(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第一个", "取消")
    assert states(house) == []
    assert "没有办" in talk.answers[-1].text


def test_another_choice_leaves_one_hold(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第一个", "帮我妈约下下周一心内科", "第一个")
    assert states(house) == [("held", date(2026, 12, 7))]


def test_a_slot_that_is_gone_is_said_so_and_others_stay_to_choose(house: House, talk: Talk) -> None:
    offered = talk.says("帮我妈约下周心内科").choices
    hold_slot(house.booking_office, "somebody", int(offered[0].sets["slot"]), NOW)
    gone = talk.presses(0)
    assert "刚刚被别人约走了" in gone.text
    assert gone.choices
    assert states(house) == []
    talk.presses(0)
    assert [state for state, _ in states(house)] == ["held"]


def test_a_yes_after_the_hold_ended_books_nothing(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第一个")
    talk.waits(20)
    lapse_holds(house.booking_office, talk.now)
    assert "没有办" in talk.says("确认").text
    assert states(house) == []


def test_what_was_left_out_is_asked_for_and_may_come_later(talk: Talk) -> None:
    assert talk.says("帮我约个号").missing == ("department",)
    assert "11月26日（周四）" in talk.says("心内科").choices[0].label
    assert "12月2日（周三）" in talk.says("下周三上午").choices[0].label
    assert {SOUTH} == {one.label.split("，")[1][:5] for one in talk.says("去区中心医院吧").choices}


def test_a_day_that_names_no_day_is_asked_for(talk: Talk) -> None:
    answer = talk.says("帮我妈约2月30日心内科")
    assert answer.kind == "ask"
    assert "2月30日" in answer.text
    assert answer.choices == ()


def test_the_fee_comes_from_the_policy_values(house: House) -> None:
    talk = Talk(
        house,
        (SHE,),
        given={
            "region": "cn/shanghai",
            "scheme": "employee",
            "status": "retired",
            "age": 68,
            "retired_year": 2015,
        },
    )
    answer = talk.says("帮我约下周心内科")
    assert "起付线" in answer.text
    assert answer.values
    assert answer.sources


@pytest.mark.parametrize("away", [False, True])
def test_a_hospital_in_another_city_is_told_at_the_rules_for_care_there(
    house: House, away: bool
) -> None:
    given = {"region": "cn/shanghai", "scheme": "employee", "status": "active"}
    context = house.context(TODAY, given, 0, "zh")
    reading = context.read("帮我约下周心内科")
    errand = Errand(reading, known_facts(reading, context), context, "zh")
    region = "cn/zhejiang/hangzhou" if away else "cn/shanghai"
    told = fee_lines([Hospital("h", "医院", region, "tertiary")], errand).lines[0]
    assert ("杭州" in told) is away
    assert ("70%" in told) is not away


def test_the_fee_is_not_made_up_where_nothing_is_known(talk: Talk) -> None:
    answer = talk.says("帮我妈约下周心内科")
    assert "要知道参保的地方" in answer.text
    assert "元" not in answer.text


def test_bookings_are_told_moved_and_cancelled(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第一个", "确认")
    told = talk.says("我妈的预约")
    assert f"11月30日（周一）上午9:00-9:30，{NORTH}心内科，王医生：已预约" in told.text
    assert talk.says("我的预约").text.count("没有预约") == 1
    talk.says("我妈的预约", "改到下周五")
    talk.presses(0)
    assert "改到：12月4日（周五）上午9:00-9:30" in talk.answers[-1].text
    assert states(house) == [("booked", date(2026, 11, 30))]
    talk.says("确认")
    assert states(house) == [("booked", date(2026, 12, 4))]
    talk.says("取消预约")
    assert states(house) == [("booked", date(2026, 12, 4))]
    talk.says("确认")
    assert states(house) == []


def test_a_bare_cancel_after_a_booking_asks_before_it_cancels(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周心内科", "第一个", "确认", "取消")
    assert states(house) == [("booked", date(2026, 11, 30))]
    talk.says("确认")
    assert states(house) == []


def test_of_two_bookings_one_is_asked_for(house: House, talk: Talk) -> None:
    talk.says("帮我妈约下周一心内科", "第一个", "确认")
    talk.says("帮我妈约下周二心内科", "第一个", "确认")
    asked = talk.says("取消我妈的预约")
    assert len(asked.choices) == 2
    talk.presses(1)
    talk.says("确认")
    assert states(house) == [("booked", date(2026, 11, 30))]


def test_a_day_that_is_not_open_yet_says_when_it_opens(talk: Talk) -> None:
    answer = talk.says("帮我妈约12月12日心内科")
    assert "现在没有能约的号" in answer.text
    assert "11月28日（周六）才开放" in answer.text or "11月28日（周六）对所有人开放" in answer.text


def test_when_nothing_is_free_the_waiting_list_is_proposed(house: House, talk: Talk) -> None:
    for one in find_slots(house.booking_office, "others", WEEK, NOW, 200):
        hold_slot(house.booking_office, f"p{one.slot.id}", one.slot.id, NOW)
    asked = talk.says("帮我妈约下周心内科")
    assert "候补" in asked.text
    assert waiting(house.booking_office, "mother") == []
    assert "已排上心内科的候补" in talk.says("确认").text
    assert len(waiting(house.booking_office, "mother")) == 1
    assert "候补心内科" in talk.says("我妈的预约").text
    talk.says("取消预约", "确认")
    assert waiting(house.booking_office, "mother") == []


@pytest.mark.parametrize("asked", ["帮我妈约下周眼科", "帮我妈约下周华山医院心内科"])
def test_what_is_on_the_city_s_platform_is_applied_for_and_not_booked(
    house: House, talk: Talk, asked: str
) -> None:
    assert "还不算约上" in talk.says(asked).text
    done = talk.says("确认")
    assert "已申请" in done.text
    assert "已预约" not in done.text
    (request,) = requests_of(house.booking_office, "mother")
    assert request.wanted.first == date(2026, 11, 30)
    told = talk.says("我妈的预约")
    assert "已申请" in told.text
    assert "已预约" not in told.text
    given = Arranged(hospital="华山医院", department="心内科", doctor="李医生",
                     day=date(2026, 12, 3), begins=540, ends=570, number="A1")  # fmt: skip
    enter_result(house.booking_office, request.id, given, NOW)
    assert "12月3日（周四）上午9:00-9:30" in talk.says("我妈的预约").text


def test_whoever_is_nobody_s_patient_gets_no_slot(house: House) -> None:
    talk = Talk(house, ())
    for said in ("帮我妈约下周心内科", "我的预约", "取消预约", "改到周五"):
        answer = talk.says(said)
        assert answer.choices == ()
        assert answer.proposal is None
    assert "登记" in talk.says("帮我约下周心内科").text
