"""A delivery's steps are kept as they were taken; of two at once, one counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from askdoc.care.delivery import FlowRules, Step, StepNotAllowed, Taken
from askdoc.storage.database import Database
from askdoc.storage.deliveries import steps_of, take_step, write_delivery
from askdoc.storage.outbox import SqlOutbox

from .clinic_records import NOW, clinic, prescription, resident

RULES = FlowRules(checkers=2)


@pytest.fixture
def database(kept_database: Database) -> Database:
    clinic(kept_database)
    resident(kept_database)
    prescription(kept_database)
    return kept_database


def step(name: Step, by: str, role: str, minute: int, detail: str = "") -> Taken:
    return Taken(step=name, by=by, role=role, at=NOW + timedelta(minutes=minute), detail=detail)


TO_THE_CHECK = (
    step("reviewed", "d2", "physician", 1),
    step("ordered", "f1", "pharmacist", 2),
    step("logistics_told", "f1", "pharmacist", 3),
    step("rechecked", "f1", "pharmacist", 4),
)


def begun(database: Database) -> str:
    delivery = write_delivery(database, "rx1", "d1", "doctor", NOW, RULES)
    for one in TO_THE_CHECK:
        take_step(database, delivery, one, RULES)
    return delivery


def test_a_delivery_is_kept_step_by_step_and_the_patient_is_told_once(database: Database) -> None:
    delivery = begun(database)
    take_step(database, delivery, step("rechecked", "f2", "pharmacist", 5), RULES)
    take_step(database, delivery, step("patient_told", "s1", "staff", 6), RULES)
    (notice,) = SqlOutbox(database).listed(["due"])
    assert (notice.letter.topic, notice.letter.recipient) == ("delivery", "p1")
    assert "amlodipine" not in notice.letter.text
    take_step(database, delivery, step("signed", "k1", "courier", 60, "家属：女儿"), RULES)
    take_step(database, delivery, step("proof_uploaded", "k1", "courier", 61, "photo-1"), RULES)
    found = steps_of(database, delivery)
    assert [one.step for one in found][-2:] == ["signed", "proof_uploaded"]
    assert found[-2].detail == "家属：女儿"
    assert found[0].at == NOW


def test_a_refused_step_leaves_nothing_and_tells_nobody(database: Database) -> None:
    delivery = begun(database)
    with pytest.raises(StepNotAllowed):
        take_step(database, delivery, step("patient_told", "s1", "staff", 6), RULES)
    assert len(steps_of(database, delivery)) == 5
    assert SqlOutbox(database).counted() == {}


def test_of_two_who_take_the_same_step_at_once_one_does(database: Database) -> None:
    delivery = begun(database)
    take_step(database, delivery, step("rechecked", "f2", "pharmacist", 5), RULES)
    told = step("patient_told", "s1", "staff", 6)

    def tries(_: int) -> bool:
        try:
            take_step(database, delivery, told, RULES)
        except StepNotAllowed:
            return False
        return True

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(tries, range(3))) == [False, False, True]
    assert [one.step for one in steps_of(database, delivery)].count("patient_told") == 1


def test_what_is_not_there_cannot_go_on(database: Database) -> None:
    with pytest.raises(StepNotAllowed):
        write_delivery(database, "rx9", "d1", "doctor", NOW, RULES)
    with pytest.raises(StepNotAllowed):
        take_step(database, "0" * 32, TO_THE_CHECK[0], RULES)
    with pytest.raises(StepNotAllowed):
        steps_of(database, "0" * 32)
