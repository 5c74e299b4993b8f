"""The same bill for several at once: two insured people, two schemes, at home and away.

Each side is a sum of its own with all that was said of it. What a reader would not guess: what is
missing for one side is named in its line and asks nothing back, so that no side goes unanswered.
"""

from dataclasses import dataclass

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import bill_said, not_used, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, case_of
from askdoc.assistant.answers.known import (
    Known,
    known_facts,
    taken_for_granted,
    understood,
    with_setting,
)
from askdoc.assistant.answers.notes import coverage_note, result_notes
from askdoc.assistant.answers.place_lines import (
    ANY_BILL,
    is_computed,
    least_sure,
    place_line,
    share_line,
)
from askdoc.assistant.answers.questions import ask_back
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.sides import insured_sides, places_at_home_and_away
from askdoc.benefits import Case, Result, cost
from askdoc.wording import Lang, phrase


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: what it rests on, and its sum."""

    reading: Reading
    known: Known
    case: Case
    result: Result
    taken: tuple[str, ...]
    is_billed: bool


def answer_sides(reading: Reading, context: Context, lang: Lang) -> Answer | None:
    """A sum for each side; None where one thing was asked, or a side's bill or home is open."""
    told = insured_sides(reading, context.read)
    if not told:
        told = places_at_home_and_away(reading, context.read)
        if told and (asked := _ask_who(told[0], context, lang)):
            return asked
    found = [_side(one, context, lang) for one in told]
    sides = [one for one in found if one is not None]
    if not sides or len(sides) < len(told):
        return None
    shared = _shared(sides)
    lines = [_line(one, shared, context, lang) for one in sides]
    least = sides[least_sure([one.result for one in sides])]
    values = [value for one in sides for step in one.result.steps for value in step.values]
    notes = [
        line
        for one in sides
        if one.is_billed
        for line in (
            *coverage_note(one.case, context.coverage, lang),
            *result_notes(one.result, one.taken, context.book, lang),
        )
    ]
    common = {name: fact for name, fact in least.known.items() if (name, fact.value) in shared}
    return Answer(
        kind="answer",
        lines=(*lines, *dict.fromkeys(notes or _without_bill(lang)), *not_used(reading, lang)),
        brief=tuple(lines),
        outcome=least.result.outcome,
        understood=understood(common, RESTS_ON, context.book, lang),
        figures={
            f"person_pays:{number}": f"{one.result.figures.person_pays:.2f}"
            for number, one in enumerate(sides, 1)
            if one.is_billed and is_computed(one.result)
        },
        sources=telling.cited(values, context.book, lang),
        missing=tuple(dict.fromkeys(name for one in sides for name in one.result.missing)),
        confidence=least.result.confidence,
        values=tuple(values),
        lang=lang,
    )


def _ask_who(one: Reading, context: Context, lang: Lang) -> Answer | None:
    """What is asked first where both sides are one person's, whose insurance nobody said."""
    known = known_facts(one, context)
    if "scheme" in known or context.questions_asked >= MOST_QUESTIONS or not one.amounts:
        return None
    return ask_back(
        "insured", context, lang, one.region, understood(known, RESTS_ON, context.book, lang)
    )


def _shared(sides: list[_Side]) -> set[tuple[str, object]]:
    """The facts that hold for every side."""
    each: list[set[tuple[str, object]]] = [
        {(fact.name, fact.value) for fact in one.known.values()} for one in sides
    ]
    return set.intersection(*each)


def _side(reading: Reading, context: Context, lang: Lang) -> _Side | None:
    """A side with its sum; None where no bill or no home was said of it."""
    known = with_setting(known_facts(reading, context), reading)
    bill = bill_said(reading, known, context, lang)
    if isinstance(bill, Answer) or "region" not in known:
        return None
    billed = bill.items or ANY_BILL
    case, looked_up = with_medicines(case_of(reading, known, context, billed), context)
    taken = (*bill.taken, *looked_up, *taken_for_granted(known))
    return _Side(reading, known, case, cost(case, context.book), taken, bool(bill.items))


def _without_bill(lang: Lang) -> list[str]:
    return [phrase("assistant.with_amount", lang), phrase("assistant.to_confirm", lang)]


def _line(side: _Side, shared: set[tuple[str, object]], context: Context, lang: Lang) -> str:
    """Whose side it is by what it has of its own, and what is paid, or what is missing for it."""
    who = side.reading.subject
    name = [] if who == "self" else [phrase(f"assistant.who.{who}", lang)]
    own = {k: fact for k, fact in side.known.items() if (fact.name, fact.value) not in shared}
    # Of one person, what both sides have in common need not be said.
    shown = understood(own or side.known, RESTS_ON, context.book, lang)
    name += [one.shown for one in shown]
    amount = side.reading.amount("total")
    name += [] if amount is None else [telling.yuan(amount, lang)]
    label = phrase("assistant.dot", lang).join(name)
    range_ = side.result.range
    if not side.is_billed and not side.result.missing and is_computed(side.result):
        return share_line(label, side.result, lang)
    if not side.result.missing or (range_ is None and side.is_billed):
        return place_line(label, side.result, lang)
    missing = phrase("assistant.comma", lang).join(
        telling.missing(one, lang, context.book) for one in side.result.missing
    )
    if range_ is None or not side.is_billed:
        return phrase("assistant.side_missing", lang, place=label, missing=missing)
    least, most = (telling.yuan(one, lang) for one in range_.person_pays)
    said = {"place": label, "least": least, "most": most, "missing": missing}
    return phrase("assistant.side_open", lang, **said)
