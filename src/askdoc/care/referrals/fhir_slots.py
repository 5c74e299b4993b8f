"""FHIR R4 (the R4B package) as hospitals speak it: Schedule and Slot in, Appointment out and in.

Our hold is FHIR's `busy-tentative`; only `free` is offered to anybody. What does not validate, or
lacks what a person must know, is no answer: it is never guessed.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from askdoc.care.referrals.hospital_system import Declined, NoAnswer, Offered
from askdoc.china_days import CHINA

if TYPE_CHECKING:
    from fhir.resources.R4B.appointment import Appointment
    from fhir.resources.R4B.schedule import Schedule
    from fhir.resources.R4B.slot import Slot

KEY_SYSTEM = "urn:askdoc:booking-key"
_TAKEN = ("booked", "arrived", "fulfilled", "checked-in")
_DECLINED = ("cancelled", "noshow", "entered-in-error")


def read_offered(bundle: dict[str, Any]) -> list[Offered]:
    """The free slots of a searchset of Slots with their Schedules. Raises NoAnswer."""
    from fhir.resources.R4B.bundle import Bundle
    from fhir.resources.R4B.schedule import Schedule
    from fhir.resources.R4B.slot import Slot

    try:
        resources = [one.resource for one in Bundle.model_validate(bundle).entry or ()]
    except ValueError as failed:
        raise NoAnswer from failed
    schedules = {f"Schedule/{one.id}": one for one in resources if isinstance(one, Schedule)}
    return [
        _offered(one, schedules)
        for one in resources
        if isinstance(one, Slot) and one.status == "free"
    ]


def _offered(slot: "Slot", schedules: dict[str, "Schedule"]) -> Offered:
    schedule = schedules.get(str(slot.schedule.reference))
    actor = schedule.actor[0] if schedule is not None and schedule.actor else None
    specialty = schedule.specialty[0].text if schedule and schedule.specialty else None
    if slot.id is None or actor is None or not actor.reference or not specialty:
        raise NoAnswer
    begins, ends = _local(slot.start), _local(slot.end)
    return Offered(
        ref=f"Slot/{slot.id}",
        department=specialty,
        doctor=actor.reference.removeprefix("Practitioner/"),
        doctor_name=actor.display or actor.reference,
        day=begins.date(),
        begins=begins.hour * 60 + begins.minute,
        ends=ends.hour * 60 + ends.minute,
    )


def _local(moment: datetime | None) -> datetime:
    if moment is None or moment.tzinfo is None:
        raise NoAnswer
    return moment.astimezone(CHINA)


def appointment_for(ref: str, key: str, patient: str) -> dict[str, Any]:
    """The Appointment that asks for a slot, with our key as its identifier."""
    from fhir.resources.R4B.appointment import Appointment

    asked = {
        "resourceType": "Appointment",
        "identifier": [{"system": KEY_SYSTEM, "value": key}],
        "status": "proposed",
        "slot": [{"reference": ref}],
        "participant": [{"status": "accepted", "actor": {"reference": patient}}],
    }
    told: dict[str, Any] = Appointment.model_validate(asked).model_dump(mode="json")
    return told


def number_of(answer: dict[str, Any], key: str) -> str:
    """The hospital's number in an Appointment. Raises Declined, and NoAnswer for all else."""
    from fhir.resources.R4B.appointment import Appointment

    try:
        read = Appointment.model_validate(answer)
    except ValueError as failed:
        raise NoAnswer from failed
    if not _is_ours(read, key) or read.id is None:
        raise NoAnswer
    if read.status in _TAKEN:
        return str(read.id)
    if read.status in _DECLINED:
        raise Declined
    # pending, proposed, waitlist: they have not decided.
    raise NoAnswer


def _is_ours(read: "Appointment", key: str) -> bool:
    return any(one.system == KEY_SYSTEM and one.value == key for one in read.identifier or ())
