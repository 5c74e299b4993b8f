"""Residents, prescriptions and collections as rows, there and back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Away, Dispensing, Prescription, Resident
from askdoc.care.reminders import Reached
from askdoc.channels.letters import Route, Window
from askdoc.storage.care_tables import dispensings, prescriptions, residents, stays
from askdoc.wording import Lang


def open_days_of(clinic: Row[Any], own_days: dict[date, bool]) -> OpenDays:
    """A clinic's open days: the table for all, and over it its own."""
    own = {date.fromisoformat(day): bool(is_open) for day, is_open in clinic.own_days.items()}
    return OpenDays(open_at_weekends=clinic.open_at_weekends, own=own_days | own)


def prescription_of(row: Row[Any]) -> Prescription:
    """A row as a prescription. Raises BadPrescription."""
    return Prescription(
        id=row.id,
        resident=row.resident,
        clinic=row.clinic,
        medicine=row.medicine,
        issued_on=row.issued_on,
        dose_per_day=row.dose_per_day,
        quantity=row.quantity,
        doctor=row.doctor,
        diagnosis=row.diagnosis,
        collected_at_issue=row.collected_at_issue,
        stopped_on=row.stopped_on,
        long=row.long,
    )


def resident_of(row: Row[Any], away: Iterable[Away]) -> Resident:
    """A row as what a plan needs of a person."""
    return Resident(id=row.id, died_on=row.died_on, stays=tuple(away))


def routes_of(told: Iterable[Iterable[str]]) -> tuple[Route, ...]:
    """Ways as they are kept: pairs of channel and chat."""
    return tuple(Route(channel, chat) for channel, chat in told)


def reached_of(row: Row[Any]) -> Reached:
    """How a person is reached."""
    window = None if row.window_since is None else Window(row.window_since, row.window_until)
    lang: Lang = "en" if row.lang == "en" else "zh"
    return Reached(lang=lang, routes=routes_of(row.routes), window=window)


def unnamed(resident: str, clinic: str | None = None) -> dict[str, Any]:
    """The row of a resident of whom nothing but the id is known."""
    return {"id": resident, "clinic": clinic, "lang": "zh", "routes": []}


def residents_at(kept: Connection, clinic: str) -> list[Row[Any]]:
    """The rows of a clinic's residents."""
    return list(kept.execute(select(residents).where(residents.c.clinic == clinic)))


def stays_at(kept: Connection, clinic: str) -> dict[str, list[Away]]:
    """Stays in hospital, by resident."""
    asked = select(stays).join(residents).where(residents.c.clinic == clinic)
    found: dict[str, list[Away]] = {}
    for row in kept.execute(asked):
        found.setdefault(row.resident, []).append(Away(row.since, row.until))
    return found


def prescriptions_at(kept: Connection, clinic: str) -> dict[str, list[Row[Any]]]:
    """The rows of a clinic's prescriptions, by resident."""
    found: dict[str, list[Row[Any]]] = {}
    asked = select(prescriptions).where(prescriptions.c.clinic == clinic)
    for row in kept.execute(asked.order_by(prescriptions.c.id)):
        found.setdefault(row.resident, []).append(row)
    return found


def dispensings_at(kept: Connection, clinic: str) -> dict[str, list[Dispensing]]:
    """A clinic's collections, by resident."""
    asked = (
        select(dispensings, prescriptions.c.resident)
        .join(prescriptions)
        .where(prescriptions.c.clinic == clinic)
    )
    found: dict[str, list[Dispensing]] = {}
    for row in kept.execute(asked):
        one = Dispensing(row.id, row.prescription, row.day, row.quantity)
        found.setdefault(row.resident, []).append(one)
    return found
