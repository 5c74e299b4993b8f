"""A value through time, and what changed between two days."""

from datetime import date

import pytest

from askdoc.policy import Book, UnknownParameter, UnknownRegion
from askdoc.policy.history import changes, history, in_force

BEFORE, AFTER = date(2023, 6, 30), date(2023, 7, 1)
SHARE = "employee.outpatient.share"


def test_a_day_on_which_a_rule_begins_changes_its_values(book: Book) -> None:
    found = [one for one in changes(book, "cn/shanghai", BEFORE, AFTER) if one.parameter == SHARE]
    assert found
    for one in found:
        days = {side.entry.begins for side in (one.before, one.after) if side is not None}
        assert AFTER in days or one.after is None
    back = [one for one in changes(book, "cn/shanghai", AFTER, BEFORE) if one.parameter == SHARE]
    by_conditions = {one.conditions: one for one in back}
    assert len(by_conditions) == len(found)
    for one in found:
        other = by_conditions[one.conditions]
        assert (one.before, one.after) == (other.after, other.before)


def test_nothing_changes_within_a_day(book: Book) -> None:
    for region in ("cn/shanghai", "cn/shandong/qingdao"):
        assert changes(book, region, AFTER, AFTER) == ()


def test_a_history_holds_what_was_in_force_on_every_day(book: Book) -> None:
    whole = history(book, "cn/shanghai", SHARE)
    for day in (BEFORE, AFTER, date(2026, 11, 25)):
        held = in_force(book, "cn/shanghai", day, SHARE)
        assert held
        assert set(map(id, (one.leaf for one in held))) <= set(map(id, (w.leaf for w in whole)))


def test_what_is_not_recorded_is_refused(book: Book) -> None:
    with pytest.raises(UnknownParameter):
        history(book, "cn/shanghai", "no.such.value")
    with pytest.raises(UnknownRegion):
        changes(book, "cn/nowhere", BEFORE, AFTER)
