"""One medicine as a doctor looks it up: class, restriction, share here, alternatives with cost.

The same decision and the same values as in an answer in words; here each has a place of its own,
so that a page can lay it out and a record can be copied.
"""

from typing import Any

from askdoc.assistant.answers import telling
from askdoc.assistant.answers.alternatives import first_pay_value
from askdoc.assistant.answers.cover import scope_facts
from askdoc.assistant.answers.known import Known, known_facts
from askdoc.assistant.as_plain import plain
from askdoc.assistant.context import Context
from askdoc.medicines import Medicine, decide, find_alternatives, requirement_words
from askdoc.wording import Lang, phrase


def medicine_card(medicine: Medicine, context: Context, lang: Lang) -> dict[str, Any]:
    """Everything that is recorded of a medicine for the place, scheme and day of the context."""
    known = known_facts(context.read(""), context)
    decision = decide(medicine, scope_facts(known, frozenset()), context.today, context.on_day)
    edition = context.catalogue.edition(medicine.edition)
    card = {
        **_row(medicine, known, context, lang),
        "brands": medicine.brands,
        "english": medicine.english,
        "codes": medicine.codes,
        "outcome": decision.outcome,
        "verdict": phrase(f"benefits.outcome.{decision.outcome}", lang),
        "reasons": [one.sentence(lang) for one in decision.reasons],
        "missing": decision.missing,
        "restriction": medicine.restriction.text[lang] if medicine.restriction else None,
        "settings": _settings(medicine, lang),
        "scope_recorded": medicine.scope_recorded,
        "agreement": plain(medicine.agreement),
        "standards": [plain(one) for one in _standards(medicine)],
        "bulk_purchased": medicine.bulk_purchased,
        "long_prescription": medicine.long_prescription,
        "alternatives": _alternatives(medicine, known, context, lang),
        "note": medicine.note[lang] if medicine.note else None,
        "edition": edition.name[lang] if edition else medicine.edition,
        "day": context.today,
    }
    found: dict[str, Any] = plain(card)
    return found | {"sentence": _sentence(found, lang)}


def _row(medicine: Medicine, known: Known, context: Context, lang: Lang) -> dict[str, Any]:
    """What a list of medicines tells of one."""
    value = first_pay_value(medicine, known, context)
    share = value.content if value is not None and value.standing == "set" else None
    price = medicine.price
    return {
        "id": medicine.id,
        "name": medicine.name,
        "form": medicine.form,
        "class": medicine.payment_class,
        "class_shown": phrase(f"medicines.class.{medicine.payment_class}", lang),
        "price": plain(price.amount) if price else None,
        "per": price.per if price else None,
        "first_pay_share": plain(share),
        "first_pay_shown": _first_pay(medicine, plain(share), share, lang),
        "confidence": medicine.confidence,
        "source": telling.source(medicine.source, medicine.confidence, context.book, lang).title,
    }


def _first_pay(medicine: Medicine, known: Any, share: Any, lang: Lang) -> str:
    if medicine.payment_class == "A":
        return phrase("pages.card.pays_no_first", lang)
    if medicine.payment_class == "off_catalogue":
        return phrase("pages.card.pays_all", lang)
    if known is None:
        return phrase("pages.card.first_pay_unknown", lang)
    shown = telling.content(share, "share", lang)
    return phrase("pages.card.pays_first", lang, share=shown)


def _settings(medicine: Medicine, lang: Lang) -> list[list[str]]:
    """The ways to meet the payment scope; within one all must hold."""
    if medicine.restriction is None:
        return []
    return [
        [requirement_words(one, lang) for one in setting]
        for setting in medicine.restriction.settings
    ]


def _standards(medicine: Medicine) -> list[Any]:
    standard = medicine.payment_standard
    return list(standard.amounts) if standard is not None else []


def _alternatives(
    medicine: Medicine, known: Known, context: Context, lang: Lang
) -> list[dict[str, Any]]:
    """Alternatives as the catalogue's editors wrote them; a name without a row stays a name."""
    return [
        {
            "name": one.name,
            "rows": [
                _row(row, known, context, lang) for part in one.parts for row in part.medicines
            ],
        }
        for one in find_alternatives(medicine, context.on_day)
    ]


def _sentence(card: dict[str, Any], lang: Lang) -> str:
    """One sentence for the record, to be copied."""
    limit = card["restriction"]
    key = "sentence_limited" if limit else "sentence"
    return phrase(
        f"pages.card.{key}",
        lang,
        name=card["name"],
        class_=card["class_shown"],
        limit=limit or "",
        pay=card["first_pay_shown"],
        edition=card["edition"],
        day=card["day"],
    )
