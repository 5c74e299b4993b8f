"""The other forms of a medicine's ingredient, each with its class: 同成分还有别的剂型吗."""

import re
from dataclasses import replace

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.medicine import one_line
from askdoc.assistant.context import Context
from askdoc.medicines import Medicine
from askdoc.medicines.other_form import same_in_other_forms
from askdoc.wording import Lang, phrase

_ASKED = re.compile(
    r"(?:别|其他|其它|另外|另一种?|另|不同|换|几种|哪些|哪几种|什么|啥)的?[^，。；,;]{0,3}(?:剂型|片型)"
    r"|普通的?(?:剂型|片|胶囊)|常释|速释"
    r"|\b(?:other|another|different|ordinary|plain|regular|immediate[- ]release)"
    r"(?: dosage)? (?:forms?|tablets?|versions?)\b|\bdosage forms\b"
)


def asks_other_forms(text: str) -> bool:
    """Whether a question asks for other forms of the medicine that it names."""
    return bool(_ASKED.search(text.lower()))


def with_other_forms(
    answer: Answer, medicines: tuple[Medicine, ...], context: Context, lang: Lang
) -> Answer:
    """The answer about a medicine with the other forms that the catalogue lists."""
    others = same_in_other_forms(medicines, context.on_day)
    key = "other_forms" if others else "no_other_forms"
    told = (phrase(f"assistant.medicine.{key}", lang), *(one_line(one, lang) for one in others))
    sources = (telling.source(one.source, one.confidence, context.book, lang) for one in others)
    return replace(
        answer,
        lines=(*answer.lines[:1], *told, *answer.lines[1:]),
        brief=(*answer.brief, *told),
        sources=tuple(dict.fromkeys((*answer.sources, *sources))),
    )
