"""An office over each kind of database, with two hospitals and a made-up schedule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from askdoc.care.feed import Contract, Feed, ResidentRow
from askdoc.care.referrals.bookings import Booking, Wanted
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.orders import Order
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.referrals.terms import OwnTerms, Terms
from askdoc.channels.letters import Letter
from askdoc.hospitals.connections import Connection
from askdoc.hospitals.fhir_server import FhirServer
from askdoc.storage.booking_office import Office, open_office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.feeds import keep_feed
from askdoc.storage.hospital_rounds import Asked, Rounds, ask
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_search import find_slots
from askdoc.storage.standing import sign
from askdoc.testing import FakeHospital
from askdoc.testing.fhir_bundles import bundle, slot
from askdoc.testing.hospital_api import DONE_LATE_SECONDS, HospitalApi, running_hospital

Address = Path | str
# Half past nine in the morning in China.
NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 25)
RULES = HoldRules(
    hold_minutes=15,
    offer_minutes=120,
    most_holds=2,
    queue=("urgent", "referred", "contracted", "priority_group"),
    reminder_days=(3, 1),
    reminder_hour=8,
)
TERMS = Terms(
    priority_share=Decimal("0.5"),
    public_lead_days=14,
    priority_lead_days=21,
    kept_until_days=14,
    doors=("contracted_in_combination", "referred"),
)
NORTH = Hospital("north", "北院", "cn/shanghai", "tertiary")
HALF_TEN = {"start": "2026-12-02T09:30:00+08:00", "end": "2026-12-02T10:00:00+08:00"}
WEEK = Wanted(departments=("心内科",), first=TODAY, last=TODAY + timedelta(days=30))


def terms(region: str, own: OwnTerms | None, today: date) -> Terms:
    share = own and own.priority_share
    return TERMS if share is None else replace(TERMS, priority_share=share)


def session(days: int, hospital: str = "north", doctor: str = "d1", persons: int = 1) -> Session:
    day = TODAY + timedelta(days=days)
    return Session(hospital=hospital, department="心内科", doctor=doctor, day=day,
                   begins=540, ends=600, persons=persons)  # fmt: skip


def order(person: str = "ming", urgency: str = "routine", hospital: str = "north") -> Order:
    return Order(
        person=person, from_place="社区", to_hospital=hospital, department="心内科",
        reason="胸闷", diagnosis="高血压", made_on=TODAY, valid_until=TODAY + timedelta(days=30),
        urgency="urgent" if urgency == "urgent" else "routine", used_listed=("氨氯地平",),
    )  # fmt: skip


def new_office(at: Address) -> Office:
    found = open_office(at, RULES, terms)
    for id, name in (("north", "北院"), ("south", "南院")):
        add_hospital(found, Hospital(id, name, "cn/shanghai", "tertiary"))
    people = [
        Doctor(hospital, id, f"{id}医生") for hospital in ("north", "south") for id in DOCTORS
    ]
    publish(found, people, [], NOW)
    return found


DOCTORS = ("d1", "d2", "d3")


@pytest.fixture
def office(address: Address) -> Iterator[Office]:
    found = new_office(address)
    yield found
    found.database.close()


def signed(office: Office, person: str, *hospitals: str, **told: Any) -> None:
    """A contract with these hospitals that holds today."""
    usual: dict[str, Any] = {"since": TODAY, "until": None, "doctor": "d1"}
    names = ("district_hospital", "municipal_hospital")
    chosen = dict(zip(names, hospitals, strict=False))
    sign(office, Contract(**(usual | {"resident": person} | chosen | told)))


def grouped(office: Office, person: str, *groups: str) -> None:
    """The priority groups of somebody, as a clinic tells them."""
    file = Feed(residents=[ResidentRow(id=person, groups=groups)])
    keep_feed(office.database, "c1", file, NOW)


def known(office: Office, *people: str, way: tuple[str, str] = ("memory", "chat")) -> None:
    """People who can be written to."""
    told = [ResidentRow(id=one, channel=way[0], chat=way[1]) for one in people]
    keep_feed(office.database, f"c-{people[0]}", Feed(residents=told), NOW)


def letters(office: Office) -> list[Letter]:
    """What waits to be sent."""
    return [one.letter for one in SqlOutbox(office.database).listed(["due"])]


def book(office: Office, person: str, slot: int, key: str, now: datetime = NOW) -> Booking:
    """Hold a slot and confirm it with this key."""
    return confirm(office, person, hold_slot(office, person, slot, now).id, key, now)


def free(office: Office, person: str = "ming", now: datetime = NOW) -> list[int]:
    return [one.slot.id for one in find_slots(office, person, WEEK, now)]


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
def listed(connected: Office, system: FhirServer) -> list[int]:
    """The free slots of the hospital, as it listed them when it was asked first."""
    asked = ask(Rounds(connected, NORTH, system), NOW)
    assert asked == Asked(hospital="north", settled=0, new=3)
    return free(connected)
