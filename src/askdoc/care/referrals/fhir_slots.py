"""FHIR R4 (the R4B package) as hospitals speak it: Schedule and Slot in, Appointment out and in.

Our hold is FHIR's `busy-tentative`; only `free` is offered to anybody. What does not validate, or
lacks what a person must know, is no answer: it is never guessed.
"""

from collections.abc import Container, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from askdoc.care.referrals.hospital_system import Declined, NoAnswer, Offered, Visit
from askdoc.china_days import CHINA

if TYPE_CHECKING:
    from fhir.resources.R4B.appointment import Appointment
    from fhir.resources.R4B.schedule import Schedule
    from fhir.resources.R4B.slot import Slot

KEY_SYSTEM = "urn:askdoc:booking-key"
PATIENT_SYSTEM = "urn:askdoc:resident"
_TAKEN = ("booked", "arrived", "fulfilled", "checked-in")
_DECLINED = ("cancelled", "noshow", "entered-in-error")


def read_listed(bundle: Any) -> list[Offered]:
    """The slots of a searchset of Slots with their Schedules, each once. Raises NoAnswer.

    What is not free need not be a visit: a break, a night. Such a one is left out.
    """
    from fhir.resources.R4B.schedule import Schedule
    from fhir.resources.R4B.slot import Slot

    resources = _resources(bundle)
    schedules = {f"Schedule/{one.id}": one for one in resources if isinstance(one, Schedule)}
    found = (_listed(one, schedules) for one in resources if isinstance(one, Slot))
    return list({one.ref: one for one in found if one is not None}.values())


def _resources(bundle: Any) -> list[Any]:
    from fhir.resources.R4B.bundle import Bundle

    try:
        return [one.resource for one in Bundle.model_validate(bundle).entry or ()]
    except ValueError as failed:
        raise NoAnswer from failed


def _listed(slot: "Slot", schedules: dict[str, "Schedule"]) -> Offered | None:
    try:
        return _offered(slot, schedules)
    except NoAnswer:
        if slot.status == "free":
            raise
        return None


def _offered(slot: "Slot", schedules: dict[str, "Schedule"]) -> Offered:
    schedule = schedules.get(_last_two(slot.schedule.reference))
    actor = schedule.actor[0] if schedule is not None and schedule.actor else None
    specialty = schedule.specialty[0].text if schedule and schedule.specialty else None
    if slot.id is None or actor is None or not actor.reference or not specialty:
        raise NoAnswer
    begins, ends = _local(slot.start), _local(slot.end)
    if begins >= ends or begins.date() != ends.date():
        raise NoAnswer
    return Offered(
        ref=f"Slot/{slot.id}",
        department=specialty,
        doctor=_last_two(actor.reference).removeprefix("Practitioner/"),
        doctor_name=actor.display or actor.reference,
        day=begins.date(),
        begins=begins.hour * 60 + begins.minute,
        ends=ends.hour * 60 + ends.minute,
        is_free=slot.status == "free",
    )


def _last_two(reference: str | None) -> str:
    """`Schedule/1` of a reference that may be a whole address."""
    return "/".join((reference or "").split("/")[-2:])


def _local(moment: datetime | None) -> datetime:
    if moment is None or moment.tzinfo is None:
        raise NoAnswer
    return moment.astimezone(CHINA)


def appointment_for(visit: Visit, patients: str = PATIENT_SYSTEM) -> dict[str, Any]:
    """The Appointment that asks for a slot, with our key as its identifier.

    `patients` is the identifier system by which the hospital knows the records of patients.
    """
    from fhir.resources.R4B.appointment import Appointment

    patient = {"type": "Patient", "identifier": {"system": patients, "value": visit.patient}}
    asked = {
        "resourceType": "Appointment",
        "identifier": [{"system": KEY_SYSTEM, "value": visit.key}],
        "status": "proposed",
        "slot": [{"reference": visit.ref}],
        "start": visit.starts_at.isoformat(),
        "end": visit.ends_at.isoformat(),
        "participant": [{"status": "accepted", "actor": patient}],
    }
    told: dict[str, Any] = Appointment.model_validate(asked).model_dump(mode="json")
    return told


def number_of(answer: Any, key: str) -> str:
    """The hospital's number in an Appointment. Raises Declined, and NoAnswer for all else."""
    from fhir.resources.R4B.appointment import Appointment

    try:
        read = Appointment.model_validate(answer)
    except ValueError as failed:
        raise NoAnswer from failed
    if key not in _keys(read) or read.id is None:
        raise NoAnswer
    if read.status in _TAKEN:
        return str(read.id)
    if read.status in _DECLINED:
        raise Declined
    # pending, proposed, waitlist: they have not decided.
    raise NoAnswer


def appointments_in(bundle: Any, key: str) -> list[dict[str, Any]]:
    """The Appointments of a searchset under a key as they were sent, each once. Raises NoAnswer."""
    from fhir.resources.R4B.appointment import Appointment

    mine = (
        one.id
        for one in _resources(bundle)
        if isinstance(one, Appointment) and key in _keys(one) and one.id is not None
    )
    ids = set(mine)
    sent = (one.get("resource") or {} for one in bundle.get("entry") or ())
    return list({one["id"]: one for one in sent if one.get("id") in ids}.values())


def is_live(appointment: dict[str, Any]) -> bool:
    """Whether it stands, or may come to stand."""
    return appointment.get("status") not in _DECLINED


def cancelled_keys(bundle: Any) -> list[str]:
    """Our keys of the Appointments of a searchset that were cancelled. Raises NoAnswer."""
    return _keys_in(bundle, _DECLINED)


def standing_keys(bundle: Any) -> list[str]:
    """Our keys of the Appointments of a searchset that are booked. Raises NoAnswer."""
    return _keys_in(bundle, _TAKEN)


def _keys_in(bundle: Any, statuses: Container[str]) -> list[str]:
    from fhir.resources.R4B.appointment import Appointment

    found = (
        one for one in _resources(bundle) if isinstance(one, Appointment) and one.status in statuses
    )
    return list(dict.fromkeys(key for one in found for key in _keys(one)))


def _keys(read: "Appointment") -> Iterable[str]:
    return [str(one.value) for one in read.identifier or () if one.system == KEY_SYSTEM]
