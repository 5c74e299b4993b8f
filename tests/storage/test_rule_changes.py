"""A changed rule reaches residents once, and only after the doctor saw whom it touches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from askdoc.care.rule_changes import BadChange, Change, NotProposed
from askdoc.storage.clinic_reports import UnknownClinic
from askdoc.storage.database import Database
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.rule_changes import approve, look_at, propose, refuse

from .clinic_records import NOW, clinic, prescription, resident

DAY = date(2026, 11, 25)
HOLDS = timedelta(days=7)


def change(**told: Any) -> Change:
    usual: dict[str, Any] = {
        "id": "2027-a", "clinic": "c1", "medicine": "amlodipine", "about": "氨氯地平的类别",
        "old": "乙类", "new": "甲类", "day": date(2027, 1, 1), "source": "医保发〔2026〕1号",
    }  # fmt: skip
    return Change(**(usual | told))


@pytest.fixture
def database(kept_database: Database) -> Database:
    """p1 takes it, p2 takes it out of reach, p3 takes another, p4 stopped, p5 died."""
    clinic(kept_database)
    resident(kept_database, "p1")
    resident(kept_database, "p2", routes=[])
    for id in ("p3", "p4"):
        resident(kept_database, id)
    resident(kept_database, "p5", died_on=date(2026, 10, 1))
    for id in ("p1", "p2", "p5"):
        prescription(kept_database, f"rx-{id}", id)
    prescription(kept_database, "rx3", "p3", medicine="losartan")
    prescription(kept_database, "rx4", "p4", stopped_on=DAY)
    return kept_database


def test_the_doctor_sees_whom_it_touches_and_nobody_is_told_yet(database: Database) -> None:
    propose(database, change())
    found = look_at(database, "2027-a", DAY)
    assert (found.state, found.touched, found.reachable) == ("proposed", ("p1", "p2"), ("p1",))
    assert found.change == change()
    assert SqlOutbox(database).counted() == {}


def test_once_agreed_each_hears_once_with_old_new_and_day(database: Database) -> None:
    propose(database, change())
    assert approve(database, "2027-a", "d1", DAY, NOW, HOLDS) == 1
    (told,) = SqlOutbox(database).listed(["due"])
    assert told.letter.recipient == "p1"
    for said in ("乙类", "甲类", "2027年1月1日", "医保发〔2026〕1号"):
        assert said in (told.letter.named or "")
        # Who takes the medicine is nobody's business who reads the phone as well.
        assert (said in told.letter.text) is (said == "2027年1月1日")
    with pytest.raises(NotProposed):
        approve(database, "2027-a", "d1", DAY, NOW, HOLDS)
    propose(database, change())
    assert look_at(database, "2027-a", DAY).state == "approved"


def test_a_refused_change_is_told_to_nobody(database: Database) -> None:
    propose(database, change())
    refuse(database, "2027-a", "d1", NOW)
    with pytest.raises(NotProposed):
        approve(database, "2027-a", "d1", DAY, NOW, HOLDS)
    assert SqlOutbox(database).counted() == {}


def test_a_change_of_no_single_medicine_touches_all_with_a_prescription(database: Database) -> None:
    propose(database, change(medicine=""))
    assert look_at(database, "2027-a", DAY).touched == ("p1", "p2", "p3")


def test_two_who_agree_at_once_tell_once(database: Database) -> None:
    propose(database, change())

    def agrees(_: int) -> int:
        try:
            return approve(database, "2027-a", "d1", DAY, NOW, HOLDS)
        except NotProposed:
            return 0

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(agrees, range(2))) == 1


@pytest.mark.parametrize("told", [{"old": " "}, {"source": ""}, {"new": "乙类"}])
def test_a_change_that_says_nothing_is_refused(told: dict[str, str]) -> None:
    with pytest.raises(BadChange):
        change(**told)


def test_what_is_not_there_is_said(database: Database) -> None:
    with pytest.raises(UnknownClinic):
        propose(database, change(clinic="c9"))
    with pytest.raises(NotProposed):
        look_at(database, "nothing", DAY)
