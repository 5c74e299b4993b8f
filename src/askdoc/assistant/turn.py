"""One turn: read the question, see what is asked, answer it with the tools.

A first, narrow cut: the question is matched to one of a few kinds by its words and by what
was found in it. What fits none is said not to be understood, with examples.
"""

from dataclasses import replace
from datetime import date

from askdoc.assistant.answer import Answer
from askdoc.assistant.bill_said import not_used
from askdoc.assistant.context import Context
from askdoc.assistant.cost_answer import answer_cost
from askdoc.assistant.facts import Reading
from askdoc.assistant.known import Known, known_facts
from askdoc.assistant.medicine_answer import answer_medicine, answer_same
from askdoc.assistant.notes import day_note
from askdoc.assistant.places_answer import answer_places
from askdoc.assistant.reader import read
from askdoc.assistant.unknown_name import name_asked_for
from askdoc.assistant.value_answer import answer_value
from askdoc.medicines import Resolution, resolve
from askdoc.wording import Lang, phrase

_OF_A_BILL = ("total", "class_a", "class_b", "negotiated", "off_catalogue")


def take_turn(question: str, context: Context) -> Answer:
    """Answer one question in the language it was asked in."""
    reading = read(question, context.surroundings())
    lang: Lang = context.lang or reading.lang
    known = known_facts(reading, context)
    day = date.fromisoformat(str(known["day"].value)) if "day" in known else context.today
    answer = _answer(reading, known, replace(context, today=day), lang)
    if answer.kind != "answer" or answer.outcome == "indeterminate":
        return answer
    return replace(
        answer, lines=(*answer.lines, *day_note(reading.vague_days, day, context.today, lang))
    )


def _answer(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    has_bill = any(one.role in _OF_A_BILL for one in reading.amounts)
    asks = reading.asks
    asks_cost = "cost" in asks and bool(reading.amounts or reading.unread)
    if "medicine" in known and not (has_bill and asks_cost):
        chosen = resolve(str(known["medicine"].value), context.on_day)
        return _medicine(chosen, reading, known, context, lang)
    if "same_ingredient" in asks and len(reading.mentions) > 1:
        first, second = (mention.resolution for mention in reading.mentions[:2])
        return answer_same(first, second, context, lang)
    if "explain" in asks and "compare_places" not in asks and not (has_bill and asks_cost):
        return _needs_bills(lang)
    if "compare_places" in asks and not (reading.mentions and not has_bill):
        return answer_places(reading, known, context, lang)
    if asks_cost or (has_bill and (not reading.mentions or "region" in known)):
        return answer_cost(reading, known, context, lang)
    if reading.mentions:
        return _medicine(reading.mentions[0].resolution, reading, known, context, lang)
    if "value" in asks and not reading.amounts:
        return answer_value(reading, known, context, lang)
    return _without_name(reading, known, context, lang)


def _without_name(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    """A question in which no recorded medicine and no bill was found."""
    if reading.asks.keys() & {"medicine", "alternatives", "cost"}:
        name = name_asked_for(reading.text, context.surroundings())
        if name is not None:
            found = resolve(name, context.on_day)
            return _medicine(found, reading, known, context, lang)
    if "cost" in reading.asks and known.keys() & {"tier", "setting", "region", "scheme"}:
        return answer_cost(reading, known, context, lang)
    if "same_ingredient" in reading.asks:
        return Answer("ask", (phrase("assistant.medicine.needs_two", lang),), lang=lang)
    return _nothing_understood(lang)


def _medicine(
    resolution: Resolution, reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer:
    """What is told of a medicine; further names and amounts are not passed over in silence."""
    answer = answer_medicine(resolution, reading, known, context, lang)
    others = {one.resolution.query for one in reading.mentions[1:]} - {resolution.query}
    more = [phrase("assistant.medicine.one_at_a_time", lang, name=name) for name in sorted(others)]
    if any(one.role in _OF_A_BILL for one in reading.amounts):
        more.append(phrase("assistant.medicine.bill_too", lang))
    return replace(answer, lines=(*answer.lines, *more, *not_used(reading, lang)))


def _needs_bills(lang: Lang) -> Answer:
    lines = (phrase("assistant.explain.need_bills", lang), phrase("assistant.explain.usual", lang))
    return Answer("ask", lines, missing=("bills",), lang=lang)


def _nothing_understood(lang: Lang) -> Answer:
    keys = ("head", "example_cost", "example_medicine", "example_place", "person")
    lines = tuple(phrase(f"assistant.nothing.{key}", lang) for key in keys)
    return Answer("nothing_found", lines, lang=lang)
