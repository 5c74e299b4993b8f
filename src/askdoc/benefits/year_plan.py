"""The same monthly bill over a year: where the deductible ends and what the year costs."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from askdoc.benefits.case import ZERO, Case
from askdoc.benefits.cost import cost
from askdoc.benefits.insurance_year import fresh_year, year_start
from askdoc.benefits.result import Result
from askdoc.policy import Book

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """One month's visit."""

    day: date
    new_year: bool
    result: Result


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Every month's sum, with the accumulators passed on, and the totals in yuan."""

    months: tuple[Month, ...]
    total: Decimal
    person_pays: Decimal
    paid_for: Decimal


def plan_year(case: Case, book: Book, months: int = MONTHS) -> YearPlan:
    """The bill of `case` once a month from its day on; needs the scheme to be stated."""
    scheme = str(case.person.scheme)
    region, year, day = case.person.region, case.year, case.visit.day
    start = year_start(book, region, scheme, day)
    done: list[Month] = []
    for count in range(months):
        day = _later(case.visit.day, count)
        begun = year_start(book, region, scheme, day)
        is_new = begun != start
        if is_new:
            year, start = fresh_year(year), begun
        result = cost(replace(case, visit=replace(case.visit, day=day), year=year), book)
        done.append(Month(day, is_new, result))
        year = result.year_after
    return YearPlan(
        months=tuple(done),
        total=sum((month.result.figures.total for month in done), ZERO),
        person_pays=sum((month.result.figures.person_pays for month in done), ZERO),
        paid_for=sum((month.result.figures.paid_for for month in done), ZERO),
    )


def _later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
