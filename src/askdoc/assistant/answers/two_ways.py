"""The same bill two ways: signed up with a family doctor or not, referred or not, filed or not.

Each way that was named is a sum of its own; nothing else of the bill changes.
"""

from dataclasses import dataclass

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.bill_said import bill_said, not_used, with_medicines
from askdoc.assistant.answers.cost import RESTS_ON, based_on, case_of
from askdoc.assistant.answers.known import Known, understood
from askdoc.assistant.answers.notes import coverage_note, result_notes
from askdoc.assistant.answers.place_lines import is_computed, least_sure, place_line
from askdoc.assistant.answers.questions import ask_back, first_askable
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.benefits import Case, Result, cost
from askdoc.wording import Lang, phrase

# What a bill is compared by, where it is said in two ways.
_WAYS = ("contracted", "referral", "filed", "setting")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to make the visit, and its sum."""

    name: str
    case: Case
    result: Result
    taken: tuple[str, ...]


def answer_two_ways(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer | None:
    """A sum for each way and their difference; None where no way or no bill was said."""
    fact = next((one for one in _WAYS if one in reading.conflicts and one not in known), None)
    bill = bill_said(reading, known, context, lang)
    if fact is None or isinstance(bill, Answer) or not bill.items or "region" not in known:
        return None
    rests_on = understood(known, RESTS_ON, context.book, lang)
    ways = [_way(fact, value, (reading, known), context, lang) for value in reading.conflicts[fact]]
    unclear = [name for name in reading.conflicts if name not in known and name != fact]
    missing = first_askable((*unclear, *(name for way in ways for name in way.result.missing)))
    person = ways[0].case.person
    if missing is not None and context.questions_asked < MOST_QUESTIONS:
        return ask_back(missing, context, lang, person.region, rests_on, person.scheme)
    told = [*(_line(way, lang) for way in ways), *_verdict(ways, lang)]
    least = ways[least_sure([way.result for way in ways])]
    values = tuple(value for way in ways for step in way.result.steps for value in step.values)
    return Answer(
        kind="answer",
        lines=(
            *based_on(rests_on, reading, lang),
            *bill.lines,
            *told,
            *coverage_note(least.case, context.coverage, lang),
            *result_notes(least.result, (*bill.taken, *least.taken), context.book, lang),
            *not_used(reading, lang),
        ),
        brief=tuple(told),
        outcome=least.result.outcome,
        understood=rests_on,
        figures={
            f"person_pays:{value}": f"{way.result.figures.person_pays:.2f}"
            for value, way in zip(reading.conflicts[fact], ways, strict=True)
            if is_computed(way.result)
        },
        sources=(*bill.sources, *telling.cited(list(values), context.book, lang)),
        missing=least.result.missing,
        confidence=least.result.confidence,
        values=values,
        medicines=bill.medicines,
        lang=lang,
    )


def _way(fact: str, value: str, said: tuple[Reading, Known], context: Context, lang: Lang) -> _Way:
    reading, known = said
    typed: str | bool = value == "true" if fact == "contracted" else value
    this = {**known, fact: Fact(fact, typed, "said", reading.subject)}
    bill = bill_said(reading, this, context, lang)
    items = () if isinstance(bill, Answer) else bill.items
    case, taken = with_medicines(case_of(reading, this, context, items), context)
    return _Way(telling.fact(fact, typed, lang), case, cost(case, context.book), taken)


def _line(way: _Way, lang: Lang) -> str:
    return place_line(way.name, way.result, lang)


def _verdict(ways: list[_Way], lang: Lang) -> list[str]:
    if not all(is_computed(way.result) for way in ways):
        return []
    least = min(ways, key=lambda way: way.result.figures.person_pays)
    most = max(ways, key=lambda way: way.result.figures.person_pays)
    saved = most.result.figures.person_pays - least.result.figures.person_pays
    if not saved:
        return [phrase("assistant.way_same", lang)]
    said = {"way": least.name, "other": most.name, "saved": telling.yuan(saved, lang)}
    return [phrase("assistant.way_saves", lang, **said)]
