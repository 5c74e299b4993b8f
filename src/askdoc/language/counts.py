"""How many of what: 3盒, 14天, 每日两次, 70岁, 一个半月, "30 tablets".

Years of the calendar (2026年), ordinals (第3天), ranges (1-2片) and vague counts (十几天) are
none of these and do not come out.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from askdoc.language.normalise import Normalised, normalised
from askdoc.language.number_runs import NumberRun, blank_words, number_runs
from askdoc.language.spans import Span

Unit = Literal[
    "盒", "片", "粒", "支", "瓶", "袋", "贴", "丸", "板", "颗", "针",
    "天", "周", "个月", "年", "次", "岁",
]  # fmt: skip

# What people write for each unit, with the signs after it that belong to another word.
_SAID: dict[Unit, str] = {
    "盒": r"盒|(?i:box(?:es)?|packs?)\b",
    "片": r"片(?!刻|面|区)|(?i:tablets?)\b",
    "粒": r"粒|(?i:capsules?|pills?)\b",
    "支": r"支(?![付出持取气原])|(?i:vials?|pens?)\b",
    "瓶": r"瓶|(?i:bottles?)\b",
    "袋": r"袋",
    "贴": r"贴",
    "丸": r"丸",
    "板": r"板",
    "颗": r"颗(?!粒)",
    "针": r"针(?!对|灸|剂)",
    "天": r"天(?![然生性])|(?i:days?)\b(?! old)",
    "周": r"(?:个?星期|个?礼拜|周(?![岁年]))|(?i:weeks?)\b(?! old)",
    "个月": r"个月|(?i:months?)\b(?! old)",
    "年": r"年(?![级代龄轻])|(?i:years?)\b(?![ -]old)",
    "次": r"次(?![性均品要日年])|(?i:times)\b",
    "岁": r"周?岁|(?i:years?[ -]old|yrs? old)\b",
}
_UNITS = tuple((unit, re.compile(rf"[- ]?(?:{said})")) for unit, said in _SAID.items())
_HALF_UNIT = r"(?P<half>片|粒|盒|支(?![付持])|瓶|袋|贴|丸|板|颗|个月|年|天|岁|周)"
_HALF = re.compile(rf"(?<![0-9一二两三四五六七八九十个大小上下前后多几])半{_HALF_UNIT}")
_AND_A_HALF = re.compile(r"半(?![年月天夜个小片粒价边身袋盒])")
_MONTHS_AND_A_HALF = re.compile(r" ?个半月")
_ORDINAL = re.compile(r"第 ?$")
# B12片 is no dozen; the x of 20x3盒 is a multiplication sign.
_ATTACHED = re.compile(r"[A-WYZa-wyz_.]$|[A-Za-z]-$")
_JOINED = re.compile(r" ?[-~–—到至/] ?")
_FIRST_CALENDAR_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things or of time; halves occur (半片, 一个半月), nothing is rounded."""

    value: Decimal
    unit: Unit
    span: Span


def find_counts(text: str | Normalised) -> list[Count]:
    """Every count with one of the units above, in order."""
    source = normalised(text)
    words = blank_words(source.text)
    found = [
        (match.start(), match.end(), Decimal("0.5"), unit)
        for match in _HALF.finditer(words)
        for unit in _SAID
        if unit == match["half"]
    ]
    last_end, last_text_end = -1, 0
    for run in number_runs(source, words):
        is_joined = last_end >= 0 and _JOINED.fullmatch(words[last_end : run.start][:4])
        last_end = run.end
        if run.start < last_text_end or is_joined or run.value is None:
            continue
        count = _read_count(words, run, run.value)
        if count is not None:
            found.append(count)
            last_text_end = count[1]
    found.sort()
    return [
        Count(value, unit, source.original_span(start, end)) for start, end, value, unit in found
    ]


def _read_count(text: str, run: NumberRun, value: Decimal) -> tuple[int, int, Decimal, Unit] | None:
    before = text[max(0, run.start - 2) : run.start]
    if _ORDINAL.search(before) or (run.is_arabic and _ATTACHED.search(before)):
        return None
    half_month = _MONTHS_AND_A_HALF.match(text, run.end)
    if half_month:
        return run.start, half_month.end(), value + Decimal("0.5"), "个月"
    for unit, pattern in _UNITS:
        said = pattern.match(text, run.end)
        if said is None:
            continue
        if unit == "年" and value >= _FIRST_CALENDAR_YEAR:
            return None
        half = _AND_A_HALF.match(text, said.end())
        return run.start, (half or said).end(), value + (Decimal("0.5") if half else 0), unit
    return None
