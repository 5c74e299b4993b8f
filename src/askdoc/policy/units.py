"""How the text of a value is read, by the unit of its parameter."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from askdoc.policy.strict_yaml import Map, Node, Rows, Scalar, SheetError, mapping, rows, scalar

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@dataclass(frozen=True, slots=True)
class ScaleBand:
    """One band of a scale: the share that holds up to an amount in yuan (None: no end)."""

    up_to: Decimal | None
    share: Decimal


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int


MedicineShares = tuple[tuple[str, Decimal], ...]
Content = (
    Decimal | int | str | bool | tuple[str, ...] | tuple[ScaleBand, ...] | MedicineShares | MonthDay
)


def _month_day(one: Scalar) -> MonthDay:
    found = _MONTH_DAY.fullmatch(one.content)
    if not found:
        raise one.wrong("not_month_day")
    return MonthDay(int(found[1]), int(found[2]))


_PLAIN: dict[str, Callable[[Scalar], Content]] = {
    "yuan": Scalar.amount,
    "share": Scalar.share,
    "points": Scalar.share,
    "factor": Scalar.number,
    "text": Scalar.text,
    "choice": Scalar.text,
    "flag": Scalar.flag,
    "month_day": _month_day,
    **dict.fromkeys(
        ("days", "weeks", "months", "hours", "minutes", "years", "year", "count", "persons"),
        Scalar.whole,
    ),
}
UNITS = (*_PLAIN, "list", "steps", "scale", "medicine_shares")


def read_content(node: Node, unit: str, choices: tuple[str, ...]) -> Content:
    """The content of a value. Raises SheetError naming the place when it does not fit."""
    if unit == "scale":
        return _scale(rows(node))
    if unit == "medicine_shares":
        shares = mapping(node)
        return tuple((name, shares.scalar(name).share()) for name in shares)
    if unit in ("list", "steps"):
        return _list(rows(node), choices)
    one = scalar(node)
    if unit == "choice":
        return one.one_of(choices)
    return _PLAIN[unit](one)


def _list(found: Rows, choices: tuple[str, ...]) -> tuple[str, ...]:
    texts = tuple(one.one_of(choices) if choices else one.text() for one in found.scalars())
    for one in found.scalars():
        if texts.count(one.content) > 1:
            raise one.wrong("listed_twice")
    return texts


def _scale(found: Rows) -> tuple[ScaleBand, ...]:
    bands: list[ScaleBand] = []
    for row in found.maps():
        bands.append(_scale_band(row, bands))
    if not bands or bands[-1].up_to is not None:
        raise SheetError(found.place, "scale_open")
    return tuple(bands)


def _scale_band(row: Map, before: list[ScaleBand]) -> ScaleBand:
    row.only("up_to", "share")
    up_to = row.scalar("up_to").amount() if "up_to" in row else None
    last = before[-1].up_to if before else Decimal(0)
    if last is None or (up_to is not None and up_to <= last):
        raise SheetError(row.place, "scale_order")
    return ScaleBand(up_to, row.scalar("share").share())
