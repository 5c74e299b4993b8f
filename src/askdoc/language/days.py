"""Days in free text: 下周三上午, 2026-11-25, 去年12月, "next Wednesday", 两周后.

Three decisions a reader would not guess. A bare 周三 is the next one, today included. 11月25日
without a year is taken in the year of `today` and marked `year_assumed`. Noon belongs to
neither half of the day and leaves `part` empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from askdoc.language.day_rules import CHINESE_RULES, DayRule, Grain, Reading
from askdoc.language.day_rules_en import ENGLISH_RULES
from askdoc.language.normalise import Normalised, normalised
from askdoc.language.spans import RefusedSpan, Span

Part = Literal["morning", "afternoon", "evening"]

_PARTS: tuple[Part, ...] = get_args(Part)
_RULES = CHINESE_RULES + ENGLISH_RULES
_PART = re.compile(
    r" ?(?:的 ?)?(?:in the )?(?:"
    r"(?P<morning>上午|早上|早晨|清晨|清早|一早|早(?!餐|饭|就)|(?i:morning\b))"
    r"|(?P<afternoon>下午|午后|(?i:afternoon\b))"
    r"|(?P<evening>晚上|傍晚|夜里|晚(?!餐|饭|点|于)|(?i:evening\b|night\b)))"
)


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day, month or year that somebody named.

    `day` is the first day of what was said: of the month for grain "month", of the year for
    "year". `span` counts in the original text and includes the part of the day.
    """

    day: date
    part: Part | None
    span: Span
    grain: Grain = "day"
    year_assumed: bool = False


def find_days(text: str | Normalised, today: date) -> list[DaySaid]:
    """Every day the grammar reads in the text, in order, as seen from `today`."""
    source = normalised(text)
    found: list[DaySaid] = []
    for rule, match in day_words(source.text):
        reading = rule.read(match, today)
        if isinstance(reading, Reading):
            part, end = _part_after(source.text, match)
            span = source.original_span(match.start(), end)
            found.append(DaySaid(reading.day, part, span, reading.grain, reading.year_assumed))
    return found


def find_refused_days(text: str | Normalised, today: date) -> list[RefusedSpan]:
    """What names a day in the text and cannot be read as one: 2月30日, 几天后, 周末."""
    source = normalised(text)
    refused: list[RefusedSpan] = []
    for rule, match in day_words(source.text):
        reading = rule.read(match, today)
        if not isinstance(reading, Reading):
            start, end = source.original_span(*match.span())
            refused.append(RefusedSpan(source.original[start:end], (start, end), reading))
    return refused


def day_words(text: str) -> Iterator[tuple[DayRule, re.Match[str]]]:
    """The rules that apply in a normalised text, left to right, the longest first."""
    matches = [(rule, match) for rule in _RULES for match in rule.pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    done = 0
    for rule, match in matches:
        if match.start() >= done:
            done = match.end()
            yield rule, match


def _part_after(text: str, match: re.Match[str]) -> tuple[Part | None, int]:
    said = _PART.match(text, match.end())
    if said:
        for part in _PARTS:
            if said[part]:
                return part, said.end()
    evening = match[0].lower() == "tonight"
    return ("evening" if evening else None), match.end()
