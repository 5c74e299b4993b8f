"""Pictures of a clinic's figures: what is coming week by week, and two arms side by side.

Only positions are computed here; a template draws them, each with its table beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDE, HIGH = 640, 240
# Beyond so many, the rest is drawn as one: more colours cannot be told apart.
MOST_PARTS = 5
_FOOT, _HEAD, _LEFT = 30, 20, 10
REST = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a column; `mark` numbers its part."""

    mark: int
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns: bars, the words under and over each column, and what the parts are.

    A part of the name `REST` is all that is too small to be drawn apart.
    """

    bars: list[Bar]
    feet: list[tuple[float, str]]
    tops: list[tuple[float, float, str]]
    parts: list[tuple[int, str, int]]
    table: list[tuple[str, list[int]]]


def columns(counted: Iterable[tuple[date, str, int]]) -> Columns | None:
    """Counts of parts by day as stacked columns, the largest part at the foot; None without any."""
    cells: Counter[tuple[date, str]] = Counter()
    for day, part, count in counted:
        cells[day, part] += count
    if not cells:
        return None
    sizes: Counter[str] = Counter()
    for (_, part), count in cells.items():
        sizes[part] += count
    names = _drawn(sizes)
    days = sorted({day for day, _ in cells})
    heights = [[_of(cells, day, name, names) for name in names] for day in days]
    most = max(sum(one) for one in heights)
    step = (WIDE - 2 * _LEFT) / len(days)
    bars: list[Bar] = []
    feet: list[tuple[float, str]] = []
    tops: list[tuple[float, float, str]] = []
    for place, (day, counts) in enumerate(zip(days, heights, strict=True)):
        at, y = _LEFT + place * step, float(HIGH - _FOOT)
        for mark, count in enumerate(counts):
            high = count / most * (HIGH - _FOOT - _HEAD)
            y -= high
            bars.append(Bar(mark, round(at, 1), round(y, 1), round(step * 0.7, 1), round(high, 1)))
        middle = round(at + step * 0.35, 1)
        feet.append((middle, f"{day:%m-%d}"))
        tops.append((middle, round(y - 5, 1), str(sum(counts))))
    totals = [sum(one[mark] for one in heights) for mark in range(len(names))]
    return Columns(
        bars,
        feet,
        tops,
        [(mark, name, totals[mark]) for mark, name in enumerate(names)],
        [(day.isoformat(), counts) for day, counts in zip(days, heights, strict=True)],
    )


def _drawn(sizes: Counter[str]) -> list[str]:
    ordered = sorted(sizes, key=lambda one: (-sizes[one], one))
    return ordered if len(ordered) <= MOST_PARTS + 1 else [*ordered[:MOST_PARTS], REST]


def _of(cells: Counter[tuple[date, str]], day: date, name: str, names: Sequence[str]) -> int:
    if name != REST:
        return cells[day, name]
    return sum(count for (when, part), count in cells.items() if when == day and part not in names)


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a bar of `wide` per cent."""

    name: str
    wide: str
    shown: str


def shares(counts: Iterable[tuple[str, Decimal | None]]) -> list[Share]:
    """Shares of 0 to 1 as bars; what has none is left out."""
    return [
        Share(name, f"{share * 100:.1f}", f"{share * 100:.1f}%")
        for name, share in counts
        if share is not None
    ]
