"""Pictures of figures as shapes with numbers: who pays what, and a value through the years.

Only positions are computed here; a template draws them. Every picture has its table beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

# Who pays, in the order of the bar; they sum to the bill.
PAYERS = ("fund_pays", "supplementary", "serious_illness", "medical_aid", "account_pays", "cash")
_WIDTH = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar: from `at`, `wide` per cent of it."""

    payer: str
    amount: str
    at: str
    wide: str


def who_pays(figures: Mapping[str, str]) -> list[Part]:
    """The parts of a bill by who pays them; none where there is no sum."""
    total = Decimal(figures.get("total", "0"))
    if total <= 0:
        return []
    found, at = [], Decimal(0)
    for payer in PAYERS:
        amount = Decimal(figures.get(payer, "0"))
        if amount > 0:
            wide = amount / total * _WIDTH
            found.append(Part(payer, figures[payer], f"{at:.2f}", f"{wide:.2f}"))
            at += wide
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A value through time: the points of its steps, and where its last label stands."""

    name: str
    points: str
    end: tuple[float, float]
    shown: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines in a field of `wide` by `high`, with marks along both edges."""

    wide: int
    high: int
    lines: list[Line]
    days: list[tuple[float, str]]
    levels: list[tuple[float, str]]


def plot(history: Sequence[Mapping[str, Any]], today: date) -> Plot | None:
    """The numbers of a history as steps, by their conditions; None where nothing is a number."""
    series: dict[str, list[tuple[date, Decimal, str]]] = {}
    for one in history:
        content = one["content"]
        if not isinstance(content, str) or not _is_number(content):
            continue
        begins = one["begins"] or date(today.year - 5, 1, 1)
        name = " · ".join((one["region_shown"], *one["conditions_shown"]))
        series.setdefault(name, []).append((begins, Decimal(content), one["shown"]))
    if not series:
        return None
    rows = [row for found in series.values() for row in found]
    first, last = min(row[0] for row in rows), max(today, *(row[0] for row in rows))
    top = max(row[1] for row in rows) or Decimal(1)
    wide, high = 640, 220
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return round((day - first).days / span * (wide - 20) + 10, 1)

    def y(level: Decimal) -> float:
        return round(float(Decimal(high - 20) - level / top * (high - 40)), 1)

    lines = []
    for name, found in series.items():
        found.sort(key=lambda row: row[0])
        points = []
        for number, (day, level, _) in enumerate(found):
            ends = found[number + 1][0] if number + 1 < len(found) else last
            points += [f"{x(day)},{y(level)}", f"{x(ends)},{y(level)}"]
        lines.append(Line(name, " ".join(points), (x(last), y(found[-1][1])), found[-1][2]))
    days = sorted({row[0] for row in rows} | {last})
    levels = sorted({(y(row[1]), row[2]) for row in rows})
    return Plot(wide, high, lines, [(x(day), day.isoformat()) for day in days], levels)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()
