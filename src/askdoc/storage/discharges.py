"""Keeps a discharge: the stay's end, whose the long prescriptions are, and the task to follow up.

All of it is one transaction, and the same discharge told twice is one.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.discharge import (
    FOLLOW_UP,
    Discharge,
    Discharged,
    NoCommunityClinic,
    from_elsewhere,
)
from askdoc.storage.care_rows import prescription_of
from askdoc.storage.care_tables import prescriptions, residents, stays
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.task_rows import NewTask, open_task
from askdoc.wording import phrase

_T = tasks.c


def keep_discharge(
    database: Database, told: Discharge, follow_up: timedelta, now: datetime
) -> Discharged:
    """Hand a patient back to the clinic that looks after them, which is to see them within
    `follow_up`. Raises NoCommunityClinic."""
    with database.writing() as kept:
        clinic = kept.scalar(select(residents.c.clinic).where(residents.c.id == told.resident))
        if clinic is None:
            raise NoCommunityClinic(resident=told.resident)
        rows = kept.execute(select(prescriptions).where(prescriptions.c.resident == told.resident))
        found = from_elsewhere(map(prescription_of, rows), told, clinic)
        ids = tuple(one.id for one in found if one.long)
        unclear = tuple(one.id for one in found if one.long is None)
        kept.execute(update(prescriptions).where(prescriptions.c.id.in_(ids)).values(clinic=clinic))
        its = stays.c
        open_stay = (its.resident == told.resident) & (its.since <= told.day)
        kept.execute(update(stays).where(open_stay, its.until.is_(None)).values(until=told.day))
        due_on = told.day + follow_up
        task = NewTask(
            kind=FOLLOW_UP,
            resident=told.resident,
            about=f"discharge/{told.day}",
            # Staff are told in Chinese, as by notices.
            summary=phrase("refills.unclear", "zh", count=len(unclear)) if unclear else "",
            due_on=due_on,
        )
        return Discharged(clinic, ids, unclear, _opened(kept, task, now), due_on)


def _opened(kept: Connection, task: NewTask, now: datetime) -> int:
    open_task(kept, task, in_utc(now))
    same = (_T.resident == task.resident) & (_T.about == task.about) & (_T.kind == FOLLOW_UP)
    return int(kept.execute(select(_T.number).where(same)).scalar_one())
