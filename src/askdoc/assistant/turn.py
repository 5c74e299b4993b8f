"""One turn: read the question, see what is asked, answer it with the tools.

A first, narrow cut: the question is matched to one of a few kinds by its words and by what
was found in it. What fits none is said not to be understood, with examples.
"""

import re

from askdoc.assistant.amounts import BILL_ROLES
from askdoc.assistant.answer import Answer
from askdoc.assistant.context import Context
from askdoc.assistant.cost_answer import answer_cost, answer_places
from askdoc.assistant.facts import Reading
from askdoc.assistant.known import Known, known_facts
from askdoc.assistant.medicine_answer import answer_medicine, answer_same
from askdoc.assistant.reader import read
from askdoc.assistant.value_answer import answer_value
from askdoc.medicines import resolve
from askdoc.wording import Lang, phrase

_NAME_BEFORE = re.compile(
    r"^(?:请问|你好|那个|这个|那|吃|用|is |are |does |what about )*(?P<name>.{2,30}?)"
    r"(?:这个药|这种药|药)?(?:是不是|在不在|在|能不能|能|可以|可不可以|报不报|属于|算|是"
    r"|进|有没有| in the| on the| covered| reimbursed| reimbursable)"
)


def take_turn(question: str, context: Context) -> Answer:
    """Answer one question in the language it was asked in."""
    reading = read(question, context.surroundings())
    lang: Lang = context.lang or reading.lang
    known = known_facts(reading, context)
    chosen = str(context.given["medicine"]) if "medicine" in context.given else None
    if chosen is not None:
        return answer_medicine(resolve(chosen, context.on_day), reading, known, context, lang)
    return _answer(reading, known, context, lang)


def _answer(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer:
    has_bill = any(
        one.role in BILL_ROLES and one.role != "deductible_used" for one in reading.amounts
    )
    asks = reading.asks
    if "same_ingredient" in asks and len(reading.mentions) > 1:
        first, second = (mention.resolution for mention in reading.mentions[:2])
        return answer_same(first, second, context, lang)
    if "explain" in asks and "compare_places" not in asks:
        return _needs_bills(lang)
    if "compare_places" in asks and not (reading.mentions and not has_bill):
        return answer_places(reading, known, context, lang)
    if has_bill and ("cost" in asks or not reading.mentions):
        return answer_cost(reading, known, context, lang)
    if reading.mentions:
        resolution = reading.mentions[0].resolution
        return answer_medicine(resolution, reading, known, context, lang)
    if "value" in asks and not reading.amounts:
        return answer_value(reading, known, context, lang)
    if "cost" in asks and known.keys() & {"tier", "setting"}:
        return answer_cost(reading, known, context, lang)
    if "same_ingredient" in asks:
        return Answer("ask", (phrase("assistant.medicine.needs_two", lang),), lang=lang)
    return _unknown_name(reading, known, context, lang) or _nothing_understood(lang)


def _unknown_name(reading: Reading, known: Known, context: Context, lang: Lang) -> Answer | None:
    """A question about a medicine whose name is not recorded."""
    if not reading.asks.keys() & {"medicine", "alternatives", "cost"}:
        return None
    found = _NAME_BEFORE.match(reading.text)
    if found is None:
        return None
    resolution = resolve(found["name"].strip(), context.on_day)
    return answer_medicine(resolution, reading, known, context, lang)


def _needs_bills(lang: Lang) -> Answer:
    lines = (phrase("assistant.explain.need_bills", lang), phrase("assistant.explain.usual", lang))
    return Answer("ask", lines, missing=("bills",), lang=lang)


def _nothing_understood(lang: Lang) -> Answer:
    keys = ("head", "example_cost", "example_medicine", "example_place", "person")
    lines = tuple(phrase(f"assistant.nothing.{key}", lang) for key in keys)
    return Answer("nothing_found", lines, lang=lang)
