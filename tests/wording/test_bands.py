"""A band of numbers that a value is for is said in words, in answers and on pages alike."""

import pytest

from askdoc.assistant.answers import telling
from askdoc.policy.dimensions import NUMBERS


@pytest.mark.parametrize("name", NUMBERS)
def test_every_band_of_every_number_is_said_in_both_languages(name: str) -> None:
    for lang in ("zh", "en"):
        said = [telling.condition(name, band, lang) for band in ("..3", "3..5", "5..")]
        assert len(set(said)) == 3
        assert not any("–" in one or "≥" in one or "≤" in one for one in said)


def test_what_is_no_band_is_said_as_the_fact_it_is() -> None:
    assert telling.condition("status", "retired", "zh") == telling.fact("status", "retired", "zh")
    assert telling.condition("age", "60..", "zh") == "60岁及以上"
    assert telling.condition("admissions", "1..1", "zh") == "今年已住院1次"
