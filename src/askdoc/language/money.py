"""Amounts of yuan in free text: 1200元, 8万6, 12块3毛5, ¥1,200.50, 花了1200.

A number without a unit comes out with `unit_said=False`, unless it plainly counts something
else or is part of a day. Such a number may still belong to a medicine's name (诺和锐30):
callers drop those that stand inside a name they found.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from askdoc.language.days import day_words
from askdoc.language.measure_words import measure_follows
from askdoc.language.money_words import (
    approximate_around,
    bare_reason,
    change_after,
    is_attached,
    is_negative,
    looks_like_money,
    other_currency_around,
    prefix_start,
    range_kind,
    slang_amount,
    unit_end,
)
from askdoc.language.normalise import Normalised, normalised
from askdoc.language.number_runs import NumberRun, blank_words, blanked, number_runs
from askdoc.language.spans import Reason, RefusedSpan, Span

_FEN = Decimal("0.01")
_MOST = Decimal(10) ** 12
_COIN = re.compile(r" ?(?:毛(?![巾病衣细发囊孢果花冬])|角)")


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan, rounded half up to the fen; `span` counts in the original text.

    `unit_said` is False for a bare number; `approximate` when the person said 大概, 左右, 不到.
    """

    amount: Decimal
    span: Span
    unit_said: bool
    approximate: bool


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    value: Decimal | None
    unit_said: bool = False
    reason: Reason | None = None


def find_money(text: str | Normalised) -> list[Money]:
    """Every amount that the grammar reads in the text, in order."""
    source = normalised(text)
    return [
        Money(
            amount.value.quantize(_FEN, rounding=ROUND_HALF_UP),
            source.original_span(amount.start, amount.end),
            amount.unit_said,
            approximate_around(source.text, amount.start, amount.end),
        )
        for amount in _amounts(source)
        if amount.value is not None
    ]


def find_refused_money(text: str | Normalised) -> list[RefusedSpan]:
    """What looks like money in the text and is not read: 三百来块, 500-600元, 1200美元."""
    source = normalised(text)
    refused: list[RefusedSpan] = []
    for amount in _amounts(source):
        if amount.reason is not None:
            start, end = source.original_span(amount.start, amount.end)
            refused.append(RefusedSpan(source.original[start:end], (start, end), amount.reason))
    return refused


def _amounts(source: Normalised) -> Iterator[_Amount]:
    text = source.text
    days = [match.span() for _, match in day_words(text)]
    done = 0
    # Numerals are looked for in the blanked text, the words around them in the full one.
    for chain in _chains(text, number_runs(source, blank_words(blanked(text, days)))):
        # The 5 of 12块5到13块 is read with the amount before.
        rest = [run for run in chain if run.start >= done]
        if rest:
            amount = _read_chain(text, rest, done)
            done = amount.end
            yield amount


def _chains(text: str, runs: Iterable[NumberRun]) -> Iterator[list[NumberRun]]:
    """The numbers, those joined by signs such as - and 到 together."""
    chain: list[NumberRun] = []
    for run in runs:
        if chain and range_kind(text, chain[-1], run) is None:
            yield chain
            chain = []
        chain.append(run)
    if chain:
        yield chain


def _read_chain(text: str, chain: list[NumberRun], done: int) -> _Amount:
    """One number, or several joined ones, which are never one amount."""
    first, last = chain[0], chain[-1]
    if len(chain) == 1:
        return _read_run(text, first, done)
    start, end = prefix_start(text, first.start, done), unit_end(text, last.end)
    kinds = {range_kind(text, left, right) for left, right in pairwise(chain)}
    unit_said = start < first.start or end > last.end
    if len(chain) == 2 and kinds <= {"range", "dash"} and unit_said:
        return _Amount(start, end, None, reason="range")
    if unit_said or len(chain) > 2 or kinds != {"range"} or is_attached(text, first.start):
        return _Amount(start, end, None, reason="unclear_number" if unit_said else None)
    if not measure_follows(text, end):
        return _Amount(start, end, None, reason="range")
    return _Amount(start, end, None)


def _read_run(text: str, run: NumberRun, done: int) -> _Amount:
    start = prefix_start(text, run.start, done)
    coin = _read_coins(text, run)
    if coin is not None:
        return coin
    end = unit_end(text, run.end)
    unit_said = start < run.start or end > run.end
    if other_currency_around(text, run.start, run.end):
        return _Amount(run.start, run.end, None, reason="other_currency")
    if not unit_said:
        return _read_bare(text, run)
    if is_negative(text, start):
        return _Amount(start - 1, end, None, reason="negative")
    if is_attached(text, start) and start == run.start and run.is_arabic:
        return _Amount(start, end, None, reason="unclear_number")
    if run.value is None or run.value >= _MOST:
        return _Amount(start, end, None, reason=run.reason or "unclear_number")
    change, change_end, is_clear = change_after(text, end)
    if not is_clear:
        return _Amount(start, change_end, None, reason="unclear_number")
    if end > run.end and change_end == end and _is_piece(text, run, end):
        return _Amount(run.start, run.end, None)
    return _Amount(start, change_end, run.value + change, unit_said=True)


def _is_piece(text: str, run: NumberRun, end: int) -> bool:
    """Whether 一块 says "together" or "one piece" rather than one yuan."""
    return text[end - 1] == "块" and run.text == "一"


def _read_bare(text: str, run: NumberRun) -> _Amount:
    slang = slang_amount(text, run)
    if slang is not None:
        if is_negative(text, run.start):
            return _Amount(run.start - 1, slang[1], None, reason="negative")
        return _Amount(run.start, slang[1], slang[0], unit_said=True)
    if not looks_like_money(text, run):
        return _Amount(run.start, run.end, None)
    if is_negative(text, run.start):
        return _Amount(run.start - 1, run.end, None, reason="negative")
    reason = run.reason or bare_reason(text, run)
    return _Amount(run.start, run.end, None if reason else run.value, reason=reason)


def _read_coins(text: str, run: NumberRun) -> _Amount | None:
    """三毛五, 3角: a single digit of 角 without yuan before it."""
    unit = _COIN.match(text, run.end)
    if unit is None or run.value is None or not 1 <= run.value <= 9 or len(run.text) > 1:
        return None
    change, end, _ = change_after(text, unit.end(), coin=True)
    with_money_word = text.startswith("钱", end)
    if unit[0].endswith("角") and not (run.is_arabic or change or with_money_word):
        # 三角 is a shape far more often than thirty fen.
        return None
    end += with_money_word
    if is_negative(text, run.start):
        return _Amount(run.start - 1, end, None, reason="negative")
    return _Amount(run.start, end, run.value / 10 + change, unit_said=True)
