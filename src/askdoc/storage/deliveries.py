"""Keeps each step of a delivery with who took it when, and tells the patient in the same breath."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from askdoc.assistant.talk.transcript import in_utc, whole_text
from askdoc.care.delivery import FlowRules, StepNotAllowed, Taken, take
from askdoc.channels.letters import Letter
from askdoc.storage.care_rows import reached_of
from askdoc.storage.care_tables import delivery_steps, prescriptions, residents
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.outbox import put_letters
from askdoc.wording import phrase

_S = delivery_steps.c
# What a message about a parcel is worth after so long.
_NOTICE_HOLDS = timedelta(days=2)


def write_delivery(
    database: Database, prescription: str, by: str, role: str, now: datetime, rules: FlowRules
) -> str:
    """Begin a delivery of a prescription; its id. Raises StepNotAllowed."""
    delivery = secrets.token_hex(16)
    new = Taken(step="written", by=by, role=role, at=in_utc(now))
    with database.writing() as kept:
        known = select(prescriptions.c.id).where(prescriptions.c.id == prescription)
        if kept.scalar(known) is None:
            raise StepNotAllowed(step="written", why="no_prescription")
        _keep(kept, delivery, prescription, take((), new, rules))
    return delivery


def take_step(database: Database, delivery: str, new: Taken, rules: FlowRules) -> tuple[Taken, ...]:
    """Take the next step; all steps so far. Raises StepNotAllowed, also to who came second."""
    with database.writing() as kept:
        prescription, before = _steps(kept, delivery)
        after = take(before, new, rules)
        _keep(kept, delivery, prescription, after)
        if new.step == "patient_told":
            _tell_patient(kept, delivery, prescription, in_utc(new.at))
    return after


def steps_of(database: Database, delivery: str) -> tuple[Taken, ...]:
    """Who did what when, oldest first. Raises StepNotAllowed for a delivery that is not there."""
    with database.reading() as kept:
        return _steps(kept, delivery)[1]


def _steps(kept: Connection, delivery: str) -> tuple[str, tuple[Taken, ...]]:
    rows = kept.execute(
        select(delivery_steps).where(_S.delivery == delivery).order_by(_S.number)
    ).all()
    if not rows:
        raise StepNotAllowed(step="written", why="not_written")
    taken = [
        Taken(step=row.step, by=row.by, role=row.role, at=row.at, detail=row.detail) for row in rows
    ]
    return rows[0].prescription, tuple(taken)


def _keep(kept: Connection, delivery: str, prescription: str, steps: tuple[Taken, ...]) -> None:
    new = steps[-1]
    row = {
        "delivery": delivery,
        "number": len(steps),
        "prescription": prescription,
        "step": new.step,
        "by": new.by,
        "role": new.role,
        "at": in_utc(new.at),
        "detail": whole_text(new.detail),
    }
    added = insert_into(kept, delivery_steps).on_conflict_do_nothing().returning(_S.number)
    if kept.scalar(added, row) is None:
        raise StepNotAllowed(step=new.step, why="someone_else")


def _tell_patient(kept: Connection, delivery: str, prescription: str, now: datetime) -> None:
    asked = (
        select(residents)
        .join(prescriptions, prescriptions.c.resident == residents.c.id)
        .where(prescriptions.c.id == prescription)
    )
    row = kept.execute(asked).one()
    reached = reached_of(row)
    if not reached.routes:
        return
    notice = Letter(
        topic="delivery",
        subject=delivery,
        cycle="on_its_way",
        kind="notice",
        recipient=row.id,
        routes=reached.routes,
        text=phrase("delivery.on_its_way", reached.lang),
        lang=reached.lang,
        not_before=now,
        not_after=now + _NOTICE_HOLDS,
        window=reached.window,
    )
    put_letters(kept, [notice], now)
