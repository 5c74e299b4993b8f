"""Hospitals asked over real HTTP: late, lost, broken and doubled answers, and what came of them."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from askdoc.care.referrals.bookings import Booking
from askdoc.care.referrals.errors import HoldOver, SlotTaken
from askdoc.care.referrals.hospital_system import NoAnswer
from askdoc.care.referrals.slots import Hospital
from askdoc.hospitals.connections import Connection
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.hospital_bookings import reconcile, settle
from askdoc.storage.hospital_rounds import Asked, Rounds, settle_waiting
from askdoc.storage.hospital_rounds import ask as ask_now
from askdoc.storage.slot_notices import due
from askdoc.storage.slot_search import find_slots
from askdoc.storage.slot_sweep import sweep
from askdoc.testing import FakeHospital
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import DONE_LATE_SECONDS, HospitalApi, running_hospital

from .conftest import NOW, TERMS, TODAY, WEEK, book, free, known, letters

NORTH = Hospital("north", "北院", "cn/shanghai", "tertiary")
NEXT_DAY = {"start": "2026-12-03T09:00:00+08:00", "end": "2026-12-03T09:30:00+08:00"}
HALF_TEN = {"start": "2026-12-02T09:30:00+08:00", "end": "2026-12-02T10:00:00+08:00"}


@pytest.fixture
def api() -> Iterator[HospitalApi]:
    there = FakeHospital(bundle(slot("1"), slot("2"), slot("3", "busy"), slot("4", **HALF_TEN)))
    with running_hospital(HospitalApi(there)) as running:
        yield running


@pytest.fixture
def system(api: HospitalApi) -> Iterator[FhirServer]:
    patience = DONE_LATE_SECONDS / 2
    to = Connection(hospital=NORTH, url=api.url, token="t0", answer_seconds=patience)
    server = FhirServer(to)
    yield server
    server.close()


@pytest.fixture
def connected(office: Office) -> Office:
    return replace(office, connected=frozenset({"north"}))


@pytest.fixture
def slots(connected: Office, system: FhirServer) -> list[int]:
    assert ask(connected, system) == Asked(hospital="north", settled=0, new=3)
    return free(connected)


def ask(office: Office, system: FhirServer) -> Asked:
    return ask_now(Rounds(office, NORTH, system), NOW)


def kinds(office: Office) -> list[str]:
    return [one.kind for one in due(office.database, NOW)]


def live(api: HospitalApi) -> list[dict[str, Any]]:
    return [one for one in api.hospital.appointments if one["status"] == "booked"]


def late(
    office: Office, api: HospitalApi, system: FhirServer, slot: int, person: str = "ming"
) -> Booking:
    """A booking that reaches the hospital after nobody waits for its answer any more."""
    asked = book(office, person, slot, "k1")
    api.befall(["late"])
    assert settle(office, system, asked.id, NOW).state == "unknown"
    return asked


def wait_for_appointments(api: HospitalApi, count: int) -> None:
    until = time.monotonic() + 20
    while len(api.hospital.appointments) < count:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_every_page_is_read_and_the_token_is_shown(
    connected: Office, api: HospitalApi, slots: list[int]
) -> None:
    assert len(slots) == 3
    assert api.asked.count("GET /Slot") == 3
    assert api.tokens == {"Bearer t0"}


def test_it_is_booked_once_and_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    assert asked.state == "unknown"
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 1
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 0
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert (len(api.hospital.appointments), kinds(connected)) == (1, ["booked"])


@pytest.mark.parametrize("trouble", ["lost", "broken"])
def test_a_booking_whose_answer_did_not_arrive_is_unknown_and_then_found(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int], trouble: Any
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    api.befall([trouble])
    assert settle(connected, system, asked.id, NOW).state == "unknown"
    assert kinds(connected) == []
    with pytest.raises(SlotTaken):
        hold_slot(connected, "hua", slots[0], NOW)
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert api.asked.count("POST /Appointment") == 1
    assert (len(live(api)), kinds(connected)) == (1, ["booked"])


def test_a_hospital_that_failed_is_asked_again_and_books_once(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    api.befall(["error"])
    assert settle(connected, system, asked.id, NOW).state == "unknown"
    assert api.hospital.appointments == []
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert len(live(api)) == 1


def test_a_booking_made_after_nobody_waited_any_more_is_found(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = late(connected, api, system, slots[0])
    wait_for_appointments(api, 1)
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert api.asked.count("POST /Appointment") == 1


def test_a_late_booking_and_the_one_asked_again_are_one(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = late(connected, api, system, slots[0])
    assert reconcile(connected, "north", system, NOW) == 1
    wait_for_appointments(api, 2)
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert len(live(api)) == 1


def test_an_answer_without_a_body_is_looked_up(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    api.befall(["empty"])
    assert settle(connected, system, asked.id, NOW).state == "booked"
    assert len(live(api)) == 1


def test_what_is_told_twice_is_there_once(
    connected: Office, api: HospitalApi, system: FhirServer
) -> None:
    api.befall([None, "twice"])
    assert ask(connected, system).new == 3
    asked = book(connected, "ming", free(connected)[0], "k1")
    api.befall(["lost", "twice"])
    assert settle(connected, system, asked.id, NOW).state == "unknown"
    assert reconcile(connected, "north", system, NOW) == 1
    assert (len(live(api)), kinds(connected)) == (1, ["booked"])


def test_of_two_that_the_hospital_booked_under_one_key_one_is_cancelled(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    api.befall(["lost"])
    settle(connected, system, asked.id, NOW)
    api.hospital.appointments.append(live(api)[0] | {"id": "a2"})
    assert reconcile(connected, "north", system, NOW) == 1
    assert [one["id"] for one in live(api)] == ["a1"]
    assert ask(connected, system).cancelled == 0
    assert booking_of(connected, "ming", asked.id).state == "booked"


def test_a_slot_that_went_to_somebody_else_is_refused_and_not_offered(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    api.hospital.taken.add("Slot/1")
    asked = book(connected, "ming", slots[0], "k1")
    assert settle(connected, system, asked.id, NOW).state == "refused"
    assert (kinds(connected), free(connected, "hua")) == (["refused"], slots[1:])


def test_a_slot_that_is_free_there_no_more_is_offered_no_more(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    api.hospital.taken.add("Slot/2")
    assert ask(connected, system) == Asked(hospital="north", settled=0, gone=1)
    assert free(connected, "hua") == [slots[0], slots[2]]


@pytest.mark.parametrize(
    "told",
    [
        {"resourceType": "Bundle", "type": "searchset", "entry": [slot("1")]},
        bundle(slot("1", start="2026-12-02T09:00:00")),
        bundle(slot("1"), {"resource": {"resourceType": "Slot", "id": "2"}}),
    ],
)
def test_slots_that_cannot_be_read_change_nothing(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int], told: dict[str, Any]
) -> None:
    api.hospital.bundle = told
    assert ask(connected, system).is_silent
    assert free(connected) == slots


@pytest.mark.parametrize("troubles", [["error"] * 2, ["broken"] * 2, ["away"]])
def test_a_search_that_is_not_answered_is_no_answer(
    api: HospitalApi, system: FhirServer, troubles: Any
) -> None:
    api.befall(troubles)
    with pytest.raises(NoAnswer):
        system.listed(TODAY)
    assert len(system.listed(TODAY)) == 4


def test_a_hospital_that_is_not_there_is_silent(connected: Office) -> None:
    nowhere = Connection(hospital=NORTH, url="http://127.0.0.1:1", answer_seconds=1)
    assert ask(connected, FhirServer(nowhere)).is_silent


def test_what_the_hospital_cancelled_is_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    kept = book(connected, "hua", slots[1], "k2")
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 2
    mine = next(one["id"] for one in live(api) if one["identifier"][0]["value"] == asked.id)
    api.hospital.change(mine, "cancelled")
    api.hospital.taken.add("Slot/1")
    assert ask(connected, system).cancelled == 1
    assert ask(connected, system).cancelled == 0
    assert booking_of(connected, "ming", asked.id).state == "withdrawn"
    assert booking_of(connected, "hua", kept.id).state == "booked"
    assert sorted(kinds(connected)) == ["booked", "booked", "withdrawn"]
    assert free(connected, "hua") == [slots[2]]


def test_what_the_person_cancelled_stays_taken_until_the_hospital_has_cancelled_it(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    settle(connected, system, asked.id, NOW)
    assert cancel(connected, "ming", asked.id, NOW).state == "leaving"
    # The search for it, twice.
    api.befall(["error", "error"])
    assert reconcile(connected, "north", system, NOW) == 0
    assert free(connected, "hua") == slots[1:]
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "cancelled"
    assert (live(api), free(connected, "hua")) == ([], slots)


def test_what_arrives_there_after_it_was_given_back_here_is_cancelled_there(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = late(connected, api, system, slots[0])
    assert cancel(connected, "ming", asked.id, NOW).state == "leaving"
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "cancelled"
    wait_for_appointments(api, 1)
    assert len(live(api)) == 1
    assert ask(connected, system).strays == 1
    assert (live(api), ask(connected, system).strays) == ([], 0)
    assert free(connected, "hua") == slots


def test_what_is_booked_here_and_there_is_no_stray(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    book(connected, "ming", slots[0], "k1")
    asked = late(connected, api, system, slots[1], "hua")
    assert ask(connected, system).strays == 0
    wait_for_appointments(api, 2)
    assert ask(connected, system).strays == 0
    assert booking_of(connected, "hua", asked.id).state == "booked"
    assert len(live(api)) == 2


def test_a_free_slot_that_the_hospital_changed_is_offered_as_it_is_now(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    api.hospital.bundle = bundle(slot("1", **HALF_TEN), slot("2"), slot("4", **NEXT_DAY))
    assert ask(connected, system).changed == 2
    assert ask(connected, system).changed == 0
    found = {one.slot.id: one.slot for one in find_slots(connected, "ming", WEEK, NOW)}
    first, last = found[slots[0]], found[slots[2]]
    assert (first.day, first.begins, first.ends) == (TODAY + timedelta(days=7), 570, 600)
    assert (last.day, last.begins) == (TODAY + timedelta(days=8), 540)
    assert last.public_from == last.day - timedelta(days=TERMS.public_lead_days)


def test_two_slots_that_change_places_are_both_as_the_hospital_has_them(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    nine = {name: one["resource"][name] for one in (slot("1"),) for name in ("start", "end")}
    api.hospital.bundle = bundle(slot("1", **HALF_TEN), slot("2"), slot("4", **nine))
    assert ask(connected, system).changed == 2
    begin = {one.slot.id: one.slot.begins for one in find_slots(connected, "ming", WEEK, NOW)}
    assert [begin[id] for id in slots] == [570, 540, 540]


def test_who_booked_what_the_hospital_changed_has_it_as_it_is_now_and_is_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
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
    assert (notice.kind, set(notice.alternatives)) == ("changed", {slots[1], slots[2]})
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
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    settle(connected, system, asked.id, NOW)
    other = [{"reference": "Practitioner/d8", "display": "钱医生"}]
    shown = bundle(slot("1"), slot("2"), slot("4", **HALF_TEN), actor=other)
    api.hospital.bundle = shown
    assert ask(connected, system).changed == 3
    assert kinds(connected) == ["booked", "changed"]
    assert [one.slot.doctor for one in mine(connected, "ming", NOW)] == ["钱医生"]


def test_who_only_held_what_the_hospital_changed_chooses_again(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    held = hold_slot(connected, "ming", slots[0], NOW)
    api.hospital.bundle = bundle(slot("1", **NEXT_DAY), slot("2"), slot("4", **HALF_TEN))
    assert ask(connected, system).changed == 1
    with pytest.raises(HoldOver):
        confirm(connected, "ming", held.id, "k1", NOW)


def test_what_waits_for_the_hospitals_answer_is_changed_after_it(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    asked = book(connected, "ming", slots[0], "k1")
    api.hospital.bundle = bundle(slot("1", **NEXT_DAY), slot("2"), slot("4", **HALF_TEN))
    # Asked for, searched for twice: no answer.
    api.befall(["error"] * 2)
    assert ask(connected, system).changed == 0
    assert booking_of(connected, "ming", asked.id).state == "unknown"
    assert ask(connected, system).changed == 1
    assert kinds(connected) == ["booked", "changed"]


def test_a_break_that_is_no_visit_keeps_nothing_from_being_read(
    connected: Office, api: HospitalApi, system: FhirServer, slots: list[int]
) -> None:
    night = {"start": "2026-12-02T22:00:00+08:00", "end": "2026-12-03T06:00:00+08:00"}
    rest = slot("9", "busy-unavailable", **night)
    api.hospital.bundle = bundle(slot("1"), slot("2"), slot("4", **HALF_TEN), rest)
    assert ask(connected, system) == Asked(hospital="north", settled=0)
