"""How results are told: amounts, shares, facts, steps and sources as plain words.

Only this file turns a figure into text; whoever needs one says which figure, never types it.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from askdoc.assistant.answer import Cited
from askdoc.benefits.result import Step
from askdoc.medicines.conditions import Conditions
from askdoc.policy import ASSUMPTION, Book, Confidence, Content, ScaleBand, Value, lowest
from askdoc.wording import Lang, phrase
from askdoc.wording.phrases import has_phrase

_PLAIN_FIELDS = ("shares", "share", "level", "lost")


def yuan(amount: Decimal, lang: Lang) -> str:
    """An amount with two decimals and its unit."""
    return phrase("assistant.yuan", lang, amount=f"{amount:.2f}")


def percent(share: Decimal) -> str:
    """A share as per cent, without needless zeros."""
    return f"{(share * 100).normalize():f}%"


def content(found: Content | None, unit: str, lang: Lang) -> str:
    """The content of a policy value in words."""
    if isinstance(found, bool):
        return phrase("assistant.yes" if found else "assistant.no", lang)
    if unit == "yuan" and isinstance(found, Decimal):
        return yuan(found, lang)
    if unit in ("share", "points") and isinstance(found, Decimal):
        return percent(found)
    if isinstance(found, tuple):
        return phrase("assistant.comma", lang).join(
            _band(one, lang) if isinstance(one, ScaleBand) else str(one) for one in found
        )
    return str(found)


def _band(band: ScaleBand, lang: Lang) -> str:
    if band.up_to is None:
        return phrase("assistant.band_open", lang, share=percent(band.share))
    return phrase("assistant.band", lang, up_to=yuan(band.up_to, lang), share=percent(band.share))


def fact(name: str, said: object, lang: Lang, book: Book | None = None) -> str:
    """A fact as people say it."""
    text = str(said).lower() if isinstance(said, bool) else str(said)
    if name in ("region", "place") and book is not None and text in book.regions:
        return book.regions[text].name[lang]
    if has_phrase(f"benefits.member.{name}.{text}", lang):
        return phrase(f"benefits.member.{name}.{text}", lang)
    if has_phrase(f"assistant.shown.{name}", lang):
        return phrase(f"assistant.shown.{name}", lang, said=text)
    return text


def condition(name: str, said: str, lang: Lang) -> str:
    """A condition of a value as people read it; a band of numbers by its ends."""
    low, dots, high = said.partition("..")
    if not dots:
        return fact(name, said, lang)
    kind = "between" if low and high else "from" if low else "to"
    return phrase(f"assistant.band_of.{name}.{kind}", lang, low=low, high=high)


def missing(name: str, lang: Lang, book: Book) -> str:
    """A missing fact or policy value as people say it."""
    kind, _, parameter = name.partition(":")
    if parameter in book.parameters:
        return book.parameters[parameter].description[lang]
    return phrase(f"benefits.fact.{kind}", lang)


def step(one: Step, lang: Lang) -> str:
    """What a step did, in words, without its figure."""
    fields: dict[str, str] = {}
    for name, said in one.fields.items():
        if isinstance(said, tuple):
            shares = [percent(share) for share in said if isinstance(share, Decimal)]
            fields[name] = phrase("assistant.comma", lang).join(shares) or "0%"
        elif isinstance(said, Decimal):
            fields[name] = percent(said) if name in _PLAIN_FIELDS else yuan(said, lang)
    name = "layer" if "layer" in one.fields else one.name
    return phrase(f"benefits.step.{name}", lang, **fields)


def step_line(one: Step, lang: Lang) -> str:
    """What a step did, with its figure, as a line of a list."""
    return f"· {step(one, lang)}{phrase('assistant.colon', lang)}{yuan(one.figure, lang)}"


def assumption(name: str, lang: Lang) -> str:
    """What a sum took for granted."""
    return phrase(f"benefits.assumption.{name}", lang)


def diseases(said: Iterable[str], table: Conditions, lang: Lang) -> list[str]:
    """Diagnoses by their names, those that no list holds in the person's own words."""
    found = [(one, table.recognise(one)) for one in said]
    return [table.by_id[known].name[lang] if known else one for one, known in found]


def cited(values: Iterable[Value], book: Book, lang: Lang) -> tuple[Cited, ...]:
    """The documents of the values that a result rests on, each once, and what each says."""
    found: dict[tuple[str, str | None, date | None], list[Value]] = {}
    for value in values:
        if value.standing != "not_recorded" and value.source != ASSUMPTION:
            article = value.article[lang] if value.article else None
            found.setdefault((value.source, article, value.begins), []).append(value)
    return tuple(
        Cited(
            id=name,
            title=book.sources[name].named(lang),
            article=article,
            begins=begins,
            begins_unknown=any(value.begins_unknown for value in group),
            confidence=lowest(value.confidence for value in group),
            supports=tuple(
                dict.fromkeys(book.parameters[value.parameter].description[lang] for value in group)
            ),
        )
        for (name, article, begins), group in found.items()
    )


def source(
    id: str,
    confidence: Confidence,
    book: Book,
    lang: Lang,
    article: str | None = None,
    begins: date | None = None,
) -> Cited:
    """One document as it is cited; an imported list that is not registered goes by its id."""
    title = book.sources[id].named(lang) if id in book.sources else id
    return Cited(id, title, article, begins, False, confidence)


def source_line(one: Cited, lang: Lang) -> str:
    """A cited document as one line: title, article, since when, how sure."""
    parts = [one.title]
    if one.article:
        parts.append(one.article)
    if one.begins_unknown:
        parts.append(phrase("assistant.begins_unknown", lang))
    elif one.begins:
        parts.append(phrase("assistant.begins", lang, day=one.begins.isoformat()))
    parts.append(phrase(f"benefits.confidence.{one.confidence}", lang))
    told = phrase("assistant.comma", lang).join(parts)
    if not one.supports:
        return told
    what = phrase("assistant.comma", lang).join(one.supports)
    return phrase("assistant.supports", lang, source=told, what=what)


def shown_steps(steps: Iterable[Step]) -> list[Step]:
    """The steps worth showing: the running sums and whatever moved an amount."""
    always = ("total", "eligible", "deductible", "base", "fund_pays")
    return [one for one in steps if one.figure or one.name in always]
