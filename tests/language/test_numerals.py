"""Numerals read to the unit, and refused where two readings are possible."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.language import read_numeral

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("一千二百", "1200"),
        ("两千三", "2300"),
        ("一万二", "12000"),
        ("八万六", "86000"),
        ("8万6", "86000"),
        ("8萬6", "86000"),
        ("8.5万", "85000"),
        ("3千5", "3500"),
        ("3百50", "350"),
        ("12万3千", "123000"),
        ("1万2千3", "12300"),
        ("8万600", "80600"),
        ("8万6000", "86000"),
        ("8万零6", "80006"),
        ("一百零五", "105"),
        ("一百五", "150"),
        ("一百十五", "115"),
        ("一百廿五", "125"),
        ("三千五百五", "3550"),
        ("一千零五十五", "1055"),
        ("一万零五百", "10500"),
        ("一万五百", "10500"),
        ("八万零六", "80006"),
        ("八万零六百", "80600"),
        ("一亿二", "120000000"),
        ("一亿零五", "100000005"),
        ("二十", "20"),
        ("廿", "20"),
        ("十", "10"),
        ("零", "0"),
        ("半", "0.5"),
        ("两", "2"),
        ("三点五", "3.5"),
        ("一点二万", "12000"),
        ("壹佰贰拾叁", "123"),
        ("壹萬貳仟", "12000"),
        ("1,200", "1200"),
        ("1，200", "1200"),
        ("1,200.50", "1200.50"),
        ("1.2万", "12000"),
        ("１２００", "1200"),
        ("0.5", "0.5"),
    ],
)
def test_a_numeral_is_read(said: str, value: str) -> None:
    assert read_numeral(said) == Decimal(value)


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "十来", "几百", "两三百", "一百多", "8万06", "8万60", "8.5万6", "1.2.3", "12,00",
        "1,2000", "007", ".5", "5.", "八万零六千", "一千零五百", "一亿五千", "两十", "十两",
        "一万两", "零五", "一零五", "二零二六", "百万", "万", "一一", "十十", "百令", "壹贰叁",
        "收拾", "三百来", "-5", "1e5", "٣", "1200一", "12千", "幺二", "1万2.5", "一" * 1000,
        "1" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_clear_numeral_is_refused(said: str) -> None:
    assert read_numeral(said) is None


def spell_section(number: int) -> str:
    """A number below 10,000 as it is written in full."""
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return said


def spell(number: int) -> str:
    """A number below 100,000,000 as it is written in full."""
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    if not high:
        said = spell_section(low)
        return said.removeprefix("一") if said.startswith("一十") else said
    joint = "零" if 0 < low < 1000 else ""
    return f"{spell_section(high)}万{joint}{spell_section(low)}"


@given(st.integers(0, 99_999_999))
def test_a_number_spelled_in_chinese_is_read_back(number: int) -> None:
    assert read_numeral(spell(number)) == number


@given(st.integers(0, 99_999_999))
def test_two_for_a_pair_reads_the_same(number: int) -> None:
    said = spell(number).replace("二千", "两千").replace("二百", "两百")
    assert read_numeral(said) == number


@given(st.decimals(0, 10**9, places=2))
def test_digits_with_thousands_are_read_back(number: Decimal) -> None:
    assert read_numeral(f"{number:,}") == number


@given(st.text("零一二两三四五六七八九十廿百千万亿半点几多0123456789.,，壹贰拾佰元"))
def test_no_string_of_numeral_signs_breaks_the_reader(said: str) -> None:
    value = read_numeral(said)
    assert value is None or value >= 0
