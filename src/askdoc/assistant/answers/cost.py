"""Questions about a bill: what is paid, and by whom."""

import re
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.answer import Answer, Cited, Understood
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import (
    CLASS_ROLES,
    bill_said,
    not_used,
    with_medicines,
    without_amount,
)
from askdoc.assistant.answers.known import (
    Known,
    person,
    taken_for_granted,
    understood,
    visit,
    with_setting,
)
from askdoc.assistant.answers.notes import coverage_note, range_note, result_notes
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.lexicon import BILL_ROLES
from askdoc.benefits import Case, Item, Person, Result, Visit, Year, cost
from askdoc.wording import Lang, phrase

RESTS_ON = (
    "region",
    "scheme",
    "status",
    "grade",
    "tier",
    "institution",
    "setting",
    "place",
    "contracted",
    "referral",
    "filed",
    "age",
    "retired_year",
    "group",
    "admissions",
    "day",
)


_OF_DEDUCTIBLE = ("deductible_used", "deductible_left")
_OF_STAYS = re.compile(r"住院|入院|stays?|inpatient|in-patient|hospital|admission", re.I)
# Emergency and programme care go by the outpatient ceiling.
_CEILING_OF = {"emergency": "outpatient", "chronic": "outpatient"}


def answer_cost(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """What the bill in a question costs whom; asks back, gives a range, never guesses."""
    known = with_setting(known, reading)
    bill = bill_said(reading, known, context, lang)
    if isinstance(bill, Answer):
        return bill
    if not bill.items or _whole_is_open(reading):
        return without_amount(reading, lang)
    rests_on = understood(known, RESTS_ON, context.book, lang)
    if "region" not in known:
        return ask_back("region", context, lang, None, rests_on)
    case, looked_up = with_medicines(case_of(reading, known, context, bill.items), context)
    result = cost(case, context.book)
    asked = _question(result, reading, known, context, lang, case, rests_on)
    if asked is not None:
        return asked
    headline = _headline(result, lang)
    lines = [
        *based_on(rests_on, reading, lang),
        *bill.lines,
        *headline,
        *coverage_note(case, context.coverage, lang),
        *result_notes(
            result, (*taken_for_granted(known), *bill.taken, *looked_up), context.book, lang
        ),
        *not_used(reading, lang),
    ]
    found = _answer(result, context, lang, lines, rests_on, bill.sources)
    return replace(found, brief=tuple(headline), medicines=bill.medicines)


def _whole_is_open(reading: Reading) -> bool:
    """Whether what was said and not understood may be the whole of which only parts are known."""
    parts = [one.amount for one in reading.amounts if one.role in CLASS_ROLES]
    if reading.amount("total") is not None or not parts:
        return False
    loose = [one.amount for one in reading.amounts if one.role is None]
    return bool(reading.unread) or any(one > sum(parts) for one in loose)


def case_of(reading: Reading, known: Known, context: Context, billed: tuple[Item, ...]) -> Case:
    """The case of a question, with the items of its bill."""
    stays = known.get("admissions")
    of_deductible = (one.words for one in reading.amounts if one.role in _OF_DEDUCTIBLE)
    year = Year(
        deductible_used=reading.amount("deductible_used"),
        deductible_left=reading.amount("deductible_left"),
        admissions=0 if stays is None else int(stays.value),
        account_current=reading.amount("account_current"),
        account_past=reading.amount("account_past"),
        fund_paid=reading.amount("fund_paid") or Decimal(0),
        in_scope_self_pay=reading.amount("in_scope_self_pay") or Decimal(0),
        stay_deductible_met=any(_OF_STAYS.search(words) for words in of_deductible),
        below_ceiling=reading.amount("below_ceiling") is not None,
    )
    names = reading.diagnoses
    wider = {one for name in names for one in context.catalogue.conditions.with_wider(name)}
    found = replace(
        visit(known, context.today),
        diagnoses=names or None,
        disease=names[0] if names else None,
        disease_is_a=tuple(sorted(wider)),
    )
    return Case(person(known), found, billed, year, _assumed(reading, found, person(known)))


def _assumed(reading: Reading, visit: Visit, who: Person) -> dict[str, Decimal]:
    """A ceiling that the person named: used as their assumption, and shown as one."""
    ceiling = reading.amount("ceiling_full")
    if ceiling is None or who.scheme is None or visit.setting is None:
        return {}
    return {f"{who.scheme}.{_CEILING_OF.get(visit.setting, visit.setting)}.ceiling": ceiling}


def _question(
    result: Result,
    reading: Reading,
    known: Known,
    context: Context,
    lang: Lang,
    case: Case,
    rests_on: tuple[Understood, ...],
) -> Answer | None:
    if context.questions_asked >= MOST_QUESTIONS:
        return None
    unclear = [name for name in reading.conflicts if name not in known]
    # What was taken for granted and leads nowhere is asked for.
    if result.outcome == "indeterminate" and taken_for_granted(known):
        unclear.append("setting")
    fact = first_askable((*unclear, *result.missing))
    if fact is None or result.outcome == "not_covered":
        return None
    return ask_back(
        fact, context, lang, case.person.region, rests_on, case.person.scheme, result.range
    )


def based_on(rests_on: tuple[Understood, ...], reading: Reading, lang: Lang) -> list[str]:
    """The facts and amounts that an answer rests on, as lines."""
    about = (
        [] if reading.subject == "self" else [phrase(f"assistant.subject.{reading.subject}", lang)]
    )
    shown = phrase("assistant.dot", lang).join([*about, *(one.shown for one in rests_on)])
    amounts = phrase("assistant.comma", lang).join(
        phrase(f"assistant.role.{one.role}", lang, amount=telling.yuan(one.amount, lang))
        for one in reading.amounts
        if one.role in BILL_ROLES
    )
    said = [phrase("assistant.based_on", lang, facts=shown)] if shown else []
    return said + ([phrase("assistant.amounts", lang, amounts=amounts)] if amounts else [])


def _headline(result: Result, lang: Lang) -> list[str]:
    figures, range_ = result.figures, result.range
    fields = {
        "total": telling.yuan(figures.total, lang),
        "paid_for": telling.yuan(figures.paid_for, lang),
        "person_pays": telling.yuan(figures.person_pays, lang),
    }
    if result.outcome in ("not_covered", "indeterminate"):
        lines = [phrase(f"assistant.headline.{result.outcome}", lang, **fields)]
    elif result.outcome == "conditional":
        lines = [phrase("assistant.headline.conditional", lang, **fields)] if not range_ else []
    else:
        lines = [phrase(f"assistant.headline.{result.outcome}", lang, **fields)]
    return lines + range_note(result, lang)


def _answer(
    result: Result,
    context: Context,
    lang: Lang,
    lines: list[str],
    rests_on: tuple[Understood, ...],
    more: tuple[Cited, ...],
) -> Answer:
    cited = telling.cited(
        [value for one in result.steps for value in one.values], context.book, lang
    )
    return Answer(
        kind="answer",
        lines=tuple(lines),
        outcome=result.outcome,
        understood=rests_on,
        figures=result.figures.as_text(),
        steps=result.steps,
        sources=(*more, *cited),
        missing=result.missing,
        confidence=result.confidence,
        range=result.range,
        values=tuple(value for one in result.steps for value in one.values),
        lang=lang,
    )
