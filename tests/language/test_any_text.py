"""Whatever is typed, the finders answer, stay inside the text, and take linear time."""

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.language import (
    find_counts,
    find_days,
    find_money,
    find_refused_days,
    find_refused_money,
    find_shares,
)

TODAY = date(2026, 11, 23)
FINDERS: list[Callable[[str], list[Any]]] = [
    find_money,
    find_refused_money,
    find_shares,
    find_counts,
    lambda text: list(find_days(text, TODAY)),
    lambda text: list(find_refused_days(text, TODAY)),
]
PIECES = st.lists(
    st.sampled_from(
        [*"0123456789.,，-~/:一二两三十百千万亿零半几多点 ①\u200b", "元", "块", "毛", "分", "角",
         "¥", "RMB", "年", "月", "日", "号", "下周", "天后", "个", "盒", "次", "岁", "%", "成",
         "折", "百分之", "分之", "Nov", "25", "2026", "第", "约", "負", "萬", "k", "㎎", "壹",
         "拾"]
    )
).map("".join)  # fmt: skip


@given(PIECES | st.text(st.characters()))
def test_every_span_lies_inside_the_text_in_order(text: str) -> None:
    for finder in FINDERS:
        spans = [found.span for found in finder(text)]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


@given(PIECES)
def test_amounts_never_overlap_and_are_never_negative(text: str) -> None:
    found = sorted(money.span for money in find_money(text))
    refused = [item.span for item in find_refused_money(text)]
    spans = sorted(found + refused)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(money.amount >= 0 for money in find_money(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1，",
        "1 ",
        "1-",
        "一",
        "一万",
        " ",
        "负",
        "下个周",
        "每年",
        "Nov ",
        "2026",
        "百分之",
        "a",
        "\x00",
    ],
)
def test_five_times_the_junk_takes_about_five_times_as_long(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        begun = time.process_time()
        for finder in FINDERS:
            finder(text)
        return time.process_time() - begun

    seconds(1_000)
    # A quadratic reader takes 25 times as long for five times the text; the least of three, as
    # the collector may come by in one.
    assert min(seconds(40_000) for _ in range(3)) < 0.2 + 12 * seconds(8_000)


@pytest.mark.parametrize("piece", ["1", "一", "医保"])
def test_a_megabyte_of_junk_is_read_in_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    for finder in FINDERS:
        finder(text)
    assert time.process_time() - begun < 60
