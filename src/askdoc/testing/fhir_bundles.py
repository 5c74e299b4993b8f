"""What a hospital's own system has, as FHIR R4 says it."""

from typing import Any


def slot(id: str, status: str = "free", **told: Any) -> dict[str, Any]:
    """A slot of half an hour, nine o'clock in China."""
    usual = {
        "resourceType": "Slot", "id": id, "schedule": {"reference": "Schedule/s1"},
        "status": status, "start": "2026-12-02T09:00:00+08:00", "end": "2026-12-02T09:30:00+08:00",
    }  # fmt: skip
    return {"resource": usual | told}


def bundle(*slots: dict[str, Any], **schedule: Any) -> dict[str, Any]:
    """The slots with the schedule that they are of."""
    usual = {
        "resourceType": "Schedule", "id": "s1", "specialty": [{"text": "心内科"}],
        "actor": [{"reference": "Practitioner/d9", "display": "赵医生"}],
    }  # fmt: skip
    entry = [{"resource": usual | schedule}, *slots]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entry}
