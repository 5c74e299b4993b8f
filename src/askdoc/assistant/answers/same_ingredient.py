"""Whether two named medicines are the same ingredient."""

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.medicine import one_line, unresolved
from askdoc.assistant.context import Context
from askdoc.medicines import Resolution, compare_ingredients
from askdoc.wording import Lang, phrase


def answer_same(first: Resolution, second: Resolution, context: Context, lang: Lang) -> Answer:
    """Whether two named medicines are the same ingredient."""
    for resolution in (first, second):
        if resolution.kind == "none":
            return unresolved(resolution, lang)
    compared = compare_ingredients(first.medicines[0], second.medicines[0])
    # Every row behind a name must agree, or nothing is said.
    for one in first.medicines:
        for other in second.medicines:
            if compare_ingredients(one, other).relation != compared.relation:
                return unresolved(first if first.kind == "several" else second, lang)
    return Answer(
        kind="answer",
        lines=(
            phrase(
                compared.phrase_key,
                lang,
                one=first.query,
                other=second.query,
                ingredients=phrase("medicines.list_mark", lang).join(compared.in_common),
            ),
            *(one_line(row, lang) for row in (first.medicines[0], second.medicines[0])),
            phrase("medicines.same_ingredient.ask_before_both", lang),
        ),
        medicines=(first.medicines[0].name, second.medicines[0].name),
        outcome=None,
        sources=tuple(
            dict.fromkeys(
                telling.source(one.source, one.confidence, context.book, lang)
                for one in (first.medicines[0], second.medicines[0])
            )
        ),
        lang=lang,
    )
