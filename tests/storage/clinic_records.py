"""A clinic with residents and prescriptions, written straight into the tables."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from askdoc.care.refills import RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.storage.care_tables import (
    clinic_staff,
    clinics,
    dispensings,
    prescriptions,
    residents,
)
from askdoc.storage.clinic_reports import clinic_row
from askdoc.storage.consents import Heard, keep_consent
from askdoc.storage.database import Database
from askdoc.storage.reminders import ClinicRecords, read_records

RULES = ReminderRules(refill=RefillRules(), zone=ZoneInfo("Asia/Shanghai"))
# A Wednesday, ten in the morning in Shanghai; what was collected on the 2nd is due today.
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
ISSUED = date(2026, 11, 2)


def clinic(database: Database, **told: Any) -> None:
    usual: dict[str, Any] = {
        "id": "c1",
        "open_at_weekends": False,
        "own_days": {},
        "feed_limit_hours": None,
        "fed_until": None,
    }
    with database.writing() as kept:
        kept.execute(insert(clinics), usual | told)
        staff = {"id": "s1", "clinic": "c1", "role": "nurse", "routes": [["memory", "desk"]]}
        kept.execute(insert(clinic_staff), staff)


def records(database: Database, id: str = "c1") -> ClinicRecords:
    """What a clinic's records say, by the calendar of all."""
    return read_records(database, clinic_row(database, id), {})


def resident(database: Database, id: str = "p1", agreed: bool = True, **told: Any) -> None:
    """A resident, who said at the desk that reminders may come unless the test says otherwise."""
    usual: dict[str, Any] = {
        "id": id,
        "clinic": "c1",
        "lang": "zh",
        "routes": [["memory", f"chat-{id}"]],
        "window_since": None,
        "window_until": None,
        "died_on": None,
    }
    with database.writing() as kept:
        kept.execute(insert(residents), usual | told)
        if agreed:
            yes = Heard(who=id, kind="reminders", given=True, way="desk", by="s1")
            keep_consent(kept, yes, NOW)


def prescription(database: Database, id: str = "rx1", of: str = "p1", **told: Any) -> None:
    usual: dict[str, Any] = {
        "id": id,
        "resident": of,
        "clinic": "c1",
        "medicine": "amlodipine",
        "issued_on": ISSUED,
        "dose_per_day": Decimal(1),
        "quantity": Decimal(28),
        "doctor": "d1",
        "diagnosis": "I10",
        "collected_at_issue": True,
        "stopped_on": None,
        "long": None,
    }
    with database.writing() as kept:
        kept.execute(insert(prescriptions), usual | told)


def collection(database: Database, id: str, of: str, day: date, quantity: int = 28) -> None:
    row = {"id": id, "prescription": of, "day": day, "quantity": Decimal(quantity)}
    with database.writing() as kept:
        kept.execute(insert(dispensings), row)
