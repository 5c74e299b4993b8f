"""What a hospital cancelled is over here, and what was given back here is over there."""

from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import booking_of
from askdoc.storage.booking_office import Office
from askdoc.storage.hospital_bookings import reconcile, settle
from askdoc.storage.hospital_rounds import Rounds, settle_waiting
from askdoc.testing.hospital_api import HospitalApi

from .conftest import NORTH, NOW, book, free
from .hospital_told import ask, kinds, late, live, wait_for_appointments


def test_what_the_hospital_cancelled_is_told_once(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    kept = book(connected, "hua", listed[1], "k2")
    assert settle_waiting(Rounds(connected, NORTH, system), NOW) == 2
    mine = next(one["id"] for one in live(api) if one["identifier"][0]["value"] == asked.id)
    api.hospital.change(mine, "cancelled")
    api.hospital.taken.add("Slot/1")
    assert ask(connected, system).cancelled == 1
    assert ask(connected, system).cancelled == 0
    assert booking_of(connected, "ming", asked.id).state == "withdrawn"
    assert booking_of(connected, "hua", kept.id).state == "booked"
    assert sorted(kinds(connected)) == ["booked", "booked", "withdrawn"]
    assert free(connected, "hua") == [listed[2]]


def test_what_the_person_cancelled_stays_taken_until_the_hospital_has_cancelled_it(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = book(connected, "ming", listed[0], "k1")
    settle(connected, system, asked.id, NOW)
    assert cancel(connected, "ming", asked.id, NOW).state == "leaving"
    # The search for it, twice.
    api.befall(["error", "error"])
    assert reconcile(connected, "north", system, NOW) == 0
    assert free(connected, "hua") == listed[1:]
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "cancelled"
    assert (live(api), free(connected, "hua")) == ([], listed)


def test_what_arrives_there_after_it_was_given_back_here_is_cancelled_there(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    asked = late(connected, api, system, listed[0])
    assert cancel(connected, "ming", asked.id, NOW).state == "leaving"
    assert reconcile(connected, "north", system, NOW) == 1
    assert booking_of(connected, "ming", asked.id).state == "cancelled"
    wait_for_appointments(api, 1)
    assert len(live(api)) == 1
    assert ask(connected, system).strays == 1
    assert (live(api), ask(connected, system).strays) == ([], 0)
    assert free(connected, "hua") == listed


def test_what_is_booked_here_and_there_is_no_stray(
    connected: Office, api: HospitalApi, system: FhirServer, listed: list[int]
) -> None:
    book(connected, "ming", listed[0], "k1")
    asked = late(connected, api, system, listed[1], "hua")
    assert ask(connected, system).strays == 0
    wait_for_appointments(api, 2)
    assert ask(connected, system).strays == 0
    assert booking_of(connected, "hua", asked.id).state == "booked"
    assert len(live(api)) == 2
