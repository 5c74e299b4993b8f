"""A schedule as a CSV table: one row for each doctor's half day.

Columns: hospital, hospital_name, region, tier, department, doctor, doctor_name, day (2026-11-25),
begins and ends (8:00), persons (in each half hour; empty: 1). All rows are right, or none is taken.
"""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from askdoc.care.referrals.errors import BadSchedule
from askdoc.care.referrals.slots import HALF_HOUR, Hospital, Session

COLUMNS = (
    "hospital", "hospital_name", "region", "tier", "department", "doctor", "doctor_name",
    "day", "begins", "ends", "persons",
)  # fmt: skip
TIERS = ("primary", "secondary", "tertiary")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):(00|30)")
_MOST_PERSONS = 200


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """What a file holds: hospitals, doctors as (hospital, id, name), sessions."""

    hospitals: tuple[Hospital, ...]
    doctors: tuple[tuple[str, str, str], ...]
    sessions: tuple[Session, ...]


def read_schedule(text: str, name: str) -> ScheduleFile:
    """The schedule of a CSV file; `name` stands for it in complaints. Raises BadSchedule."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    lacking = [column for column in COLUMNS[:-1] if column not in (rows.fieldnames or ())]
    if lacking:
        raise BadSchedule(place=f"{name}:1", said=", ".join(lacking))
    hospitals: dict[str, Hospital] = {}
    doctors: dict[tuple[str, str], str] = {}
    sessions: dict[Session, None] = {}
    for row in rows:
        place = f"{name}:{rows.line_num}"
        hospital = Hospital(
            _said(row, "hospital", place),
            _said(row, "hospital_name", place),
            _said(row, "region", place),
            _said(row, "tier", place),
        )
        if hospital.tier not in TIERS or hospitals.setdefault(hospital.id, hospital) != hospital:
            raise BadSchedule(place=place, said=f"{hospital.name} {hospital.tier}")
        session = _session(row, place)
        doctors[session.hospital, session.doctor] = _said(row, "doctor_name", place)
        sessions[session] = None
    return ScheduleFile(
        tuple(hospitals.values()),
        tuple((hospital, id, called) for (hospital, id), called in doctors.items()),
        tuple(sessions),
    )


def _session(row: Mapping[str, str | None], place: str) -> Session:
    begins, ends = _minute(row, "begins", place), _minute(row, "ends", place)
    if ends - begins < HALF_HOUR:
        raise BadSchedule(place=place, said=f"{row['begins']}-{row['ends']}")
    day = _said(row, "day", place)
    try:
        read = date.fromisoformat(day)
    except ValueError as failed:
        raise BadSchedule(place=place, said=day) from failed
    persons = (row.get("persons") or "1").strip()
    if not (persons.isascii() and persons.isdigit() and 0 < int(persons) <= _MOST_PERSONS):
        raise BadSchedule(place=place, said=persons)
    return Session(
        hospital=_said(row, "hospital", place),
        department=_said(row, "department", place),
        doctor=_said(row, "doctor", place),
        day=read,
        begins=begins,
        ends=ends,
        persons=int(persons),
    )


def _said(row: Mapping[str, str | None], column: str, place: str) -> str:
    said = (row.get(column) or "").strip()
    if not said:
        raise BadSchedule(place=place, said=column)
    return said


def _minute(row: Mapping[str, str | None], column: str, place: str) -> int:
    said = _said(row, column, place)
    found = _CLOCK.fullmatch(said)
    if not found:
        raise BadSchedule(place=place, said=said)
    return int(found[1]) * 60 + int(found[2])
