"""Prescriptions as hospitals exchange them: FHIR R4B MedicationRequest, in a bundle or a list.

`fhir.resources.R4B` on purpose: the package's default import is R5, where the same resource has
other fields. The package is heavy and comes with the extra `fhir`; only this file knows it.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from askdoc.care.feed import Feed, Reading, RefusedRow, take_row
from askdoc.wording import AskdocError

_IN_ERROR = "entered-in-error"
_ENDED = ("stopped", "cancelled", "completed", _IN_ERROR)
# Below what any doctor prescribes; rounded down, so that a day is never lost to the rounding.
_SMALLEST = Decimal("1e-12")
# Whether a course of therapy is one that goes on beyond the request.
_COURSES = {"continuous": "true", "acute": "false", "seasonal": "false"}
_DAYS_IN = {"d": 1, "wk": 7}


class NotFhir(AskdocError):
    """The file is no JSON with FHIR resources."""

    code = "refills.not_fhir"


class NoFhirPackage(AskdocError):
    """What reads FHIR is not installed."""

    code = "refills.no_fhir_package"


def read_fhir(text: str, reading: Reading) -> Feed:
    """The MedicationRequests of a Bundle, a list, or lines of JSON; others are passed over.

    Raises NotFhir and NoFhirPackage; a wrong resource is refused by its place in the file, from 1.
    """
    try:
        from fhir.resources.R4B.medicationrequest import MedicationRequest
    except ModuleNotFoundError:
        raise NoFhirPackage from None
    feed = Feed()
    for number, resource in enumerate(_resources(text), start=1):
        if resource.get("resourceType") != "MedicationRequest":
            continue
        try:
            told = _told(MedicationRequest.model_validate(resource))
        except (ValueError, TypeError, AttributeError, IndexError, ArithmeticError):
            # The words of the checker would show what stands in the record.
            feed.refused.append(RefusedRow(number, "not_fhir", str(resource.get("id", ""))))
            continue
        if resource["status"] not in ("active", *_ENDED):
            # A draft, or one on hold: nobody is to collect it.
            feed.refused.append(RefusedRow(number, "status", str(resource["status"])))
            continue
        take_row(feed, "prescriptions", number, told, reading)
    return feed


def _resources(text: str) -> Iterator[dict[str, Any]]:
    try:
        found = json.loads(text)
    except ValueError:
        try:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError as failed:
            raise NotFhir from failed
    if isinstance(found, dict) and found.get("resourceType") == "Bundle":
        found = [entry.get("resource") for entry in found.get("entry", [])]
    for one in found if isinstance(found, list) else [found]:
        if not isinstance(one, dict):
            raise NotFhir
        yield one


def _told(request: Any) -> dict[str, str]:
    """One request as a row. It came through the checker, but each part of it may be missing:
    then it raises what reading a part of None raises."""
    dosage = request.dosageInstruction[0]
    repeat = dosage.timing.repeat
    dose = Decimal(dosage.doseAndRate[0].doseQuantity.value)
    days = Decimal(repeat.period) * _DAYS_IN[repeat.periodUnit]
    issued = _day_of(request.authoredOn)
    told = {
        "id": str(request.id),
        "resident": _last(request.subject.reference),
        "medicine": _medicine(request),
        "issued_on": issued.isoformat(),
        "dose_per_day": str((dose * repeat.frequency / days).quantize(_SMALLEST, ROUND_DOWN)),
        "quantity": str(request.dispenseRequest.quantity.value),
        "doctor": _last(request.requester.reference) if request.requester else "",
        "diagnosis": _diagnosis(request),
        "long": _COURSES.get(_code(request.courseOfTherapyType), ""),
    }
    if request.status in _ENDED:
        dated = request.status != _IN_ERROR and request.meta and request.meta.lastUpdated
        changed = request.meta.lastUpdated if dated else issued
        told["stopped_on"] = max(_day_of(changed), issued).isoformat()
    return told


def _medicine(request: Any) -> str:
    concept = request.medicationCodeableConcept
    return str(concept.text or concept.coding[0].display or concept.coding[0].code)


def _diagnosis(request: Any) -> str:
    return _code(request.reasonCode[0] if request.reasonCode else None)


def _code(concept: Any) -> str:
    return str(concept.coding[0].code) if concept and concept.coding else ""


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
