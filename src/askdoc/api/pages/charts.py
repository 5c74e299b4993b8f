"""Pictures of figures as shapes with numbers: who pays what, and a value through the years.

Only positions are computed here; a template draws them. Every picture has its table beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

# Who pays, in the order of the bar; they sum to the bill.
PAYERS = ("fund_pays", "supplementary", "serious_illness", "medical_aid", "account_pays", "cash")
_WIDTH = Decimal(100)
WIDE, HIGH = 640, 220
MOST_LINES = 6
# What held before all that is dated is drawn for a year.
_BEFORE = timedelta(days=365)


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
    """A value through time: its stretches as points, and what it is now or was last."""

    name: str
    stretches: list[str]
    shown: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines in a field of `WIDE` by `HIGH`, with marks along both edges."""

    name: str
    lines: list[Line]
    days: list[tuple[float, str]]
    levels: list[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A number from one day to another; `ends` None: it still holds."""

    names: tuple[str, ...]
    begins: date
    ends: date | None
    level: Decimal
    shown: str


def plots(history: Sequence[Mapping[str, Any]], today: date) -> list[Plot]:
    """The numbers of a history as steps, by their conditions; none where nothing is a number.

    Many lines are parted into several pictures, by what tells them apart first.
    """
    stretches = _stretches(history, today)
    if not stretches:
        return []
    together = len({one.names for one in stretches}) <= MOST_LINES
    found: dict[str, list[_Stretch]] = {}
    for one in stretches:
        group = "" if together or len(one.names) < 2 else " · ".join(one.names[:2])
        found.setdefault(group, []).append(one)
    return [_plot(name, rows, stretches, today) for name, rows in found.items()]


def _stretches(history: Sequence[Mapping[str, Any]], today: date) -> list[_Stretch]:
    """Every number with its days: it ends when its region dates anything newer."""
    earliest = min((one["begins"] for one in history if one["begins"]), default=today)
    starts: dict[str, set[date]] = {}
    for one in history:
        starts.setdefault(one["region"], set()).add(one["begins"] or date.min)
    found = []
    for one in history:
        content = one["content"]
        if not isinstance(content, str) or not _is_number(content):
            continue
        begins = one["begins"] or date.min
        ends = min((day for day in starts[one["region"]] if day > begins), default=None)
        names = (one["region_shown"], *one["conditions_shown"])
        drawn = one["begins"] or earliest - _BEFORE
        found.append(_Stretch(names, drawn, ends, Decimal(content), one["shown"]))
    return found


def _plot(name: str, rows: list[_Stretch], every: list[_Stretch], today: date) -> Plot:
    first = min(one.begins for one in every)
    last = max(today, *(one.begins for one in every))
    low, high = min(one.level for one in every), max(one.level for one in every)
    low = low if low < high else low - 1
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return round((day - first).days / span * (WIDE - 20) + 10, 1)

    def y(level: Decimal) -> float:
        return round(float(HIGH - 20 - (level - low) / (high - low) * (HIGH - 40)), 1)

    lines: dict[tuple[str, ...], list[_Stretch]] = {}
    for one in sorted(rows, key=lambda row: row.begins):
        lines.setdefault(one.names, []).append(one)
    skipped = 2 if name else 0
    drawn = [
        Line(
            " · ".join(names[skipped:] or names),
            [f"{x(one.begins)},{y(one.level)} {x(one.ends or last)},{y(one.level)}" for one in of],
            of[-1].shown,
            of[-1].ends is None,
        )
        for names, of in lines.items()
    ]
    days = sorted({one.begins for one in rows} | {last})
    levels = sorted({(y(one.level), one.shown) for one in rows})
    return Plot(name, drawn, [(x(day), day.isoformat()) for day in days], levels)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()
