"""Payment scopes and days decide; what is unknown stays open."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from askdoc.medicines import (
    CatalogueOnDay,
    Medicine,
    ScopeFacts,
    check_scope,
    decide,
    load_catalogue,
    not_recorded,
    requirement_words,
    resolve,
)

DAY = date(2026, 3, 1)


@pytest.fixture
def limited(small: CatalogueOnDay) -> Medicine:
    return resolve("庚辛鲁肽注射液", small).medicines[0]


def facts(*diagnoses: str, **known: object) -> ScopeFacts:
    return ScopeFacts(diagnoses=frozenset(diagnoses), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "outcome", "needed"),
    [
        (facts("二型糖尿病", age=18, proofs=frozenset({"limited.second_line.1"})), "met", ()),
        (facts("高血压", setting="inpatient"), "met", ()),
        (facts("type_2_diabetes", age=17), "not_met", ()),
        (facts("type_2_diabetes", age=18), "unknown", ("limited.second_line.1",)),
        (facts("糖尿病", age=50, setting="outpatient"), "unknown", None),
        (facts("没听说过的病", setting="outpatient"), "unknown", None),
        (facts("高血压", setting="outpatient"), "not_met", ()),
        (ScopeFacts(), "unknown", ("diagnoses", "setting", "age", "limited.second_line.1")),
    ],
)
def test_any_setting_suffices_and_inside_it_all_must_hold(
    limited: Medicine, known: ScopeFacts, outcome: str, needed: tuple[str, ...] | None
) -> None:
    scope = check_scope(limited, known)
    assert scope.outcome == outcome
    if needed is not None:
        assert scope.open == needed


def test_a_scope_that_fails_says_what_failed(limited: Medicine, small: CatalogueOnDay) -> None:
    decision = decide(limited, facts("type_2_diabetes", age=17), DAY, small)
    assert decision.outcome == "not_covered"
    words = [requirement_words(one, "zh") for one in decision.failed]
    assert words == ["年满 18 岁", "用于：高血压"]
    assert all(reason.sentence(lang) for reason in decision.reasons for lang in ("zh", "en"))


def test_an_open_scope_is_conditional_and_says_what_is_missing(
    limited: Medicine, small: CatalogueOnDay
) -> None:
    decision = decide(limited, facts("高血压"), DAY, small)
    assert (decision.outcome, decision.missing) == ("conditional", ("setting",))


def test_listed_without_limit_is_covered(small: CatalogueOnDay) -> None:
    for name in ("甲乙双胍片", "甲乙双胍缓释片"):
        medicine = resolve(name, small).medicines[0]
        assert decide(medicine, ScopeFacts(), DAY, small).outcome == "covered"


def test_off_the_list_is_not_covered_and_has_a_source(small: CatalogueOnDay) -> None:
    medicine = resolve("子丑雄胺片1mg", small).medicines[0]
    decision = decide(medicine, ScopeFacts(), DAY, small)
    assert (decision.outcome, decision.source) == ("not_covered", "test-rule")


@pytest.mark.parametrize(
    ("day", "outcome", "last"),
    [
        (date(2026, 6, 30), "covered", None),
        (date(2026, 7, 1), "indeterminate", date(2026, 6, 30)),
    ],
)
def test_after_its_agreement_nothing_is_known(
    small: CatalogueOnDay, day: date, outcome: str, last: date | None
) -> None:
    medicine = resolve("盐酸甲乙双胍缓释片(Ⅳ)", small).medicines[0]
    decision = decide(medicine, ScopeFacts(), day, small)
    assert (decision.outcome, decision.last_known_day) == (outcome, last)


def test_outside_the_edition_nothing_is_known_not_even_of_unlisted_ones(
    small_folder: Path,
) -> None:
    catalogue = load_catalogue(small_folder)
    for day, last in ((date(2027, 1, 1), date(2026, 12, 31)), (date(2025, 12, 31), None)):
        on = catalogue.on(day)
        assert on.edition is None
        for name in ("甲乙双胍片", "子丑雄胺片1mg"):
            decision = decide(resolve(name, on).medicines[0], ScopeFacts(), day, on)
            assert (decision.outcome, decision.last_known_day) == ("indeterminate", last)


def test_a_name_without_a_row_is_indeterminate() -> None:
    assert not_recorded().outcome == "indeterminate"
    assert "不代表" in not_recorded().reasons[0].sentence("zh")


def test_a_second_disease_of_a_scope_is_open_until_it_is_said(limited: Medicine) -> None:
    """Who has one of two diseases that are needed together may have the other too."""
    assert limited.restriction is not None
    first, second = (setting[0] for setting in limited.restriction.settings)
    both = replace(limited, restriction=replace(limited.restriction, settings=((first, second),)))
    assert check_scope(both, facts("高血压")).outcome == "unknown"
    assert check_scope(both, facts("高血压", "二型糖尿病")).outcome == "met"
    assert check_scope(both, facts("哮喘")).outcome == check_scope(limited, facts("哮喘")).outcome
