"""Where something stands in the person's own text, and what could not be read there.

The grammars of this room are closed: what they do not cover they name instead of guessing,
so that a caller can ask about it. A refusal is a value and not an error.
"""

from dataclasses import dataclass
from typing import Literal

# Start and end in the original text, end excluded.
Span = tuple[int, int]

Reason = Literal[
    "vague",  # 三百来块, 几天后: no single value was said
    "range",  # 500-600元
    "negative",  # -5元
    "other_currency",  # 1200美元
    "unclear_number",  # 12,00元, 8万06
    "ambiguous",  # a bare 2026, 11/25/2026
    "impossible",  # 2月30日
    "other_calendar",  # 农历八月十五
    "anchored",  # 出院3天后: counted from a day that was not said
]


@dataclass(frozen=True, slots=True)
class RefusedSpan:
    """A piece of the original text that looks like a value and is not read as one."""

    text: str
    span: Span
    reason: Reason
