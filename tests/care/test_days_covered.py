"""Days covered: every case in `cases/days_covered.yaml`, and what holds for any life."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.care.days_covered import DaysCovered, days_covered
from askdoc.care.prescriptions import Away, Dispensing, Prescription, Resident
from askdoc.policy.strict_yaml import Map, read_sheet

FILE = Path(__file__).parent / "cases" / "days_covered.yaml"
CASES = [
    pytest.param(row, id=row.scalar("name").text())
    for row in read_sheet(FILE, FILE.name).only("cases").rows("cases").maps()
]
ISSUED, LAST = date(2026, 11, 2), date(2026, 12, 31)


def prescription(
    stopped_on: date | None = None, dose: str = "1", at_issue: bool = True
) -> Prescription:
    return Prescription(
        id="rx1",
        resident="p1",
        clinic="c1",
        medicine="m",
        issued_on=ISSUED,
        dose_per_day=Decimal(dose),
        quantity=Decimal(28),
        collected_at_issue=at_issue,
        stopped_on=stopped_on,
    )


def day_in(given: Map, name: str) -> date | None:
    return given.scalar(name).day() if name in given else None


@pytest.mark.parametrize("row", CASES)
def test_a_case_comes_out_to_the_day(row: Map) -> None:
    row.only("name", "because", "given", "expect")
    told = row.map("given")
    collected = told.texts("collected") if "collected" in told else ()
    stays = told.rows("stays").maps() if "stays" in told else ()
    found = days_covered(
        prescription(
            day_in(told, "stopped_on"),
            str(told.scalar("dose_per_day").content) if "dose_per_day" in told else "1",
            "collected_at_issue" not in told,
        ),
        [
            Dispensing(f"d{number}", "rx1", date.fromisoformat(day), Decimal(28))
            for number, day in enumerate(collected)
        ],
        Resident(
            id="p1",
            died_on=day_in(told, "died_on"),
            stays=tuple(Away(one.scalar("since").day(), day_in(one, "until")) for one in stays),
        ),
        day_in(told, "first") or date(2026, 11, 1),
        told.scalar("last").day(),
    )
    expect = row.map("expect").only("covered", "counted")
    wanted = DaysCovered(expect.scalar("covered").whole(), expect.scalar("counted").whole())
    assert found == wanted


def test_no_day_that_counts_is_no_share() -> None:
    assert DaysCovered().share is None
    assert (DaysCovered(1, 4) + DaysCovered(2, 4)).share == Decimal("0.375")


@given(st.lists(st.integers(0, 120), max_size=6), st.integers(0, 120))
def test_collecting_once_more_never_makes_it_worse(days: list[int], more: int) -> None:
    def told(offsets: list[int]) -> DaysCovered:
        collected = [
            Dispensing(f"d{number}", "rx1", ISSUED + timedelta(days=day), Decimal(28))
            for number, day in enumerate(offsets)
        ]
        return days_covered(prescription(), collected, Resident(id="p1"), ISSUED, LAST)

    before, after = told(days), told([*days, more])
    assert before.covered <= after.covered <= after.counted == before.counted
