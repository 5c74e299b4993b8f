"""The same bill at home and away: what care in another place adds to what the person pays."""

from dataclasses import replace

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import bill_said, not_used, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, based_on, case_of
from askdoc.assistant.answers.known import Known, understood
from askdoc.assistant.answers.notes import coverage_note, result_notes
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Reading
from askdoc.benefits import cost
from askdoc.wording import Lang, phrase


def answer_home_and_away(
    reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer | None:
    """Both sums and their difference; None where there is no bill or no home to compare with."""
    bill = bill_said(reading, known, context, lang)
    if isinstance(bill, Answer) or not bill.items or "region" not in known:
        return None
    away, looked_up = with_medicines(case_of(reading, known, context, bill.items), context)
    home = replace(away, visit=replace(away.visit, place=None, referral="none", filed="none"))
    here, there = cost(home, context.book), cost(away, context.book)
    rests_on = understood(known, RESTS_ON, context.book, lang)
    fact = first_askable((*reading.conflicts, *there.missing, *here.missing))
    if fact is not None and context.questions_asked < MOST_QUESTIONS:
        return ask_back(fact, context, lang, away.person.region, rests_on, away.person.scheme)
    paid = (here.figures.person_pays, there.figures.person_pays)
    verdict = "away_more" if paid[1] > paid[0] else "away_same"
    told = [
        phrase("assistant.at_home", lang, person_pays=telling.yuan(paid[0], lang)),
        phrase("assistant.away", lang, person_pays=telling.yuan(paid[1], lang)),
        phrase(f"assistant.{verdict}", lang, more=telling.yuan(paid[1] - paid[0], lang)),
    ]
    values = [value for one in (here, there) for step in one.steps for value in step.values]
    return Answer(
        kind="answer",
        lines=(
            *based_on(rests_on, reading, lang),
            *bill.lines,
            *told,
            *coverage_note(away, context.coverage, lang),
            *result_notes(there, (*bill.taken, *looked_up), context.book, lang),
            *not_used(reading, lang),
        ),
        brief=tuple(told),
        outcome=there.outcome,
        understood=rests_on,
        figures={"person_pays:home": f"{paid[0]:.2f}", "person_pays:away": f"{paid[1]:.2f}"},
        sources=(*bill.sources, *telling.cited(values, context.book, lang)),
        missing=there.missing,
        confidence=there.confidence,
        values=tuple(values),
        medicines=bill.medicines,
        lang=lang,
    )
