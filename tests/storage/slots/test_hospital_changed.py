"""What a hospital changed is offered, held and booked as it is now."""

from datetime import date, timedelta

import pytest

from askdoc.care.referrals.errors import HoldOver
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.hospital_bookings import settle
from askdoc.storage.hospital_rounds import Asked
from askdoc.storage.slot_notices import due
from askdoc.storage.slot_search import find_slots
from askdoc.storage.slot_sweep import sweep
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import HospitalApi

from .conftest import HALF_TEN, NOW, TERMS, TODAY, WEEK, book, known, letters
from .hospital_told import NEXT_DAY, ask, kinds


def test_a_free_slot_that_the_hospital_changed_is_offered_as_it_is_now(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    api.hospital.bundle = bundle(slot("1", **HALF_TEN), slot("2"), slot("4", **NEXT_DAY))
    assert ask(connected, system).changed == 2
    assert ask(connected, system).changed == 0
    found = {one.slot.id: one.slot for one in find_slots(connected, "ming", WEEK, NOW)}
    first, last = found[listed[0]], found[listed[2]]
    assert (first.day, first.begins, first.ends) == (TODAY + timedelta(days=7), 570, 600)
    assert (last.day, last.begins) == (TODAY + timedelta(days=8), 540)
    assert last.public_from == last.day - timedelta(days=TERMS.public_lead_days)


def test_two_slots_that_change_places_are_both_as_the_hospital_has_them(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    nine = {name: one["resource"][name] for one in (slot("1"),) for name in ("start", "end")}
    api.hospital.bundle = bundle(slot("1", **HALF_TEN), slot("2"), slot("4", **nine))
    assert ask(connected, system).changed == 2
    begin = {one.slot.id: one.slot.begins for one in find_slots(connected, "ming", WEEK, NOW)}
    assert [begin[id] for id in listed] == [570, 540, 540]


def test_who_booked_what_the_hospital_changed_has_it_as_it_is_now_and_is_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    settle(connected, system, asked.id, NOW)
    known(connected, "ming")
    sweep(connected, NOW)
    before = NOW + timedelta(days=6)
    assert sweep(connected, before).letters == 1
    api.hospital.bundle = bundle(slot("1", **NEXT_DAY), slot("2"), slot("4", **HALF_TEN))
    assert ask(connected, system).changed == 1
    assert ask(connected, system).changed == 0
    (now_is,) = mine(connected, "ming", NOW)
    assert (now_is.id, now_is.state, now_is.slot.day) == (asked.id, "booked", date(2026, 12, 3))
    (notice,) = due(connected.database, NOW)
    assert (notice.kind, set(notice.alternatives)) == ("changed", {listed[1], listed[2]})
    sweep(connected, NOW)
    (told,) = (one.text for one in letters(connected))
    assert "医院改了您的就诊" in told
    assert "12月3日（周四）上午9:00-9:30" in told
    assert "· 12月2日（周三）上午9:00-9:30 北院" in told
    assert "心内科" not in told
    # Of the new day it is reminded anew.
    assert sweep(connected, before + timedelta(days=1)).letters == 1
    assert "就诊提醒：12月3日" in letters(connected)[-1].text


def test_another_doctor_is_told_too(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    settle(connected, system, asked.id, NOW)
    other = [{"reference": "Practitioner/d8", "display": "钱医生"}]
    shown = bundle(slot("1"), slot("2"), slot("4", **HALF_TEN), actor=other)
    api.hospital.bundle = shown
    assert ask(connected, system).changed == 3
    assert kinds(connected) == ["booked", "changed"]
    assert [one.slot.doctor for one in mine(connected, "ming", NOW)] == ["钱医生"]


def test_who_only_held_what_the_hospital_changed_chooses_again(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    held = hold_slot(connected, "ming", listed[0], NOW)
    api.hospital.bundle = bundle(slot("1", **NEXT_DAY), slot("2"), slot("4", **HALF_TEN))
    assert ask(connected, system).changed == 1
    with pytest.raises(HoldOver):
        confirm(connected, "ming", held.id, "k1", NOW)


def test_what_waits_for_the_hospitals_answer_is_changed_after_it(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    api.hospital.bundle = bundle(slot("1", **NEXT_DAY), slot("2"), slot("4", **HALF_TEN))
    # Asked for, searched for twice: no answer.
    api.befall(["error"] * 2)
    assert ask(connected, system).changed == 0
    assert booking_of(connected, "ming", asked.id).state == "unknown"
    assert ask(connected, system).changed == 1
    assert kinds(connected) == ["booked", "changed"]


def test_a_break_that_is_no_visit_keeps_nothing_from_being_read(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    night = {"start": "2026-12-02T22:00:00+08:00", "end": "2026-12-03T06:00:00+08:00"}
    rest = slot("9", "busy-unavailable", **night)
    api.hospital.bundle = bundle(slot("1"), slot("2"), slot("4", **HALF_TEN), rest)
    assert ask(connected, system) == Asked(hospital="north", settled=0)
