"""Whether two named medicines are the same ingredient."""

import re

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.medicine import one_line, unresolved
from askdoc.assistant.context import Context
from askdoc.medicines import CatalogueOnDay, Comparison, Resolution, compare_ingredients, resolve
from askdoc.wording import Lang, phrase

_TWO = 2
# What the generic name is, or other brands of it, asked of one medicine.
_GENERIC = re.compile(
    r"通用名|学名|化学名|商品名|(?:别|其他|其它|另外)的?(?:牌子|厂家?)"
    r"|\b(?:generic|chemical|brand)\b|other brands"
)
# "And" in front of a name, also written with another letter that sounds like it.
_AND = "跟根和同与及"
_LEAST_LETTERS = 2


def apart(names: list[Resolution]) -> list[Resolution]:
    """The names to compare: of three or more, one for each medicine; of two, both.

    "Norvasc 络活喜 vs Lipitor 立普妥" says each medicine twice and asks about two.
    """
    if len(names) <= _TWO:
        return names
    by_rows: dict[tuple[str, ...], Resolution] = {}
    rows = [{row.id for row in one.medicines} for one in names]
    for one, own in zip(names, rows, strict=True):
        if any(other and other < own for other in rows):
            # A name without a form stands for what another one names exactly.
            continue
        by_rows.setdefault(tuple(row.id for row in one.medicines) or (one.query,), one)
    found = list(by_rows.values())
    return found if len(found) >= _TWO else names


def without_and(name: Resolution, on: CatalogueOnDay) -> Resolution:
    """A name of which the first letter joined it to the one before it: 立普妥根可定."""
    if name.kind != "none" or name.query[:1] not in _AND:
        return name
    found = resolve(name.query[1:], on)
    return name if found.kind == "none" else found


def asks_generic(text: str) -> bool:
    """Whether the generic name of a medicine, or other brands of it, are asked for."""
    return bool(_GENERIC.search(text.lower()))


def two_in_one(name: Resolution, on: CatalogueOnDay) -> list[Resolution]:
    """Two names that were written as one, or two forms of it; none where it is one medicine.

    诺和达诺和益 says two brands in one breath, 络活喜 氨氯地平 a brand and what it is.
    """
    said = name.query
    for at in range(len(said) - _LEAST_LETTERS, _LEAST_LETTERS - 1, -1):
        pair = [resolve(part.strip().lstrip(_AND), on) for part in (said[:at], said[at:])]
        if all(one.kind != "none" for one in pair):
            return pair
    if name.kind == "several":
        return [resolve(row.name, on) for row in name.medicines[:_TWO]]
    return []


def answer_generic(name: Resolution, context: Context, lang: Lang) -> Answer:
    """The generic name of one medicine, which every brand of the same ingredient carries."""
    row = name.medicines[0]
    mark = phrase("medicines.list_mark", lang)
    generic = row.name if lang == "zh" or not row.english else f"{row.english} ({row.name})"
    return Answer(
        kind="answer",
        lines=(
            phrase(
                "medicines.same_ingredient.generic",
                lang,
                said=name.query,
                name=generic,
                ingredients=mark.join(row.ingredients) or generic,
            ),
            phrase("medicines.same_ingredient.other_brands", lang),
            phrase("medicines.same_ingredient.ask_before_both", lang),
        ),
        medicines=(row.name,),
        sources=(telling.source(row.source, row.confidence, context.book, lang),),
        lang=lang,
    )


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
