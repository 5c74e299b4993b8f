"""Why this bill is dearer than the one before it in the conversation, part by part."""

from decimal import Decimal

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import BillSaid, bill_said, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, case_of
from askdoc.assistant.answers.known import Known, known_facts, understood
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.benefits import Case, Result
from askdoc.benefits.explain import explain
from askdoc.wording import Lang, phrase


def answer_bill_changed(
    reading: Reading, known: Known, before: Reading | None, context: Context, lang: Lang
) -> Answer:
    """The parts of the difference; asks for the bills where two are not at hand."""
    first = None if before is None else _case(before, known_facts(before, context), context, lang)
    last = _case(reading, known, context, lang)
    same_person = (
        first is not None
        and last is not None
        and (first.person.region, first.person.scheme) == (last.person.region, last.person.scheme)
        and last.person.scheme is not None
    )
    if first is None or last is None or not same_person:
        lines = [phrase("assistant.explain.need_bills", lang)]
        lines.append(phrase("assistant.explain.usual", lang))
        return Answer("ask", tuple(lines), missing=("bills",), lang=lang)
    found = explain(first, last, context.book)
    head = phrase(
        "assistant.explain.difference",
        lang,
        before=telling.yuan(found.before.figures.cash, lang),
        after=telling.yuan(found.after.figures.cash, lang),
        difference=telling.yuan(abs(found.difference), lang),
    )
    parts = [
        phrase(
            "assistant.explain.part",
            lang,
            cause=phrase(f"benefits.cause.{part.fact}", lang),
            amount=f"{part.amount:+.2f}",
        )
        for part in found.parts
    ]
    shares = [_share(found.before), _share(found.after)]
    if None not in shares and shares[0] != shares[1]:
        before_share, after_share = (telling.percent(one) for one in shares if one is not None)
        said = {"before": before_share, "after": after_share}
        parts.append(phrase("assistant.explain.share", lang, **said))
    values = [
        value
        for result in (found.before, found.after)
        for step in result.steps
        for value in step.values
    ]
    unsure = "unverified" in (found.before.confidence, found.after.confidence)
    notes = [phrase("assistant.to_confirm", lang)] if unsure else []
    return Answer(
        kind="answer",
        lines=(head, *parts, *notes, phrase("assistant.office_decides", lang)),
        brief=(head,),
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


def _share(result: Result) -> Decimal | None:
    """The fund's share of a sum, where one share holds for all of it."""
    step = next((one for one in result.steps if one.name == "fund_pays"), None)
    share = step.fields.get("share") if step else None
    return share if isinstance(share, Decimal) else None


def _case(reading: Reading, known: Known, context: Context, lang: Lang) -> Case | None:
    """The case of a bill; None where no sum can be made of it."""
    bill = bill_said(reading, known, context, lang)
    if not isinstance(bill, BillSaid) or not bill.items or "region" not in known:
        return None
    return with_medicines(case_of(reading, known, context, bill.items), context)[0]
