"""Home from hospital: long prescriptions change hands, the stay ends, and one task is made."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from askdoc.care.discharge import Discharge, NoCommunityClinic
from askdoc.storage.care_tables import clinics, prescriptions, stays
from askdoc.storage.database import Database
from askdoc.storage.discharges import keep_discharge
from askdoc.storage.refill_answers import open_tasks

from . import clinic_records as records
from .clinic_records import NOW

HOME, WEEK = date(2026, 11, 24), timedelta(days=7)


@pytest.fixture
def database(kept_database: Database) -> Database:
    """A resident of clinic c1 who is in hospital h1, with a prescription of each."""
    records.clinic(kept_database)
    records.resident(kept_database)
    with kept_database.writing() as kept:
        hospital = {"id": "h1", "open_at_weekends": False, "own_days": {}}
        kept.execute(insert(clinics), hospital)
        kept.execute(insert(stays), {"resident": "p1", "since": date(2026, 11, 10)})
    records.prescription(kept_database, "own")
    records.prescription(kept_database, "long", clinic="h1", issued_on=HOME, long=True)
    records.prescription(kept_database, "short", clinic="h1", issued_on=HOME, long=False)
    records.prescription(
        kept_database, "ended", clinic="h1", stopped_on=date(2026, 11, 20), long=True
    )
    return kept_database


def test_long_prescriptions_that_hold_go_to_the_community_with_one_task(database: Database) -> None:
    first = keep_discharge(database, Discharge("p1", HOME), WEEK, NOW)
    again = keep_discharge(database, Discharge("p1", HOME), WEEK, NOW)
    assert (first.clinic, first.prescriptions, first.unclear) == ("c1", ("long",), ())
    assert (again.prescriptions, again.task) == ((), first.task)
    with database.reading() as kept:
        asked = select(prescriptions.c.id, prescriptions.c.clinic)
        assert {tuple(row) for row in kept.execute(asked)} == {
            ("own", "c1"),
            ("long", "c1"),
            ("short", "h1"),
            ("ended", "h1"),
        }
        assert kept.scalar(select(stays.c.until)) == HOME
    (task,) = open_tasks(database, "c1")
    assert (task.resident, task.kind, task.due_on) == ("p1", "discharged", date(2026, 12, 1))
    # Nothing to say but what such a task always asks for.
    assert (first.due_on, task.summary) == (task.due_on, "")


def test_what_is_not_said_to_be_long_stays_and_the_task_says_so(database: Database) -> None:
    records.prescription(database, "unsaid", clinic="h1", issued_on=HOME)
    done = keep_discharge(database, Discharge("p1", HOME), WEEK, NOW)
    assert (done.prescriptions, done.unclear) == (("long",), ("unsaid",))
    (task,) = open_tasks(database, "c1")
    assert "1 张处方没有写明是不是长期处方" in task.summary


def test_whom_no_clinic_looks_after_is_handed_to_nobody(database: Database) -> None:
    with pytest.raises(NoCommunityClinic):
        keep_discharge(database, Discharge("nobody", HOME), WEEK, NOW)
    assert open_tasks(database) == []
