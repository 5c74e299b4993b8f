"""What a new edition changes for the medicines that somebody takes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askdoc.medicines import Catalogue, Medicine, load_catalogue
from askdoc.medicines.edition_changes import edition_changes
from askdoc.medicines.edition_store import store_edition
from askdoc.medicines.imported import Imported
from askdoc.medicines.medicine import Edition, Restriction

BEGINS, DAY = date(2027, 1, 1), date(2026, 12, 31)
TAKEN = ("acarbose-tablet", "metformin-tablet")


def with_next(knowledge: Path, folder: Path, *rows: Medicine) -> Catalogue:
    """The shipped catalogue, followed by an edition of these rows."""
    name = {"zh": "示例", "en": "sample"}
    edition = Edition("next", name, BEGINS, date(2027, 12, 31), "sample", "unverified")  # type: ignore[arg-type]
    store_edition(Imported(rows, (), (), (), len(rows)), edition, folder)
    return load_catalogue(knowledge / "medicines", folder)


@pytest.fixture(scope="module")
def now(knowledge: Path) -> dict[str, Medicine]:
    shipped = load_catalogue(knowledge / "medicines").on(DAY)
    return {one.id: one for one in shipped.medicines if one.id in TAKEN}


def test_another_class_is_a_change_from_the_first_day_of_the_edition(
    knowledge: Path, tmp_path: Path, now: dict[str, Medicine]
) -> None:
    first, second = (now[one] for one in TAKEN)
    other = "B" if first.payment_class == "A" else "A"
    found = edition_changes(
        with_next(knowledge, tmp_path, replace(first, payment_class=other), second),  # type: ignore[arg-type]
        TAKEN,
        DAY,
        BEGINS,
    )
    (change,) = found.changes
    assert (change.day, change.before.id, change.after.payment_class) == (BEGINS, TAKEN[0], other)
    assert found.not_found == ()


def test_a_limit_is_a_change_and_other_punctuation_is_none(
    knowledge: Path, tmp_path: Path, now: dict[str, Medicine]
) -> None:
    first, second = (now[one] for one in TAKEN)
    words = {"zh": "限二线用药。", "en": "second line only"}
    limited = replace(first, restriction=Restriction(words, ()))  # type: ignore[arg-type]
    before = with_next(knowledge, tmp_path / "a", limited, second)
    assert [one.before.id for one in edition_changes(before, TAKEN, DAY, BEGINS).changes] == [
        TAKEN[0]
    ]
    same = replace(second, scope_recorded=False)
    after = with_next(knowledge, tmp_path / "b", first, same)
    assert edition_changes(after, TAKEN, DAY, BEGINS).changes == ()


def test_a_medicine_that_the_rows_do_not_name_is_never_told_as_struck(
    knowledge: Path, tmp_path: Path, now: dict[str, Medicine]
) -> None:
    catalogue = with_next(knowledge, tmp_path, now[TAKEN[1]])
    found = edition_changes(catalogue, TAKEN, DAY, BEGINS)
    assert found.changes == ()
    assert [one.id for one in found.not_found] == [TAKEN[0]]


@pytest.mark.parametrize(("first", "last", "is_seen"), [
    (date(2026, 12, 30), DAY, False), (DAY, BEGINS, True), (BEGINS, date(2027, 2, 1), False)
])  # fmt: skip
def test_only_what_begins_after_the_first_day_up_to_the_last_is_told(
    knowledge: Path,
    tmp_path: Path,
    now: dict[str, Medicine],
    first: date,
    last: date,
    is_seen: bool,
) -> None:
    one = now[TAKEN[0]]
    other = "B" if one.payment_class == "A" else "A"
    catalogue = with_next(knowledge, tmp_path, replace(one, payment_class=other))  # type: ignore[arg-type]
    assert bool(edition_changes(catalogue, TAKEN, first, last).changes) is is_seen
