"""A hospital's own system: its answer decides, and no answer is "unknown", never "booked"."""

from typing import Any

import pytest

from askdoc.care.referrals.errors import CancelThere, NotBooked, SlotTaken
from askdoc.care.referrals.fhir_slots import appointment_for, number_of, read_offered
from askdoc.care.referrals.hospital_system import Declined, NoAnswer
from askdoc.storage.bookings import book_slot, booking_of, cancel, confirm, hold_slot, mine
from askdoc.storage.hospital_bookings import cancel_there, reconcile, settle, take_in
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_notices import due
from askdoc.testing import FakeHospital

from .conftest import NOW, free


def slot(id: str, status: str = "free", **told: Any) -> dict[str, Any]:
    usual = {
        "resourceType": "Slot", "id": id, "schedule": {"reference": "Schedule/s1"},
        "status": status, "start": "2026-12-02T09:00:00+08:00", "end": "2026-12-02T09:30:00+08:00",
    }  # fmt: skip
    return {"resource": usual | told}


def bundle(*slots: dict[str, Any], **schedule: Any) -> dict[str, Any]:
    usual = {
        "resourceType": "Schedule", "id": "s1", "specialty": [{"text": "心内科"}],
        "actor": [{"reference": "Practitioner/d9", "display": "赵医生"}],
    }  # fmt: skip
    entry = [{"resource": usual | schedule}, *slots]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entry}


@pytest.fixture
def hospital() -> FakeHospital:
    later = {"start": "2026-12-02T01:30:00Z", "end": "2026-12-02T02:00:00Z"}
    return FakeHospital(bundle(slot("1"), slot("2"), slot("3", "busy"), slot("4", **later)))


@pytest.fixture
def slots(desk: Desk, hospital: FakeHospital) -> list[int]:
    assert take_in(desk, "north", hospital.offered(), NOW) == 3
    return free(desk)


def kinds(desk: Desk) -> list[str]:
    return [one.kind for one in due(desk.database, NOW)]


def test_free_slots_are_taken_in_once(desk: Desk, hospital: FakeHospital, slots: list[int]) -> None:
    assert take_in(desk, "north", hospital.offered(), NOW) == 0
    assert len(slots) == 3
    read = read_offered(hospital.bundle)
    assert [(one.ref, one.begins, one.ends) for one in read] == [
        ("Slot/1", 540, 570), ("Slot/2", 540, 570), ("Slot/4", 570, 600),
    ]  # fmt: skip
    assert {(one.department, one.doctor, one.doctor_name) for one in read} == {
        ("心内科", "d9", "赵医生")
    }


def test_it_is_booked_when_the_hospital_says_so(
    desk: Desk, hospital: FakeHospital, slots: list[int]
) -> None:
    held = hold_slot(desk, "ming", slots[0], NOW)
    assert confirm(desk, "ming", held.id, "k1", NOW).state == "unknown"
    assert kinds(desk) == []
    assert settle(desk, hospital, held.id, NOW).state == "booked"
    assert kinds(desk) == ["booked"]
    assert settle(desk, hospital, held.id, NOW).state == "booked"
    assert len(hospital.appointments) == 1


@pytest.mark.parametrize("failure", ["before", "after"])
def test_no_answer_is_unknown_until_it_is_asked_again(
    desk: Desk, hospital: FakeHospital, slots: list[int], failure: Any
) -> None:
    asked = book_slot(desk, "ming", slots[0], "k1", NOW)
    hospital.fail([failure])
    assert settle(desk, hospital, asked.id, NOW).state == "unknown"
    assert [one.state for one in mine(desk, "ming", NOW)] == ["unknown"]
    assert kinds(desk) == []
    with pytest.raises(SlotTaken):
        hold_slot(desk, "hua", slots[0], NOW)
    with pytest.raises(NotBooked):
        cancel(desk, "ming", asked.id, NOW)
    hospital.fail(["before"])
    assert reconcile(desk, "north", hospital, NOW) == 0
    assert reconcile(desk, "north", hospital, NOW) == 1
    assert booking_of(desk, "ming", asked.id).state == "booked"
    assert (len(hospital.appointments), kinds(desk)) == (1, ["booked"])


def test_what_the_hospital_declines_is_told_and_offered_to_nobody(
    desk: Desk, hospital: FakeHospital, slots: list[int]
) -> None:
    hospital.taken.add("Slot/1")
    asked = book_slot(desk, "ming", slots[0], "k1", NOW)
    assert settle(desk, hospital, asked.id, NOW).state == "refused"
    assert kinds(desk) == ["refused"]
    assert free(desk, "hua") == slots[1:]


def test_it_is_cancelled_at_the_hospital_first(
    desk: Desk, hospital: FakeHospital, slots: list[int]
) -> None:
    booked = book_slot(desk, "ming", slots[0], "k1", NOW)
    settle(desk, hospital, booked.id, NOW)
    with pytest.raises(CancelThere):
        cancel(desk, "ming", booked.id, NOW)
    hospital.fail(["before"])
    with pytest.raises(NoAnswer):
        cancel_there(desk, hospital, "ming", booked.id, NOW)
    assert booking_of(desk, "ming", booked.id).state == "booked"
    assert cancel_there(desk, hospital, "ming", booked.id, NOW).state == "cancelled"
    assert hospital.taken == set()
    assert free(desk, "hua") == slots


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
        read_offered(told)


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
    answer = appointment_for("Slot/1", "k1", "Patient/1") | {"id": "a1"} | change
    if ending is None:
        assert number_of(answer, "k1") == "a1"
        return
    with pytest.raises(ending):
        number_of(answer, "k1")
