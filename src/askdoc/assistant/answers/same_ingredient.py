"""Whether two named medicines are the same ingredient."""

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.medicine import one_line, unresolved
from askdoc.assistant.context import Context
from askdoc.medicines import Comparison, Resolution, compare_ingredients
from askdoc.wording import Lang, phrase

_TWO = 2


def apart(names: list[Resolution]) -> list[Resolution]:
    """The names to compare: of three or more, one for each medicine; of two, both.

    "Norvasc 络活喜 vs Lipitor 立普妥" says each medicine twice and asks about two.
    """
    if len(names) <= _TWO:
        return names
    by_rows: dict[tuple[str, ...], Resolution] = {}
    for one in names:
        by_rows.setdefault(tuple(row.id for row in one.medicines) or (one.query,), one)
    found = list(by_rows.values())
    return found if len(found) >= _TWO else names


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
            *_listed_apart(compared, first, second, lang),
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


def _listed_apart(
    compared: Comparison, first: Resolution, second: Resolution, lang: Lang
) -> tuple[str, ...]:
    """What is certain of two names that may be kin: the catalogue has a row for each."""
    apart = first.medicines[0].id != second.medicines[0].id
    if compared.relation != "unknown" or not apart:
        return ()
    return (phrase("medicines.same_ingredient.listed_apart", lang),)
