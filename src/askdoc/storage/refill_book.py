"""What a conversation may read of a patient's medicine: `RefillBook` over the tables of care."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from askdoc.assistant.errands.refill_book import Supplies, Supply
from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Away, BadPrescription, Dispensing, Resident
from askdoc.care.refills import end_of, next_refill, stock_of
from askdoc.care.reminders import TOPIC, ReminderRules
from askdoc.channels.letters import EVERYTHING
from askdoc.desk.tasks import REFILLS
from askdoc.storage.care_rows import open_days_of, prescription_of, resident_of
from askdoc.storage.care_tables import (
    clinics,
    contracts,
    dispensings,
    prescriptions,
    refill_cycles,
    residents,
    stays,
)
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox_tables import letters, opted_out
from askdoc.storage.reminders import is_stale

_ARRIVED = ("sent", "delivered", "read", "in_doubt")


@dataclass(frozen=True, slots=True)
class SqlRefillBook:
    """`RefillBook` over SQLite or PostgreSQL, which is opened when it is first asked."""

    database: Callable[[], Database]
    rules: ReminderRules
    own_days: dict[date, bool]

    def supplies(self, resident: str, now: datetime) -> Supplies | None:
        """What a patient should have at home; None when no clinic knows them."""
        day = now.astimezone(self.rules.zone).date()
        with self.database().reading() as kept:
            row = _row(kept, residents, residents.c.id == resident)
            clinic = row and _row(kept, clinics, clinics.c.id == row.clinic)
            if row is None or clinic is None:
                return None
            person = resident_of(row, _stays(kept, resident))
            found, unreadable = self._medicines(
                kept, person, open_days_of(clinic, self.own_days), day
            )
            return Supplies(
                medicines=tuple(found),
                known_until=clinic.fed_until,
                is_stale=is_stale(clinic, now),
                is_reminded=bool(row.routes) and not _has_opted_out(kept, resident),
                doctor=_doctor(kept, resident, day),
                waits=open_wish(kept, resident),
                unreadable=unreadable,
            )

    def open_reminder(self, resident: str) -> str | None:
        """The token of a reminder that was sent and not answered yet."""
        its = refill_cycles.c
        answered = (
            select(tasks.c.number)
            .where(tasks.c.resident == resident, tasks.c.about == its.letter)
            .where(tasks.c.kind.in_(REFILLS))
            .exists()
        )
        asked = (
            select(its.token)
            .join(letters, (letters.c.subject == its.resident) & (letters.c.cycle == its.letter))
            .where(its.resident == resident, letters.c.topic == TOPIC, ~answered)
            .where(letters.c.kind == "reminder", letters.c.state.in_(_ARRIVED))
            .order_by(letters.c.number.desc())
            .limit(1)
        )
        with self.database().reading() as kept:
            token: str | None = kept.scalar(asked)
        return token

    def _medicines(
        self, kept: Connection, person: Resident, open_days: OpenDays, day: date
    ) -> tuple[list[Supply], int]:
        """The medicines in the order in which they run out, and how many rows are wrong."""
        rows = kept.execute(select(prescriptions).where(prescriptions.c.resident == person.id))
        collected = _collected(kept, person.id)
        found, unreadable = [], 0
        for row in rows:
            try:
                one = prescription_of(row)
            except BadPrescription:
                unreadable += 1
                continue
            stock = stock_of(one, collected)
            since = one.issued_on if stock is None else stock.since
            ended = end_of(one, person, since, day)
            refill = None
            if stock is not None and ended is None:
                refill = next_refill(one, stock, open_days, self.rules.refill)
            found.append(Supply(prescription=one, stock=stock, ended=ended, refill=refill))
        last = date.max
        return sorted(found, key=lambda one: one.stock.runs_out if one.stock else last), unreadable


def open_wish(kept: Connection, resident: str) -> int | None:
    """The number of a wish for a refill that the clinic has not answered."""
    its = tasks.c
    asked = select(its.number).where(
        its.resident == resident, its.kind == "renew", its.closed_at.is_(None)
    )
    number: int | None = kept.scalar(asked.order_by(its.number.desc()).limit(1))
    return number


def _row(kept: Connection, table: Any, which: ColumnElement[bool]) -> Row[Any] | None:
    found: Row[Any] | None = kept.execute(select(table).where(which)).one_or_none()
    return found


def _stays(kept: Connection, resident: str) -> list[Away]:
    rows = kept.execute(select(stays).where(stays.c.resident == resident))
    return [Away(row.since, row.until) for row in rows]


def _collected(kept: Connection, resident: str) -> list[Dispensing]:
    asked = select(dispensings).join(prescriptions).where(prescriptions.c.resident == resident)
    return [
        Dispensing(row.id, row.prescription, row.day, row.quantity) for row in kept.execute(asked)
    ]


def _doctor(kept: Connection, resident: str, day: date) -> str:
    its = contracts.c
    asked = select(its.doctor).where(its.resident == resident, its.since <= day)
    current = asked.where((its.until.is_(None)) | (its.until >= day))
    return str(kept.scalar(current.order_by(its.since.desc()).limit(1)) or "")


def _has_opted_out(kept: Connection, resident: str) -> bool:
    its = opted_out.c
    asked = select(its.since).where(its.recipient == resident, its.topic.in_([TOPIC, EVERYTHING]))
    return kept.scalar(asked.limit(1)) is not None
