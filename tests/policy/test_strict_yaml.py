"""YAML's traps are closed: text stays text until somebody says what it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.policy.strict_yaml import SheetError, read_text


@pytest.mark.parametrize("word", ["on", "NO", "12:30", "0.1", "1e3", "0x10", "2026-01-01", "~x"])
def test_a_scalar_stays_the_text_that_was_written(word: str) -> None:
    assert read_text(f"key: {word}", "f").scalar("key").content == word


def test_a_share_is_written_either_way() -> None:
    sheet = read_text("a: 80%\nb: 0.8\nc: 12.5%", "f")
    assert [sheet.scalar(key).share() for key in "abc"] == [
        Decimal("0.8"),
        Decimal("0.8"),
        Decimal("0.125"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("- a", "group of keys"),
        ("a: 1\n---\nb: 2", "two documents"),
        ("a: !!python/object:os.system x", "Tags"),
        ("[" * 100_000, "deep"),
        ("a: " + "{b: " * 60, "deep"),
        ("? [1]\n: 2", "key must be plain text"),
        ("a: [1, 2", "not valid YAML"),
        ("a: \x00", "not valid YAML"),
    ],
)
def test_what_is_not_one_plain_document_is_refused(text: str, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        read_text(text, "f")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        assert read_text(text, "f").place
    except SheetError as refused:
        refused.sentence("zh")


@pytest.mark.parametrize("word", ["1e3", "Infinity", "NaN", "１２", "1_000", "+1", "", ".5", "1."])
def test_only_plain_numbers_are_numbers(word: str) -> None:
    with pytest.raises(SheetError):
        read_text(f"a: '{word}'", "f").scalar("a").number()
