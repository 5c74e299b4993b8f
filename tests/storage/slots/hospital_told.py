"""What tests say to a hospital that is asked over HTTP, and read of it."""

import time
from typing import Any

from askdoc.care.referrals.bookings import Booking
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_office import Office
from askdoc.storage.hospital_bookings import settle
from askdoc.storage.hospital_rounds import Asked, Rounds
from askdoc.storage.hospital_rounds import ask as ask_now
from askdoc.storage.slot_notices import due
from askdoc.testing.hospital_api import HospitalApi

from .conftest import NORTH, NOW, book

NEXT_DAY = {"start": "2026-12-03T09:00:00+08:00", "end": "2026-12-03T09:30:00+08:00"}


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
