"""Changed rules are found without being asked, proposed once, and withdrawn when corrected."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from askdoc.bootstrap import House
from askdoc.care.rule_changes import SAID, Change
from askdoc.rule_watch import watch
from askdoc.sample.house import sample_house
from askdoc.settings import Settings, read_settings
from askdoc.storage.care_tables import clinics
from askdoc.storage.database import Database
from askdoc.storage.rule_changes import approve, list_changes, look_at
from askdoc.worker import open_work, work_once

from .clinic_records import NOW, clinic, prescription, resident

TODAY = date(2026, 11, 25)
VALUE, MEDICINE = "当地长期处方用量（月）", "阿卡波糖片的医保类别和支付范围"


@pytest.fixture(scope="module")
def settings(knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Knowledge with a sample next edition and a sample next value for Shanghai."""
    home = tmp_path_factory.mktemp("watched")
    given = {"HOME": str(home), "ASKDOC_KNOWLEDGE": str(knowledge)}
    return sample_house(House(read_settings(given))).settings


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    return House(settings)


@pytest.fixture
def database(kept_database: Database) -> Database:
    """A clinic in Shanghai: p1 takes a medicine that changes, p2 one that does not."""
    clinic(kept_database, region="cn/shanghai")
    for id, medicine in (("p1", "acarbose-tablet"), ("p2", "metformin-tablet")):
        resident(kept_database, id)
        prescription(kept_database, f"rx-{id}", id, medicine=medicine)
    return kept_database


def listed(database: Database) -> list[tuple[Change, str]]:
    with database.reading() as kept:
        return list_changes(kept, "c1")


def test_an_edition_and_a_value_that_begin_soon_are_proposed_once_with_whom_they_touch(
    database: Database, house: House
) -> None:
    assert watch(house, database, TODAY) == 2
    assert watch(house, database, TODAY + timedelta(days=1)) == 0
    found = {change.about: change for change, _ in listed(database)}
    assert set(found) == {VALUE, MEDICINE}
    assert (found[VALUE].old, found[VALUE].new) == ("1", "2")
    assert found[MEDICINE].old.startswith("甲类")
    assert found[MEDICINE].new.startswith("乙类")
    assert {change.day for change in found.values()} == {date(2027, 1, 1)}
    seen = look_at(database, found[MEDICINE].id, TODAY)
    assert (seen.touched, dict(seen.because)) == (("p1",), {"p1": ("acarbose-tablet",)})
    assert look_at(database, found[VALUE].id, TODAY).touched == ("p1", "p2")


def test_what_is_found_is_told_in_the_resident_s_language(database: Database, house: House) -> None:
    assert watch(house, database, TODAY) == 2
    for change, _ in listed(database):
        english = " ".join(change.said("en").values())
        own = change.said("zh")
        assert own == {name: getattr(change, name) for name in SAID}
        assert not {one for one in ("甲类", "乙类", "；", "职工", "门诊") if one in english}
        assert "Class" in english or "class" in english or change.about == VALUE


def test_nothing_is_told_of_what_nobody_takes_or_of_a_clinic_whose_region_is_not_known(
    database: Database, house: House
) -> None:
    with database.writing() as kept:
        kept.execute(update(clinics).values(region=None))
    assert watch(house, database, TODAY) == 1
    assert [change.about for change, _ in listed(database)] == [MEDICINE]


def test_it_is_found_from_sixty_days_before_until_thirty_after(
    database: Database, house: House
) -> None:
    assert watch(house, database, date(2026, 11, 1)) == 0
    assert watch(house, database, date(2027, 1, 31)) == 0
    assert watch(house, database, date(2027, 1, 30)) == 2


RETIRED = """values:
  employee.outpatient.share:
    - from: 2027-01-01
      by: [status, age, tier]
      table:
        active:
          any: {primary: 80%, secondary: 75%, tertiary: 70%}
        retired:
          '..69': {primary: 88%, secondary: 80%, tertiary: 75%}
          '70..': {primary: 91%, secondary: 85%, tertiary: 80%}
      confidence: unverified
      source: sample
      checked_on: 2026-11-25
"""


def test_a_value_for_some_is_shown_for_them_and_for_those_of_whom_it_is_not_known(
    database: Database, settings: Settings
) -> None:
    for id, told in {
        "works": {"scheme": "employee", "status": "active"},
        "retired": {"scheme": "employee", "status": "retired"},
        "grown": {"scheme": "resident", "status": "adult"},
        "employed": {"scheme": "employee"},
    }.items():
        resident(database, id, **told)
        prescription(database, f"rx-{id}", id)
    file = settings.knowledge / "policy" / "cn" / "shanghai" / "test_retired.yaml"
    try:
        file.write_text(RETIRED, encoding="utf-8")
        watch(House(settings), database, TODAY)
    finally:
        file.unlink()
    (found,) = [change for change, _ in listed(database) if "报销" in change.about]
    assert "退休" in found.new
    assert "在职" not in found.new
    seen = look_at(database, found.id, TODAY)
    # Of p1 and p2 nothing is recorded, of one only the scheme.
    assert seen.touched == ("employed", "p1", "p2", "retired")
    assert seen.unsure == ("employed", "p1", "p2")
    assert approve(database, found.id, "d1", TODAY, NOW, timedelta(days=7)) == 4


def test_what_was_corrected_before_anybody_decided_is_withdrawn_and_proposed_anew(
    database: Database, house: House, settings: Settings
) -> None:
    watch(house, database, TODAY)
    decided = next(change.id for change, _ in listed(database) if change.about == MEDICINE)
    approve(database, decided, "d1", TODAY, NOW, timedelta(days=7))
    file = settings.knowledge / "policy" / "cn" / "shanghai" / "sample.yaml"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(before.replace("value: 2", "value: 3"), encoding="utf-8")
        assert watch(House(settings), database, TODAY) == 1
    finally:
        file.write_text(before, encoding="utf-8")
    states = {(change.about, change.new[:1]): state for change, state in listed(database)}
    assert states == {
        (VALUE, "3"): "proposed",
        (VALUE, "2"): "withdrawn",
        (MEDICINE, "乙"): "approved",
    }


def test_the_worker_looks_by_itself_and_tells_nobody(settings: Settings) -> None:
    house = House(settings)
    work = open_work(house, lambda: NOW)
    clinic(work.database, region="cn/shanghai")
    resident(work.database, "p1", routes=[])
    prescription(work.database, "rx1", "p1", medicine="acarbose-tablet")
    done = work_once(work)
    assert done.proposed == 2
    assert {state for _, state in listed(work.database)} == {"proposed"}
    assert work_once(work).proposed == 0
    work.database.close()
