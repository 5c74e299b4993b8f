"""When the next supply is due: what is at home, open days, several medicines, and ends."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.care.open_days import OpenDays, load_own_days
from askdoc.care.prescriptions import Away, BadPrescription, Dispensing, Prescription, Resident
from askdoc.care.refills import (
    BadRefillRules,
    NextRefill,
    RefillRules,
    days_left,
    due_together,
    end_of,
    next_refill,
    stock_of,
)
from askdoc.policy import Book

RULES = RefillRules()
OPEN = OpenDays()
EVERY_DAY = OpenDays(open_at_weekends=True)


def prescription(**told: Any) -> Prescription:
    usual: dict[str, Any] = {
        "id": "rx1", "resident": "p1", "clinic": "c1", "medicine": "amlodipine",
        "issued_on": date(2026, 11, 2), "dose_per_day": Decimal(1), "quantity": Decimal(28),
    }  # fmt: skip
    return Prescription(**(usual | told))


def collected(day: date, quantity: int = 28, id: str = "d1") -> Dispensing:
    return Dispensing(id, "rx1", day, Decimal(quantity))


def refill(one: Prescription, *collections: Dispensing, at: OpenDays = OPEN) -> NextRefill:
    stock = stock_of(one, collections)
    assert stock is not None
    return next_refill(one, stock, at, RULES)


def test_the_next_refill_is_what_was_given_by_what_is_taken_less_the_lead() -> None:
    found = refill(prescription())
    assert (found.runs_out, found.day) == (date(2026, 11, 30), date(2026, 11, 25))
    assert (found.cycle, found.moved, found.calendar_known) == ("issue", None, True)


def test_a_rest_that_fills_no_day_counts_for_nothing() -> None:
    one = prescription(quantity=Decimal(28), dose_per_day=Decimal("1.5"))
    assert one.supply_days == 18
    assert refill(one).runs_out == date(2026, 11, 20)


def test_half_tablets_are_counted_exactly() -> None:
    assert prescription(quantity=Decimal(14), dose_per_day=Decimal("0.5")).supply_days == 28


@pytest.mark.parametrize(
    ("told", "matter"),
    [({"dose_per_day": Decimal(0)}, "dose_per_day"), ({"quantity": Decimal(-1)}, "quantity"),
     ({"quantity": Decimal("NaN")}, "quantity"),
     ({"dose_per_day": Decimal(29)}, "less_than_a_day")],
)  # fmt: skip
def test_a_prescription_that_says_no_days_is_refused(told: dict[str, Any], matter: str) -> None:
    with pytest.raises(BadPrescription) as refused:
        prescription(**told)
    assert refused.value.fields == {"matter": matter}


def test_collected_early_the_new_supply_begins_when_the_old_one_ends() -> None:
    found = refill(prescription(), collected(date(2026, 11, 20)))
    assert found.runs_out == date(2026, 12, 28)
    assert found.cycle == "d1"


def test_collected_late_the_new_supply_begins_on_that_day() -> None:
    assert refill(prescription(), collected(date(2026, 12, 10))).runs_out == date(2027, 1, 7)


def test_the_same_collection_told_twice_counts_once_and_order_does_not_matter() -> None:
    first, second = collected(date(2026, 11, 28)), collected(date(2026, 12, 24), id="d2")
    once = refill(prescription(), first, second)
    assert refill(prescription(), second, first, second) == once
    assert once.cycle == "d2"


def test_a_prescription_that_was_not_collected_has_no_stock() -> None:
    assert stock_of(prescription(collected_at_issue=False), ()) is None
    other = Dispensing("d9", "rx9", date(2026, 11, 3), Decimal(28))
    assert stock_of(prescription(collected_at_issue=False), [other]) is None


def test_a_reminder_that_falls_on_a_weekend_comes_on_the_friday() -> None:
    found = refill(prescription(issued_on=date(2026, 11, 5)))
    assert (found.day, found.moved) == (date(2026, 11, 27), "closed")
    assert refill(prescription(issued_on=date(2026, 11, 5)), at=EVERY_DAY).moved is None


def test_a_working_saturday_is_open_and_a_holiday_closes_who_opens_at_weekends() -> None:
    assert OPEN.is_open(date(2026, 10, 10))
    assert not EVERY_DAY.is_open(date(2026, 10, 1))
    assert EVERY_DAY.is_open(date(2026, 11, 28))


def test_before_a_long_holiday_people_are_spread_over_the_open_days() -> None:
    days = [
        refill(prescription(resident=f"p{number}", issued_on=date(2026, 9, 10))).day
        for number in range(200)
    ]
    # Runs out on 8 October; five days before lies in the holiday, ten days before on 28 September.
    assert set(days) == {date(2026, 9, 28), date(2026, 9, 29), date(2026, 9, 30)}
    assert all(days.count(day) > 40 for day in set(days))


def test_when_nothing_is_open_early_enough_it_is_the_first_day_after() -> None:
    closed = OpenDays(own={date(2026, 11, 15) + timedelta(days=n): False for n in range(12)})
    found = refill(prescription(), at=closed)
    assert (found.day, found.moved) == (date(2026, 11, 27), "after_closure")


def test_our_own_table_wins_over_the_announced_calendar() -> None:
    assert not OpenDays(own={date(2026, 11, 25): False}).is_open(date(2026, 11, 25))
    assert OpenDays(own={date(2026, 10, 1): True}).is_open(date(2026, 10, 1))


def test_a_year_that_nobody_announced_counts_weekends_only_and_says_so() -> None:
    found = refill(prescription(issued_on=date(2027, 2, 1)))
    assert not found.calendar_known
    assert OPEN.is_open(date(2027, 10, 1))
    assert not OPEN.is_open(date(2027, 10, 2))
    assert not refill(prescription(issued_on=date(2026, 12, 10))).calendar_known


def test_the_shipped_table_is_read(knowledge: Any, book: Book) -> None:
    assert load_own_days(knowledge, book)[date(2027, 1, 1)] is False


def test_several_medicines_of_one_person_come_together_but_none_too_early() -> None:
    one = refill(prescription(id="a"))
    soon = refill(prescription(id="b", issued_on=date(2026, 11, 6)))
    later = refill(prescription(id="c", issued_on=date(2026, 11, 16)))
    assert due_together([later, soon, one], one.day, RULES) == [one, soon]
    assert due_together([later, soon, one], one.day - timedelta(days=1), RULES) == []


def test_a_person_is_not_asked_to_collect_after_the_end() -> None:
    one, since, day = (
        prescription(stopped_on=date(2026, 11, 25)),
        date(2026, 11, 2),
        date(2026, 11, 25),
    )
    person = Resident(id="p1")
    assert end_of(one, person, since, day - timedelta(days=1)) is None
    assert end_of(one, person, since, day) == "stopped"
    gone = Resident(id="p1", died_on=date(2026, 11, 20))
    assert end_of(prescription(), gone, since, day) == "died"
    inside = Resident(id="p1", stays=(Away(date(2026, 11, 20)),))
    assert end_of(prescription(), inside, since, day) == "in_hospital"
    back = Resident(id="p1", stays=(Away(date(2026, 11, 20), date(2026, 11, 24)),))
    assert end_of(prescription(), back, since, day) == "admitted_since"
    # Collected after the stay: the plan goes on.
    assert end_of(prescription(), back, date(2026, 11, 24), day) is None


def test_days_left_count_today() -> None:
    stock = stock_of(prescription(), ())
    assert stock is not None
    assert days_left(stock, date(2026, 11, 29)) == 1
    assert days_left(stock, date(2026, 12, 9)) == 0


def test_rules_that_would_remind_before_collecting_is_allowed_are_refused() -> None:
    with pytest.raises(BadRefillRules):
        RefillRules(lead_days=11, earliest_days=10)


@settings(max_examples=300)
@given(
    issued=st.dates(date(2019, 12, 1), date(2029, 3, 5)),
    dose=st.sampled_from([Decimal("0.5"), Decimal(1), Decimal("1.5"), Decimal(3)]),
    quantity=st.integers(7, 252).map(Decimal),
    steps=st.lists(st.tuples(st.integers(0, 120), st.integers(1, 200)), max_size=5),
    weekends=st.booleans(),
)
def test_any_plan_is_never_early_never_on_a_closed_day_and_holds_its_order(
    issued: date,
    dose: Decimal,
    quantity: Decimal,
    steps: list[tuple[int, int]],
    weekends: bool,
) -> None:
    one = prescription(issued_on=issued, dose_per_day=dose, quantity=quantity)
    taken = [
        Dispensing(f"d{number}", one.id, issued + timedelta(days=after), Decimal(amount))
        for number, (after, amount) in enumerate(steps)
    ]
    at = OpenDays(open_at_weekends=weekends)
    found = refill(one, *taken, at=at)
    assert at.is_open(found.day)
    assert found.day >= found.earliest >= found.runs_out - timedelta(days=RULES.earliest_days)
    assert found.day > max([issued, *(each.day for each in taken)])
    if found.moved != "after_closure":
        assert found.day <= max(found.earliest, found.runs_out - timedelta(days=RULES.lead_days))
    assert refill(one, *reversed(taken), at=at) == found
