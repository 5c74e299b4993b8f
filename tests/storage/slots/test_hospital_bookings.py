"""A hospital's own system: its answer decides, and no answer is "unknown", never "booked"."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from askdoc.care.referrals.errors import CancelThere, SlotTaken, UnknownSlot
from askdoc.care.referrals.fhir_slots import appointment_for, number_of, read_listed
from askdoc.care.referrals.hospital_system import Declined, NoAnswer, Visit
from askdoc.china_days import CHINA
from askdoc.storage.booking_ends import cancel
from askdoc.storage.booking_lookup import booking_of, mine
from askdoc.storage.booking_office import Office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.hospital_bookings import let_go, reconcile, settle
from askdoc.storage.hospital_slots import TakenIn, take_in
from askdoc.storage.slot_notices import due
from askdoc.storage.slot_search import find_slots
from askdoc.testing import FakeHospital
from askdoc.testing.fhir_bundles import bundle, slot

from .conftest import NOW, TODAY, WEEK, book, free

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def hospital() -> FakeHospital:
    later = {"start": "2026-12-02T01:30:00Z", "end": "2026-12-02T02:00:00Z"}
    return FakeHospital(bundle(slot("1"), slot("2"), slot("3", "busy"), slot("4", **later)))


@pytest.fixture
def slots(office: Office, hospital: FakeHospital) -> list[int]:
    assert take_in(office, "north", hospital.listed(TODAY), NOW) == TakenIn(3, 0, 0)
    return free(office)


def kinds(office: Office) -> list[str]:
    return [one.kind for one in due(office.database, NOW)]


def test_free_slots_are_taken_in_once(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    assert take_in(office, "north", hospital.listed(TODAY), NOW) == TakenIn(0, 0, 0)
    assert len(slots) == 3
    read = read_listed(hospital.bundle)
    assert [(one.ref, one.begins, one.ends) for one in read if one.is_free] == [
        ("Slot/1", 540, 570), ("Slot/2", 540, 570), ("Slot/4", 570, 600),
    ]  # fmt: skip
    assert {(one.department, one.doctor, one.doctor_name) for one in read} == {
        ("心内科", "d9", "赵医生")
    }


def test_it_is_booked_when_the_hospital_says_so(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    held = hold_slot(office, "ming", slots[0], NOW)
    assert confirm(office, "ming", held.id, "k1", NOW).state == "unknown"
    assert kinds(office) == []
    assert settle(office, hospital, held.id, NOW).state == "booked"
    assert kinds(office) == ["booked"]
    assert settle(office, hospital, held.id, NOW).state == "booked"
    assert len(hospital.appointments) == 1


@pytest.mark.parametrize("failure", ["before", "after"])
def test_no_answer_is_unknown_until_it_is_asked_again(
    office: Office, hospital: FakeHospital, slots: list[int], failure: Any
) -> None:
    asked = book(office, "ming", slots[0], "k1")
    hospital.fail([failure])
    assert settle(office, hospital, asked.id, NOW).state == "unknown"
    assert [one.state for one in mine(office, "ming", NOW)] == ["unknown"]
    assert kinds(office) == []
    with pytest.raises(SlotTaken):
        hold_slot(office, "hua", slots[0], NOW)
    hospital.fail(["before"])
    assert reconcile(office, "north", hospital, NOW) == 0
    assert reconcile(office, "north", hospital, NOW) == 1
    assert booking_of(office, "ming", asked.id).state == "booked"
    assert (len(hospital.appointments), kinds(office)) == (1, ["booked"])


def test_what_the_hospital_declines_is_told_and_offered_to_nobody(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    hospital.taken.add("Slot/1")
    asked = book(office, "ming", slots[0], "k1")
    assert settle(office, hospital, asked.id, NOW).state == "refused"
    assert kinds(office) == ["refused"]
    assert free(office, "hua") == slots[1:]


def test_it_is_cancelled_when_the_hospital_has_cancelled_it(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    connected = replace(office, connected=frozenset({"north"}))
    booked = book(office, "ming", slots[0], "k1")
    settle(office, hospital, booked.id, NOW)
    with pytest.raises(CancelThere):
        cancel(office, "ming", booked.id, NOW)
    assert cancel(connected, "ming", booked.id, NOW).state == "leaving"
    assert cancel(connected, "ming", booked.id, NOW).state == "leaving"
    hospital.fail(["before"])
    assert let_go(office, hospital, booked.id, NOW).state == "leaving"
    with pytest.raises(SlotTaken):
        hold_slot(office, "hua", slots[0], NOW)
    assert reconcile(office, "north", hospital, NOW) == 1
    assert booking_of(office, "ming", booked.id).state == "cancelled"
    assert (hospital.taken, kinds(office)) == (set(), ["booked", "cancelled"])
    assert free(office, "hua") == slots


def test_what_is_unknown_can_be_given_back(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    connected = replace(office, connected=frozenset({"north"}))
    asked = book(office, "ming", slots[0], "k1")
    hospital.fail(["after"])
    settle(office, hospital, asked.id, NOW)
    assert cancel(connected, "ming", asked.id, NOW).state == "leaving"
    assert settle(office, hospital, asked.id, NOW).state == "leaving"
    assert reconcile(office, "north", hospital, NOW) == 1
    assert [one["status"] for one in hospital.appointments] == ["cancelled"]


@pytest.mark.parametrize("minutes", [15, 60])
def test_a_slot_is_as_long_as_the_hospital_made_it(office: Office, minutes: int) -> None:
    times = [
        {"start": f"2026-12-02T{9 + at // 60:02}:{at % 60:02}:00+08:00",
         "end": f"2026-12-02T{9 + (at + minutes) // 60:02}:{(at + minutes) % 60:02}:00+08:00"}
        for at in (0, minutes)
    ]  # fmt: skip
    hospital = FakeHospital(bundle(*(slot(str(n), **told) for n, told in enumerate(times))))
    assert take_in(office, "north", hospital.listed(TODAY), NOW) == TakenIn(2, 0, 0)
    found = find_slots(office, "ming", WEEK, NOW)
    assert [(one.slot.begins, one.slot.ends) for one in found] == [
        (540, 540 + minutes), (540 + minutes, 540 + 2 * minutes),
    ]  # fmt: skip
    asked = book(office, "ming", found[1].slot.id, "k1")
    settle(office, hospital, asked.id, NOW)
    asked_for = [hospital.appointments[0][name] for name in ("start", "end")]
    assert [datetime.fromisoformat(one).astimezone(CHINA).isoformat() for one in asked_for] == [
        times[1]["start"],
        times[1]["end"],
    ]


def test_what_the_hospital_gave_to_somebody_else_is_no_longer_offered(
    office: Office, hospital: FakeHospital, slots: list[int]
) -> None:
    mine_here = book(office, "ming", slots[0], "k1")
    settle(office, hospital, mine_here.id, NOW)
    hospital.taken.add("Slot/2")
    assert take_in(office, "north", hospital.listed(TODAY), NOW) == TakenIn(0, 1, 0)
    assert free(office, "hua") == [slots[2]]
    with pytest.raises(UnknownSlot):
        hold_slot(office, "hua", slots[1], NOW)
    assert booking_of(office, "ming", mine_here.id).state == "booked"
    hospital.taken.remove("Slot/2")
    assert take_in(office, "north", hospital.listed(TODAY), NOW) == TakenIn(0, 0, 1)
    assert free(office, "hua") == slots[1:]


@pytest.mark.parametrize(
    "told",
    [
        {"resourceType": "Bundle"},
        bundle(slot("1", start="2026-12-02T09:00:00")),
        bundle(slot("1", status="free", schedule={"reference": "Schedule/none"})),
        bundle(slot("1"), actor=[{"display": "赵医生"}]),
        bundle(slot("1"), specialty=[]),
        {"resourceType": "Patient"},
    ],
)
def test_what_lacks_what_a_person_must_know_is_no_answer(told: dict[str, Any]) -> None:
    with pytest.raises(NoAnswer):
        read_listed(told)


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        ({"status": "booked"}, None),
        ({"status": "cancelled"}, Declined),
        ({"status": "pending"}, NoAnswer),
        ({"status": "booked", "identifier": []}, NoAnswer),
        ({"status": "booked", "id": None}, NoAnswer),
        ({"status": "nonsense"}, NoAnswer),
    ],
)
def test_only_a_booked_appointment_with_our_key_is_booked(
    change: dict[str, Any], ending: type[Exception] | None
) -> None:
    at = datetime(2026, 12, 2, 9, tzinfo=CHINA)
    visit = Visit(ref="Slot/1", key="k1", patient="p1", starts_at=at, ends_at=at + HALF_AN_HOUR)
    answer = appointment_for(visit) | {"id": "a1"} | change
    if ending is None:
        assert number_of(answer, "k1") == "a1"
        return
    with pytest.raises(ending):
        number_of(answer, "k1")
