"""Puts today's reminders into the outbox, and calls those back that are no longer needed.

A cycle and its letter are kept in one transaction for each person, so that a crash leaves both or
neither; two workers that plan at once put each reminder once.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.open_days import OpenDays
from askdoc.care.prescriptions import Away, Dispensing, Prescription
from askdoc.care.refills import NextRefill
from askdoc.care.reminders import (
    TOPIC,
    Cycle,
    Reached,
    ReminderRules,
    cycle_of,
    is_control,
    refills_of,
    reminder,
    to_remind,
    token_of,
)
from askdoc.channels.letters import Letter
from askdoc.storage.care_rows import (
    dispensings_at,
    open_days_of,
    prescription_of,
    prescriptions_at,
    reached_of,
    resident_of,
    residents_at,
    routes_of,
    stays_at,
)
from askdoc.storage.care_tables import clinic_staff, clinics, prescriptions, refill_cycles
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.late_consents import agreed_late, reopen
from askdoc.storage.outbox import put_letters, recall_letters
from askdoc.storage.outbox_tables import letters
from askdoc.wording import AskdocError, phrase

_LOG = logging.getLogger(__name__)
_C = refill_cycles.c


@dataclass(frozen=True, slots=True)
class ClinicRecords:
    """What a clinic's records say, by resident, read in one go; `clinic` is its own row."""

    clinic: Row[Any]
    residents: list[Row[Any]]
    stays: Mapping[str, list[Away]]
    prescriptions: Mapping[str, list[Row[Any]]]
    dispensings: Mapping[str, list[Dispensing]]
    open_days: OpenDays


@dataclass(frozen=True, slots=True)
class Begun:
    """The cycles that were reminded of, by resident, and the people for whom a reminder waits.

    `agreed`: those whose reminder failed for want of a consent that they have given since.
    """

    cycles: Mapping[str, set[Cycle]]
    waiting: frozenset[str]
    agreed: frozenset[str]


@dataclass(slots=True)
class Planned:
    """What planning did: letters put, people nobody can write to, clinics whose records are old."""

    put: int = 0
    unreachable: int = 0
    unreadable: int = 0
    stale: list[str] = field(default_factory=list)
    recalled: int = 0


def plan_reminders(
    database: Database, rules: ReminderRules, own_days: dict[date, bool], now: datetime
) -> Planned:
    """Put what is due today into the outbox. A clinic with old records waits; staff are told."""
    planned = Planned()
    day = now.astimezone(rules.zone).date()
    with database.reading() as kept:
        found = kept.execute(select(clinics).order_by(clinics.c.id)).all()
    for clinic in found:
        if is_stale(clinic, now):
            planned.stale.append(clinic.id)
            _tell_staff(database, clinic, day, now)
            continue
        records = read_records(database, clinic, own_days)
        begun = _begun_at(database, clinic.id, now)
        for resident in records.residents:
            _plan_one(database, resident, records, begun, rules, now, planned)
    return planned


def is_stale(clinic: Row[Any], now: datetime) -> bool:
    """Whether a clinic's records are too old to remind anybody by; without a limit never."""
    if clinic.feed_limit_hours is None:
        return False
    limit = timedelta(hours=clinic.feed_limit_hours)
    return clinic.fed_until is None or now - clinic.fed_until > limit


def read_records(database: Database, clinic: Row[Any], own_days: dict[date, bool]) -> ClinicRecords:
    """All that a clinic's plans are made of."""
    with database.reading() as kept:
        return ClinicRecords(
            clinic=clinic,
            residents=residents_at(kept, clinic.id),
            stays=stays_at(kept, clinic.id),
            prescriptions=prescriptions_at(kept, clinic.id),
            dispensings=dispensings_at(kept, clinic.id),
            open_days=open_days_of(clinic, own_days),
        )


def refills_in(
    records: ClinicRecords, resident: Row[Any], rules: ReminderRules, day: date
) -> list[NextRefill]:
    """The next refills of one resident. Raises BadPrescription."""
    held: list[Prescription] = [
        prescription_of(row) for row in records.prescriptions.get(resident.id, ())
    ]
    return refills_of(
        resident_of(resident, records.stays.get(resident.id, ())),
        held,
        records.dispensings.get(resident.id, []),
        records.open_days,
        rules.refill,
        day,
    )


def _plan_one(
    database: Database,
    resident: Row[Any],
    records: ClinicRecords,
    begun: Begun,
    rules: ReminderRules,
    now: datetime,
    planned: Planned,
) -> None:
    day = now.astimezone(rules.zone).date()
    try:
        refills = refills_in(records, resident, rules, day)
        due = to_remind(refills, begun.cycles.get(resident.id, ()), rules.refill, day)
        reached = reached_of(resident)
        if due and not reached.routes:
            # Not kept as told: whoever leaves a number later is still reminded.
            planned.unreachable += 1
            due = []
        if due or resident.id in begun.waiting | begun.agreed:
            with database.writing() as kept:
                current, over = _told_of(kept, resident.id, refills)
                planned.recalled += _call_back(kept, resident.id, over, now)
                planned.put += reopen(kept, resident.id, reached, current, in_utc(now))
                planned.put += _put(kept, due, reached, rules, now)
    except (AskdocError, ValueError, TypeError, KeyError, ArithmeticError) as failed:
        planned.unreadable += 1
        _LOG.warning("reminder.unreadable", extra={"error": type(failed).__name__})


def _put(
    kept: Connection, due: list[NextRefill], reached: Reached, rules: ReminderRules, now: datetime
) -> int:
    """Keep the cycles of a reminder and its letter; what another worker kept is left out."""
    new = [one for one in due if _is_new(kept, one, now)]
    if not new or is_control(new[0].prescription.resident, rules.control_share):
        return 0
    letter = reminder(new, reached, rules)
    for one in new:
        told = update(refill_cycles).where(
            _C.prescription == one.prescription.id, _C.cycle == one.cycle
        )
        kept.execute(told.values(letter=letter.cycle))
    return put_letters(kept, [letter], now)


def _is_new(kept: Connection, refill: NextRefill, now: datetime) -> bool:
    row = {
        "prescription": refill.prescription.id,
        "cycle": refill.cycle,
        "resident": refill.prescription.resident,
        "token": token_of(cycle_of(refill)),
        "day": refill.day,
        "runs_out": refill.runs_out,
        "planned_at": now,
    }
    added = insert_into(kept, refill_cycles).on_conflict_do_nothing().returning(_C.cycle)
    return kept.scalar(added, row) is not None


def _told_of(
    kept: Connection, resident: str, refills: list[NextRefill]
) -> tuple[set[str], set[str]]:
    """The letters of refills that are still to come, and those all of whose refills are over:
    collected, stopped, died, in hospital."""
    asked = select(_C.prescription, _C.cycle, _C.letter).where(
        _C.resident == resident, _C.letter.is_not(None)
    )
    coming = {cycle_of(one) for one in refills}
    rows = kept.execute(asked).all()
    current = {row.letter for row in rows if (row.prescription, row.cycle) in coming}
    return current, {row.letter for row in rows} - current


def _call_back(kept: Connection, resident: str, over: set[str], now: datetime) -> int:
    """Recall letters that are no longer needed."""
    return sum(
        recall_letters(kept, TOPIC, resident, letter, "not_needed", now) for letter in sorted(over)
    )


def _begun_at(database: Database, clinic: str, now: datetime) -> Begun:
    asked = select(_C.resident, _C.prescription, _C.cycle).join(
        prescriptions, prescriptions.c.id == _C.prescription
    )
    waiting = select(letters.c.recipient).where(
        letters.c.topic == TOPIC, letters.c.next_at.is_not(None)
    )
    cycles: dict[str, set[Cycle]] = {}
    with database.reading() as kept:
        for row in kept.execute(asked.where(prescriptions.c.clinic == clinic)):
            cycles.setdefault(row.resident, set()).add((row.prescription, row.cycle))
        return Begun(cycles, frozenset(kept.scalars(waiting)), agreed_late(kept, in_utc(now)))


def _tell_staff(database: Database, clinic: Row[Any], day: date, now: datetime) -> None:
    """One notice a day to the staff of a clinic whose records are old."""
    with database.writing() as kept:
        asked = select(clinic_staff).where(clinic_staff.c.clinic == clinic.id)
        notices = [
            Letter(
                topic="feed",
                subject=clinic.id,
                cycle=f"{day}/{row.id}",
                kind="notice",
                recipient=row.id,
                routes=routes_of(row.routes),
                text=phrase("refills.stale_feed", "zh", clinic=clinic.id),
                lang="zh",
                not_before=now,
                not_after=now + timedelta(days=1),
                needs_consent=False,
            )
            for row in kept.execute(asked)
            if row.routes
        ]
        put_letters(kept, notices, now)
