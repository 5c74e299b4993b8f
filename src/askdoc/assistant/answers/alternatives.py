"""In-catalogue alternatives of a medicine, each with its class and what a unit costs.

They are what the catalogue's editors wrote. A doctor decides; nothing here says "switch".
"""

from askdoc.assistant.answers import telling
from askdoc.assistant.answers.known import Known
from askdoc.assistant.context import Context
from askdoc.medicines import Alternative, Decision, Medicine, find_alternatives
from askdoc.policy import Policy, Value
from askdoc.wording import Lang, phrase


def alternatives(
    medicine: Medicine, decision: Decision, asked: bool, known: Known, context: Context, lang: Lang
) -> list[str]:
    """The alternatives as lines: where they were asked for, or the medicine is not covered."""
    if decision.outcome == "covered" and not asked:
        return []
    found = find_alternatives(medicine, context.on_day)
    if not found:
        return [phrase("assistant.medicine.no_alternatives", lang)] if asked else []
    names = phrase("medicines.list_mark", lang).join(_shown(one, lang) for one in found)
    lines = [phrase("assistant.medicine.alternatives", lang, names=names)]
    lines += [
        phrase("assistant.medicine.alternative_cost", lang, name=row.name, details=details)
        for one in found
        for row in one.parts[0].medicines
        if len(one.parts) == 1 and (details := _details(row, known, context, lang))
    ]
    return [*lines, phrase("assistant.medicine.not_a_switch", lang)]


def _shown(one: Alternative, lang: Lang) -> str:
    classes = sorted({row.payment_class for part in one.parts for row in part.medicines})
    listed = "/".join(phrase(f"medicines.class.{name}", lang) for name in classes)
    if not one.is_recorded:
        return one.name
    return phrase("assistant.medicine.with_class", lang, name=one.name, class_=listed)


def _details(row: Medicine, known: Known, context: Context, lang: Lang) -> str:
    """The illustrative price of a unit and the first-pay share at home, as far as known."""
    told: list[str] = []
    if row.price is not None:
        amount = telling.yuan(row.price.amount, lang)
        told.append(phrase("assistant.medicine.unit_price", lang, amount=amount, per=row.price.per))
    value = first_pay_value(row, known, context)
    if value is not None and value.standing == "set":
        share = telling.content(value.content, "share", lang)
        told.append(phrase("assistant.medicine.pays_first", lang, share=share))
    elif row.payment_class == "A":
        told.append(phrase("assistant.medicine.pays_no_first", lang))
    return phrase("assistant.comma", lang).join(told)


def first_pay_value(medicine: Medicine, known: Known, context: Context) -> Value | None:
    """The local first-pay share; None for class A, or where home and scheme are not known."""
    if medicine.payment_class not in ("B", "negotiated"):
        return None
    if "region" not in known or "scheme" not in known:
        return None
    region, scheme = str(known["region"].value), str(known["scheme"].value)
    policy = Policy(context.book, context.today, region)
    if medicine.payment_class == "negotiated":
        own = policy.find(f"{scheme}.first_pay.negotiated", {})
        if own.source:
            return own
    return policy.find(f"{scheme}.first_pay.class_b", {})


def first_pay(medicine: Medicine, known: Known, context: Context, lang: Lang) -> list[str]:
    """What is paid first of a class B medicine where the person is insured, as a line."""
    value = first_pay_value(medicine, known, context)
    if value is None:
        return []
    if value.standing != "set":
        return [phrase("assistant.medicine.first_pay_unknown", lang)]
    return [
        phrase(
            "assistant.medicine.first_pay",
            lang,
            region=context.book.regions[str(known["region"].value)].name[lang],
            share=telling.content(value.content, "share", lang),
        )
    ]
