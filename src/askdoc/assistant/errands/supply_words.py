"""A medicine at home in words: how long it lasts, when the next is due, and what that rests on."""

from datetime import timedelta

from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.refill_book import Supplies, Supply
from askdoc.care.referrals.days_said import day_words
from askdoc.care.refills import NextRefill, Stock, days_left
from askdoc.china_days import CHINA

_DAY = timedelta(days=1)


def supply_line(one: Supply, errand: Errand) -> str:
    """One medicine as one line, with its reasons."""
    name = medicine_name(one, errand)
    if one.ended is not None:
        return errand.phrase(f"left.ended.{one.ended}", medicine=name)
    if one.stock is None:
        return errand.phrase("left.not_collected", medicine=name)
    return _lasting(name, one.stock, errand) + _next_words(one.refill, errand)


def medicine_name(one: Supply, errand: Errand) -> str:
    """What the catalogue calls the medicine; an id that it no longer holds stays one."""
    id = one.prescription.medicine
    rows = errand.context.on_day.medicines
    return next((row.name for row in rows if row.id == id), id)


def notes(supplies: Supplies, errand: Errand) -> list[str]:
    """What the days rest on, what may be missing from it, and never to stop by oneself."""
    told = []
    if supplies.known_until is not None:
        day = day_words(supplies.known_until.astimezone(CHINA).date(), errand.lang)
        told.append(errand.phrase("left.stale" if supplies.is_stale else "left.known", day=day))
    if supplies.unreadable:
        told.append(errand.phrase("left.unreadable"))
    if not supplies.is_reminded:
        told.append(errand.phrase("left.not_reminded"))
    return [*told, errand.phrase("left.go_on")]


def _lasting(name: str, stock: Stock, errand: Errand) -> str:
    left = days_left(stock, errand.day)
    collected = day_words(stock.since, errand.lang)
    if left == 0:
        return errand.phrase("left.empty", medicine=name, collected=collected)
    until = day_words(stock.runs_out - _DAY, errand.lang)
    return errand.phrase("left.line", medicine=name, days=left, until=until, collected=collected)


def _next_words(refill: NextRefill | None, errand: Errand) -> str:
    if refill is None:
        return ""
    if refill.day <= errand.day:
        return errand.phrase("left.due")
    before = (refill.runs_out - refill.day).days
    why = errand.phrase(f"left.why.{refill.moved or 'lead'}", days=before)
    told = errand.phrase("left.next", day=day_words(refill.day, errand.lang), why=why)
    return told if refill.calendar_known else told + errand.phrase("left.calendar")
