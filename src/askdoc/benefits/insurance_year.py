"""Which insurance year a day belongs to, and what a new one resets."""

from datetime import date
from decimal import Decimal

from askdoc.benefits.case import ZERO, Year
from askdoc.policy import Book, MonthDay, Policy


def year_start(book: Book, region: str, scheme: str, day: date) -> date:
    """The first day of the insurance year that contains `day`.

    Where a region's first day is not recorded, the calendar year is taken.
    """
    value = Policy(book, day, region).find(f"{scheme}.insurance_year_start", {})
    start = value.content if isinstance(value.content, MonthDay) else MonthDay(1, 1)
    first = date(day.year, start.month, start.day)
    return first if first <= day else date(day.year - 1, start.month, start.day)


def fresh_year(before: Year) -> Year:
    """The first day of a new insurance year: nothing used; account money becomes past money."""
    kept = (before.account_past or ZERO) + (before.account_current or ZERO)
    return Year(
        deductible_used=ZERO,
        account_current=before.account_current if before.account_current is None else Decimal(0),
        account_past=kept,
    )
