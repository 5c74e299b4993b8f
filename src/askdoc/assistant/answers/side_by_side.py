"""Two bills side by side: each cause in words with what it cost, then what differs line by line.

A cause says both bills' sides ("社区 → 三级医院"), because "the tier differs" alone leaves people
to work out which visit was which.
"""

from collections.abc import Mapping
from decimal import Decimal

from askdoc.assistant.answers import telling
from askdoc.benefits import Case, Result
from askdoc.benefits.case import ZERO
from askdoc.benefits.explain import Explanation, Part
from askdoc.benefits.insurance_year import year_start
from askdoc.policy import Book
from askdoc.wording import Lang, phrase

# What is set side by side, in the order of a sum.
_FIGURES = (
    *("total", "off_catalogue", "over_standard", "first_pay", "eligible"),
    *("deductible", "account_first", "paid_for"),
)
_BILLED = ("items", "amount")
_POINTS = 100
# Institutions that people call by their kind, not by their tier.
_NAMED = ("village", "community")


def cause_lines(found: Explanation, bills: tuple[Case, Case], book: Book, lang: Lang) -> list[str]:
    """A line for each cause, the greatest first."""
    return [_cause_line(part, bills, book, lang) for part in _of_the_bill_together(found.parts)]


def _of_the_bill_together(parts: tuple[Part, ...]) -> list[Part]:
    """The parts with what was billed as one: which lines came and went, and their amounts."""
    billed = [part for part in parts if part.fact in _BILLED]
    if len(billed) < len(_BILLED):
        return list(parts)
    whole = Part("billed", sum((part.amount for part in billed), ZERO))
    kept = [*(part for part in parts if part not in billed), whole]
    return sorted((part for part in kept if part.amount), key=lambda part: -abs(part.amount))


def differences(found: Explanation, lang: Lang) -> list[str]:
    """A line for each figure, and for the fund's share, that is not the same on both bills."""
    sides = (found.before.figures, found.after.figures)
    lines = []
    for name in _FIGURES:
        before, after = (getattr(side, name) for side in sides)
        if before != after:
            told = [telling.yuan(one, lang) for one in (before, after)]
            lines.append(_line(phrase(f"benefits.figure.{name}", lang), told, lang))
    return [*lines, *_share_lines(found, lang)]


def _share_lines(found: Explanation, lang: Lang) -> list[str]:
    """The first-pay share and the fund's share, where one holds for all of a bill."""
    first_pay = [_first_pay_share(one) for one in (found.before, found.after)]
    fund = [_fund_share(one) for one in (found.before, found.after)]
    return [
        *_shares("first_pay_share", first_pay, lang),
        *(line + _points(fund, lang) for line in _shares("share", fund, lang)),
    ]


def _shares(name: str, shares: list[Decimal | None], lang: Lang) -> list[str]:
    told = [telling.percent(one) for one in shares if one is not None]
    if len(told) < len(shares) or told[0] == told[1]:
        return []
    return [_line(phrase(f"benefits.fact.{name}", lang), told, lang)]


def _points(shares: list[Decimal | None], lang: Lang) -> str:
    before, after = (one or ZERO for one in shares)
    points = f"{(abs(after - before) * _POINTS).normalize():f}"
    key = "points_lower" if after < before else "points_higher"
    return phrase(f"assistant.explain.{key}", lang, points=points)


def _fund_share(result: Result) -> Decimal | None:
    share = _fields(result, "fund_pays").get("share")
    return share if isinstance(share, Decimal) else None


def _first_pay_share(result: Result) -> Decimal | None:
    shares = _fields(result, "first_pay").get("shares")
    only = shares[0] if isinstance(shares, tuple) and len(shares) == 1 else None
    return only if isinstance(only, Decimal) else None


def _fields(result: Result, name: str) -> Mapping[str, object]:
    return next((one.fields for one in result.steps if one.name == name), {})


def _line(name: str, told: list[str], lang: Lang) -> str:
    before, after = told
    return phrase("assistant.explain.side", lang, name=name, before=before, after=after)


def _cause_line(part: Part, bills: tuple[Case, Case], book: Book, lang: Lang) -> str:
    key = "more" if part.amount > 0 else "less"
    return phrase(
        f"assistant.explain.{key}",
        lang,
        cause=phrase(f"benefits.cause.{part.fact}", lang) + _sides(part.fact, bills, book, lang),
        amount=telling.yuan(abs(part.amount), lang),
    )


def _sides(cause: str, bills: tuple[Case, Case], book: Book, lang: Lang) -> str:
    """What the cause was on either bill, where a word tells it."""
    if cause == "new_year":
        person, day = bills[1].person, bills[1].visit.day
        begins = year_start(book, person.region, str(person.scheme), day)
        return phrase("assistant.explain.year_from", lang, day=begins.isoformat())
    before, after = (_side(cause, bill, lang) for bill in bills)
    if before is None or after is None or before == after:
        return ""
    return phrase("assistant.explain.sides", lang, before=before, after=after)


def _side(cause: str, bill: Case, lang: Lang) -> str | None:
    visit = bill.visit
    if cause == "tier" and visit.institution in _NAMED:
        return telling.fact("institution", visit.institution, lang)
    said = {
        "tier": visit.tier,
        "setting": visit.setting,
        "referral": visit.referral,
        "contract": bill.person.contracted,
        "deductible": bill.year.deductible_used,
        "day": visit.day,
    }.get(cause)
    if said is None:
        return None
    if isinstance(said, Decimal):
        return phrase("assistant.explain.used", lang, amount=telling.yuan(said, lang))
    return telling.fact("contracted" if cause == "contract" else cause, said, lang)
