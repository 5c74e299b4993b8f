"""Hospitals asked over real HTTP: late, lost, broken and doubled answers, and what came of them."""

from typing import Any

import pytest

from askdoc.care.referrals.errors import SlotTaken
from askdoc.care.referrals.hospital_system import NoAnswer
from askdoc.hospitals.connections import Connection
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import hold_slot
from askdoc.storage.hospital_bookings import reconcile, settle
from askdoc.storage.hospital_rounds import Asked, Rounds, settle_waiting
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import HospitalApi

from .conftest import NORTH, NOW, TODAY, book, free
from .hospital_told import ask, kinds, late, live, wait_for_appointments


def test_every_page_is_read_and_the_token_is_shown(
    connected: Office, api: HospitalApi, listed: list[int]
) -> None:
    assert len(listed) == 3
    assert api.asked.count("GET /Slot") == 3
    assert api.tokens == {"Bearer t0"}


def test_it_is_booked_once_and_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    assert asked.state == "unknown"
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 1
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 0
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert (len(api.hospital.appointments), kinds(connected)) == (1, ["booked"])


@pytest.mark.parametrize("trouble", ["lost", "broken"])
def test_a_booking_whose_answer_did_not_arrive_is_unknown_and_then_found(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int], trouble: Any
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    api.befall([trouble])
    assert settle(connected, system, asked.id, NOW).state == "unknown"
    assert kinds(connected) == []
    with pytest.raises(SlotTaken):
        hold_slot(connected, "hua", listed[0], NOW)
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert api.asked.count("POST /Appointment") == 1
    assert (len(live(api)), kinds(connected)) == (1, ["booked"])


def test_a_hospital_that_failed_is_asked_again_and_books_once(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    api.befall(["error"])
    assert settle(connected, system, asked.id, NOW).state == "unknown"
    assert api.hospital.appointments == []
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert len(live(api)) == 1


def test_a_booking_made_after_nobody_waited_any_more_is_found(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = late(connected, api, system, listed[0])
    wait_for_appointments(api, 1)
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert api.asked.count("POST /Appointment") == 1


def test_a_late_booking_and_the_one_asked_again_are_one(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = late(connected, api, system, listed[0])
    assert reconcile(connected, "north", system, NOW) == 1
    wait_for_appointments(api, 2)
    assert booking_of(connected, "ming", asked.id).state == "booked"
    assert len(live(api)) == 1


def test_an_answer_without_a_body_is_looked_up(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
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
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    api.befall(["lost"])
    settle(connected, system, asked.id, NOW)
    api.hospital.appointments.append(live(api)[0] | {"id": "a2"})
    assert reconcile(connected, "north", system, NOW) == 1
    assert [one["id"] for one in live(api)] == ["a1"]
    assert ask(connected, system).cancelled == 0
    assert booking_of(connected, "ming", asked.id).state == "booked"


def test_a_slot_that_went_to_somebody_else_is_refused_and_not_offered(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    api.hospital.taken.add("Slot/1")
    asked = book(connected, "ming", listed[0], "k1")
    assert settle(connected, system, asked.id, NOW).state == "refused"
    assert (kinds(connected), free(connected, "hua")) == (["refused"], listed[1:])


def test_a_slot_that_is_free_there_no_more_is_offered_no_more(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    api.hospital.taken.add("Slot/2")
    assert ask(connected, system) == Asked(hospital="north", settled=0, gone=1)
    assert free(connected, "hua") == [listed[0], listed[2]]


@pytest.mark.parametrize(
    "told",
    [
        {"resourceType": "Bundle", "type": "searchset", "entry": [slot("1")]},
        bundle(slot("1", start="2026-12-02T09:00:00")),
        bundle(slot("1"), {"resource": {"resourceType": "Slot", "id": "2"}}),
    ],
)
def test_slots_that_cannot_be_read_change_nothing(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int], told: dict[str, Any]
) -> None:
    api.hospital.bundle = told
    assert ask(connected, system).is_silent
    assert free(connected) == listed


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
