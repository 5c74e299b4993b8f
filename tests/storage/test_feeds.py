"""Records night after night: the same again changes nothing, a correction moves the plan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from askdoc.care.feed import Feed, Removed, ResidentRow
from askdoc.care.prescriptions import Dispensing, Prescription
from askdoc.storage.care_tables import clinics, residents
from askdoc.storage.database import Database
from askdoc.storage.feeds import Kept, keep_feed
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import plan_reminders

from .clinic_records import ISSUED, NOW, RULES

DAY = timedelta(days=1)


def feed(
    *dispensings: Dispensing | Removed, quantity: int = 28, way: str = "1", issued: date = ISSUED
) -> Feed:
    one = Prescription(
        id="rx1", resident="p1", clinic="c1", medicine="amlodipine", issued_on=issued,
        dose_per_day=Decimal(1), quantity=Decimal(quantity),
    )  # fmt: skip
    found = Feed([ResidentRow(id="p1", channel="memory", chat=way)], [one], list(dispensings))
    found.rows = {("dispensings", each.id): 2 + at for at, each in enumerate(dispensings)}
    found.rows["prescriptions", "rx1"] = 2
    return found


def collected(day: date, id: str = "d1", of: str = "rx1") -> Dispensing:
    return Dispensing(id, of, day, Decimal(28))


def counts(kept: Kept) -> tuple[int, int, int, int]:
    return kept.new, kept.changed, kept.same, kept.removed


def test_the_same_file_again_changes_nothing(kept_database: Database) -> None:
    one = feed(collected(ISSUED + 24 * DAY))
    assert counts(keep_feed(kept_database, "c1", one, NOW + DAY)) == (3, 0, 0, 0)
    assert counts(keep_feed(kept_database, "c1", one, NOW + DAY)) == (0, 0, 3, 0)


def test_as_what_somebody_is_insured_stays_until_the_clinic_speaks_of_it_again(
    kept_database: Database,
) -> None:
    def insured(**told: str) -> tuple[str | None, str | None]:
        file = Feed([ResidentRow(id="p1", **told)])
        keep_feed(kept_database, "c1", file, NOW)
        with kept_database.reading() as kept:
            scheme, status = kept.execute(select(residents.c.scheme, residents.c.status)).one()
        return scheme, status

    assert insured() == (None, None)
    assert insured(scheme="employee", status="active") == ("employee", "active")
    assert insured() == ("employee", "active")
    assert insured(scheme="employee", status="") == ("employee", None)


def test_a_corrected_row_replaces_what_was_there_and_moves_the_plan(
    kept_database: Database,
) -> None:
    keep_feed(kept_database, "c1", feed(), NOW)
    assert counts(keep_feed(kept_database, "c1", feed(quantity=56, way="2"), NOW)) == (0, 2, 0, 0)
    assert plan_reminders(kept_database, RULES, {}, NOW).put == 0
    assert plan_reminders(kept_database, RULES, {}, NOW + 28 * DAY).put == 1


def test_a_late_collection_calls_back_what_waits_and_taking_it_back_reminds_no_second_time(
    kept_database: Database,
) -> None:
    keep_feed(kept_database, "c1", feed(), NOW)
    assert plan_reminders(kept_database, RULES, {}, NOW).put == 1
    keep_feed(kept_database, "c1", feed(collected(ISSUED + 20 * DAY)), NOW)
    assert plan_reminders(kept_database, RULES, {}, NOW).recalled == 1
    found = keep_feed(kept_database, "c1", feed(Removed("d1")), NOW)
    assert found.removed == 1
    assert plan_reminders(kept_database, RULES, {}, NOW).put == 0
    assert SqlOutbox(kept_database).counted() == {"cancelled": 1}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [(collected(ISSUED, of="rx9"), "unknown_prescription"),
     (collected(ISSUED - DAY), "before_issue")],
)  # fmt: skip
def test_a_collection_that_fits_nothing_is_refused_and_the_rest_are_kept(
    kept_database: Database, wrong: Dispensing, reason: str
) -> None:
    good = collected(ISSUED + DAY, "d7")
    found = keep_feed(kept_database, "c1", feed(wrong, good), NOW)
    assert [(one.row, one.reason) for one in found.refused] == [(2, reason)]
    assert found.new == 3


def test_a_prescription_of_another_clinic_is_not_taken_over(kept_database: Database) -> None:
    keep_feed(kept_database, "c1", feed(), NOW)
    found = keep_feed(kept_database, "c2", feed(), NOW)
    assert [one.reason for one in found.refused] == ["other_clinic"]


def test_an_older_file_imported_late_does_not_make_the_records_older(
    kept_database: Database,
) -> None:
    keep_feed(kept_database, "c1", feed(), NOW)
    keep_feed(kept_database, "c1", feed(), NOW - 9 * DAY)
    with kept_database.reading() as kept:
        assert kept.scalar(select(clinics.c.fed_until)) == NOW
