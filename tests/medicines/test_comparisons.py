"""Same ingredient, alternatives, and what a review of the catalogue finds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askdoc.medicines import (
    CatalogueOnDay,
    cheaper_alternatives,
    compare_ingredients,
    find_alternatives,
    load_catalogue,
    resolve,
    review,
)
from askdoc.wording import phrase


@pytest.mark.parametrize(
    ("one", "other", "relation", "in_common"),
    [
        ("甲乙双胍片", "甲乙双胍缓释片", "same", ("甲乙双胍",)),
        ("甲乙双胍片", "甲乙双胍戊己地平片", "shares", ("甲乙双胍",)),
        ("甲乙双胍片", "丙丁他汀钙片", "different", ()),
    ],
)
def test_ingredients_are_compared(
    small: CatalogueOnDay, one: str, other: str, relation: str, in_common: tuple[str, ...]
) -> None:
    found = compare_ingredients(
        resolve(one, small).medicines[0], resolve(other, small).medicines[0]
    )
    assert (found.relation, found.in_common) == (relation, in_common)
    assert phrase(found.phrase_key, "zh", one=one, other=other, ingredients="、".join(in_common))


def test_an_isomer_is_not_called_different(shipped: CatalogueOnDay) -> None:
    one = resolve("左氨氯地平片", shipped).medicines[0]
    other = resolve("氨氯地平片", shipped).medicines[0]
    assert compare_ingredients(one, other).relation == "unknown"


def test_alternatives_are_split_and_kept_when_not_recorded(small: CatalogueOnDay) -> None:
    both, lost = find_alternatives(resolve("甲乙双胍片", small).medicines[0], small)
    assert [part.name for part in both.parts] == ["丙丁他汀钙片", "戊己地平片"]
    assert [part.is_recorded for part in both.parts] == [True, False]
    assert (lost.name, lost.is_recorded) == ("没收录的药片", False)


def test_what_is_called_cheaper_is_listed_in_the_same_unit_and_costs_less(
    shipped: CatalogueOnDay,
) -> None:
    held = resolve("非洛地平缓释片", shipped).medicines[0]
    assert [row.name for row, _ in cheaper_alternatives(held, shipped)] == ["氨氯地平片"]
    # The other way round it is dearer, and without a price of its own nothing is compared.
    cheap = resolve("氨氯地平片", shipped).medicines[0]
    assert cheaper_alternatives(cheap, shipped) == ()
    assert cheaper_alternatives(replace(held, price=None), shipped) == ()
    for medicine in shipped.medicines:
        for row, price in cheaper_alternatives(medicine, shipped):
            assert row.payment_class != "off_catalogue"
            assert medicine.price is not None
            assert (price.per, price.amount < medicine.price.amount) == (medicine.price.per, True)


def test_a_review_finds_weak_values_and_days_that_run_out(small_folder: Path) -> None:
    found = review(load_catalogue(small_folder), date(2026, 4, 30), 2)
    kinds = [(one.kind, one.about) for one in found]
    assert kinds == [
        ("agreement_ends", "盐酸甲乙双胍缓释片(Ⅳ)"),
        ("prices_illustrative", ""),
        ("alternative_not_recorded", "甲乙双胍片"),
        ("alternative_not_recorded", "甲乙双胍片"),
    ]
    assert all(one.sentence(lang) for one in found for lang in ("zh", "en"))
