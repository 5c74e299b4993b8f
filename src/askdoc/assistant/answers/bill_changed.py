"""Why this bill is dearer than the one before it in the conversation, part by part."""

from dataclasses import dataclass, replace
from datetime import date

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import BillSaid, bill_said, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, case_of
from askdoc.assistant.answers.known import Known, known_facts, understood
from askdoc.assistant.answers.notes import day_note
from askdoc.assistant.answers.place_lines import is_computed
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.answers.side_by_side import cause_lines, differences
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.benefits import Case, Result, cost
from askdoc.benefits.explain import Explanation, explain
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class PricedBill:
    """A bill that a sum can be made of; `by_today`: the rules of its own day are not recorded."""

    case: Case
    by_today: date | None = None


def answer_bill_changed(
    reading: Reading, known: Known, before: Reading | None, context: Context, lang: Lang
) -> Answer:
    """The parts of the difference; asks for the bills where two are not at hand."""
    first = (
        None if before is None else priced_bill(before, known_facts(before, context), context, lang)
    )
    last = priced_bill(reading, known, context, lang)
    unknown = next((name for name in ("region", "scheme") if name not in known), None)
    if unknown and before is not None and reading.amounts and before.amounts:
        region = str(known["region"].value) if "region" in known else None
        rests_on = understood(known, RESTS_ON, context.book, lang)
        return ask_back(first_askable((unknown,)) or unknown, context, lang, region, rests_on)
    if before is None or first is None or last is None or not _of_one_person(first, last):
        lines = [phrase("assistant.explain.need_bills", lang)]
        lines.append(phrase("assistant.explain.usual", lang))
        return Answer("ask", tuple(lines), missing=("bills",), lang=lang)
    found = explain(first.case, last.case, context.book)
    if not (is_computed(found.before) and is_computed(found.after)):
        return _unrecorded(found, context, lang)
    values = [
        value
        for result in (found.before, found.after)
        for step in result.steps
        for value in step.values
    ]
    told = [*_told(found, (first, last), context, lang)]
    notes = [
        *_paid_otherwise(before, found.before, lang),
        *_paid_otherwise(reading, found.after, lang),
        *_notes(found, (first, last), _vague(before, reading), context, lang),
    ]
    return Answer(
        kind="answer",
        lines=(*told, *notes, phrase("assistant.office_decides", lang)),
        brief=tuple(told[:2]),
        outcome=found.after.outcome,
        understood=understood(known, RESTS_ON, context.book, lang),
        figures={
            "before": f"{found.before.figures.cash:.2f}",
            "after": f"{found.after.figures.cash:.2f}",
            "difference": f"{found.difference:.2f}",
        },
        sources=telling.cited(values, context.book, lang),
        confidence=found.after.confidence,
        values=tuple(values),
        lang=lang,
    )


def _unrecorded(found: Explanation, context: Context, lang: Lang) -> Answer:
    """That a sum can't be made, and which local values are not recorded."""
    missing = dict.fromkeys((*found.before.missing, *found.after.missing))
    names = phrase("assistant.comma", lang).join(
        telling.missing(name, lang, context.book) for name in missing
    )
    lines = [phrase("assistant.explain.unrecorded", lang, names=names)]
    lines += [phrase("assistant.explain.usual", lang), phrase("assistant.to_confirm", lang)]
    return Answer(
        "answer", tuple(lines), outcome="indeterminate", missing=tuple(missing), lang=lang
    )


def _told(
    found: Explanation, bills: tuple[PricedBill, PricedBill], context: Context, lang: Lang
) -> list[str]:
    """Both sums, each cause in words, and the bills line by line."""
    head = phrase(
        "assistant.explain.difference",
        lang,
        before=telling.yuan(found.before.figures.cash, lang),
        after=telling.yuan(found.after.figures.cash, lang),
        difference=telling.yuan(abs(found.difference), lang),
    )
    first, last = (one.case for one in bills)
    apart = differences(found, lang)
    by_line = [phrase("assistant.explain.by_line", lang), *apart] if apart else []
    return [head, *cause_lines(found, (first, last), context.book, lang), *by_line]


def _notes(
    found: Explanation,
    bills: tuple[PricedBill, PricedBill],
    vague: tuple[str, ...],
    context: Context,
    lang: Lang,
) -> list[str]:
    """What was taken for granted or is unknown, days that were not exact or whose rules are not
    recorded, and what is to be confirmed."""
    days = [one.by_today.isoformat() for one in bills if one.by_today is not None]
    sums = (found.before, found.after)
    taken = dict.fromkeys(name for one in sums for name in one.assumptions)
    notes = [
        phrase("assistant.assuming", lang, what=telling.assumption(name, lang)) for name in taken
    ]
    unknown = dict.fromkeys(name for one in sums for name in one.missing)
    notes += [
        phrase("assistant.explain.worst", lang, what=telling.missing(name, lang, context.book))
        for name in unknown
    ]
    notes += [phrase("assistant.explain.by_today", lang, day=day) for day in days]
    notes += day_note(vague, context.today, context.today, lang)
    unsure = any(one.confidence == "unverified" for one in sums)
    return notes + ([phrase("assistant.to_confirm", lang)] if unsure or days else [])


def _of_one_person(first: PricedBill, last: PricedBill) -> bool:
    one, other = first.case.person, last.case.person
    return (one.region, one.scheme) == (other.region, other.scheme) and other.scheme is not None


def _paid_otherwise(said: Reading, sum_: Result, lang: Lang) -> list[str]:
    """That the person says to have paid something else than the rules make of the bill."""
    paid = said.amount("person_paid")
    if paid is None or paid in (sum_.figures.cash, sum_.figures.person_pays):
        return []
    told = {"paid": telling.yuan(paid, lang), "computed": telling.yuan(sum_.figures.cash, lang)}
    return [phrase("assistant.explain.paid_otherwise", lang, **told)]


def _vague(*bills: Reading) -> tuple[str, ...]:
    """The words for a time of either bill that name no one day, where none was settled on."""
    undated = (bill for bill in bills if "day" not in bill.facts)
    return tuple(dict.fromkeys(words for bill in undated for words in bill.vague_days))


def priced_bill(reading: Reading, known: Known, context: Context, lang: Lang) -> PricedBill | None:
    """A bill by the rules of its day; None where no sum can be made of it.

    For a past day of which nothing is recorded, today's rules are taken, and that is told.
    """
    bill = bill_said(reading, known, context, lang)
    if not isinstance(bill, BillSaid) or not bill.items or "region" not in known:
        return None
    case = with_medicines(case_of(reading, known, context, bill.items), context)[0]
    day = case.visit.day
    if day >= context.today or _is_recorded(case, context):
        return PricedBill(case)
    now = replace(case, visit=replace(case.visit, day=context.today))
    return PricedBill(now, by_today=day) if _is_recorded(now, context) else PricedBill(case)


def _is_recorded(case: Case, context: Context) -> bool:
    return not any(name.startswith("policy:") for name in cost(case, context.book).missing)
