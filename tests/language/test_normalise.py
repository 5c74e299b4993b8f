"""What normalising changes, and that every piece of it leads back to the original."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.language import normalise, simplify
from askdoc.language.normalise import _TRADITIONAL_IN_GB2312, _simplified_table


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("１２００元", "1200元"),
        ("（ＲＭＢ）：１，２００", "(RMB):1,200"),
        ("醫療費用壹萬貳仟", "医疗费用壹万贰仟"),
        ("二甲雙胍緩釋片", "二甲双胍缓释片"),
        ("5㎎", "5mg"),
        ("Ⅳ期", "IV期"),
        ("B₁₂", "B12"),
        ("二○二六", "二〇二六"),
        ("  a \n\t b　c ", "a b c"),
        ("12\u200b00\ufeff元", "1200元"),
        ("\x00a\x07", "a"),
        ("Paracetamol", "Paracetamol"),
        ("👨\u200d⚕️ 1200", "👨⚕ 1200"),
        ("a\ud800b", "ab"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_one_form_for_what_people_type(typed: str, normal: str) -> None:
    assert simplify(typed) == normal


@pytest.mark.parametrize("mark", ["①", "²", "½", "㈠", "⒈"])
def test_marks_that_look_like_digits_never_join_a_number(mark: str) -> None:
    assert simplify(f"1200{mark}") == f"1200{mark}"


def test_a_span_leads_back_over_dropped_widened_and_collapsed_signs() -> None:
    typed = "用\u200b了５㎎   和１２００元"
    normal = normalise(typed)
    for piece, original in [("5mg", "５㎎"), ("mg 和", "㎎   和"), ("1200元", "１２００元")]:
        start = normal.text.index(piece)
        begin, end = normal.original_span(start, start + len(piece))
        assert typed[begin:end] == original


def test_plain_simplified_text_is_left_as_it_is() -> None:
    typed = "上海在职职工,三级医院门诊花了1200元。"
    assert normalise(typed).text is typed


def test_every_traditional_letter_of_the_simplified_set_is_known() -> None:
    def in_gb2312(letter: str) -> bool:
        try:
            letter.encode("gb2312")
        except UnicodeEncodeError:
            return False
        return True

    assert {letter for letter in _simplified_table() if in_gb2312(letter)} <= _TRADITIONAL_IN_GB2312


@given(st.text(st.characters()))
def test_any_text_is_normalised_and_every_span_maps_inside(text: str) -> None:
    normal = normalise(text)
    assert len(normal.starts) == len(normal.ends) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    assert list(normal.ends) == sorted(normal.ends)
    for at in range(len(normal.text)):
        start, end = normal.original_span(at, at + 1)
        assert 0 <= start < end <= len(text)
    assert normal.original_span(0, len(normal.text))[1] <= len(text)


@given(st.text(st.characters()))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = simplify(text)
    assert simplify(once) == once
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in once)


def test_ten_megabytes_of_junk_take_seconds() -> None:
    junk = "醫x１\u200b \x00㎎" * 1_500_000
    begun = time.process_time()
    normal = normalise(junk)
    assert time.process_time() - begun < 30
    assert normal.original_span(0, len(normal.text))[0] == 0
