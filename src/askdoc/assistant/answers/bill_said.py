"""The bill in a question: its items, or why no bill can be made of what was said.

A medicine that is named beside the whole amount gives the bill its class and payment scope;
what nobody gave a class counts as class A, and the answer says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from askdoc.assistant.answer import Answer, Choice, Cited
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.known import Known
from askdoc.assistant.answers.medicine import described, unresolved
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.lexicon import BILL_ROLES
from askdoc.benefits import Case, Item, ItemClass
from askdoc.benefits.medicine_items import look_up_items
from askdoc.medicines import Resolution, resolve
from askdoc.policy import Policy
from askdoc.wording import Lang, phrase

CLASS_ROLES: Mapping[str, ItemClass] = {
    "class_a": "A",
    "class_b": "B",
    "negotiated": "negotiated",
    "off_catalogue": "off_catalogue",
}


@dataclass(frozen=True, slots=True)
class BillSaid:
    """Items in yuan, what they took for granted, and lines and sources on a named medicine."""

    items: tuple[Item, ...] = ()
    taken: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    medicines: tuple[str, ...] = ()


def bill_said(reading: Reading, known: Known, context: Context, lang: Lang) -> BillSaid | Answer:
    """The bill that a question speaks of, or the answer that asks for what is unclear."""
    if reading.unrecorded is not None and "region" not in known:
        return unrecorded_home(reading.unrecorded, lang)
    twice = reading.twice()
    if twice:
        words = phrase("assistant.or", lang).join(one.words for one in twice)
        return _ask_amount([phrase("assistant.said_twice", lang, words=words)], lang)
    total = reading.amount("total")
    if total is not None and not any(reading.amount(role) for role in CLASS_ROLES):
        named = _named_medicine(reading, known, context)
        if isinstance(named, Resolution):
            return _of_medicine(named, total, reading, known, context, lang)
        if named > 1:
            return _ask_amount([phrase("assistant.ask.amount_each", lang)], lang)
    billed = _by_class(reading, total, lang)
    if isinstance(billed, Answer) or not reading.living or not reading.amount("off_catalogue"):
        return billed
    return _with_living(billed, known, context, lang)


def _with_living(billed: BillSaid, known: Known, context: Context, lang: Lang) -> BillSaid | Answer:
    """A bill with services of living in it, which are the person's own by a rule that is shown.

    Where a province pays a share of them, the bill is asked for without them.
    """
    if "region" not in known:
        return billed
    policy = Policy(context.book, context.today, str(known["region"].value))
    rule = policy.find("living_services.fund_share", {})
    if rule.content != 0:
        return _ask_amount([phrase("assistant.ask.without_living", lang)], lang)
    sources = telling.cited([rule], context.book, lang)
    return replace(billed, taken=("living_services", *billed.taken), sources=sources)


def unrecorded_home(place: str, lang: Lang) -> Answer:
    """The rules of where the person is insured are not recorded."""
    line = phrase("assistant.unrecorded_home", lang, place=place)
    return Answer("nothing_found", (line,), outcome="indeterminate", lang=lang)


def not_used(reading: Reading, lang: Lang) -> list[str]:
    """What was said in figures and is not part of the sum, and what is only about so much."""
    comma = phrase("assistant.comma", lang)
    known = [
        phrase(f"assistant.role.{one.role}", lang, amount=telling.yuan(one.amount, lang))
        for one in reading.amounts
        if one.role is not None and one.role not in BILL_ROLES
    ]
    loose = [one.words for one in reading.amounts if one.role is None] + list(reading.unread)
    about = [one.words for one in reading.amounts if one.approximate]
    lines = [phrase("assistant.set_aside", lang, amounts=comma.join(known))] if known else []
    lines += [phrase("assistant.unread", lang, words=comma.join(loose))] if loose else []
    return lines + (
        [phrase("assistant.approximate", lang, words=comma.join(about))] if about else []
    )


def with_medicines(case: Case, context: Context) -> tuple[Case, tuple[str, ...]]:
    """The case with its medicines looked up on its day, and what that took for granted."""
    if not any(item.medicine for item in case.items):
        return case, ()
    return look_up_items(case, context.catalogue)


def _ask_amount(lines: list[str], lang: Lang) -> Answer:
    return Answer("ask", tuple(lines), missing=("amount",), lang=lang)


def _named_medicine(reading: Reading, known: Known, context: Context) -> Resolution | int:
    """The one medicine that the bill is for, else how many are named."""
    if "medicine" in known:
        return resolve(str(known["medicine"].value), context.on_day)
    names = {mention.resolution.query: mention.resolution for mention in reading.mentions}
    return next(iter(names.values())) if len(names) == 1 else len(names)


def _of_medicine(
    named: Resolution,
    total: Decimal,
    reading: Reading,
    known: Known,
    context: Context,
    lang: Lang,
) -> BillSaid | Answer:
    if named.kind == "none":
        return unresolved(named, lang)
    if named.kind == "several":
        names = [medicine.name for medicine in named.medicines]
        return Answer(
            "ask",
            (phrase("assistant.ask.which_form", lang),),
            missing=("form",),
            choices=tuple(Choice(name, {"medicine": name}) for name in names),
            lang=lang,
        )
    lines, sources = described(named.medicines[0], reading, known, context, lang)
    over = reading.amount("over_standard") or Decimal(0)
    item = Item(medicine=named.query, amount=total, over_standard=over)
    row = named.medicines[0].name
    return BillSaid((item,), ("only_this_medicine",), lines, sources, (row,))


def _by_class(reading: Reading, total: Decimal | None, lang: Lang) -> BillSaid | Answer:
    over = reading.amount("over_standard") or Decimal(0)
    # A share that was said belongs to the dearer kind of medicine on the bill.
    shared = "negotiated" if reading.amount("negotiated") is not None else "class_b"
    bears_over = _bears_over(reading)
    items = [
        Item(
            item_class=CLASS_ROLES[role],
            amount=amount,
            first_pay_share=share or (reading.first_pay_share if role == shared else None),
            over_standard=over if role == bears_over else Decimal(0),
        )
        for role in CLASS_ROLES
        for amount, share in _of_class(reading, role)
    ]
    unmet = reading.amount("scope_not_met")
    if unmet is not None:
        items.append(Item(item_class="B", amount=unmet, scope_met=False))
    rest = Decimal(0) if total is None else total - sum((one.total for one in items), Decimal(0))
    if rest < 0:
        return _ask_amount([phrase("assistant.parts_exceed", lang)], lang)
    if rest:
        rest_over = over if bears_over is None else Decimal(0)
        items.insert(0, Item(item_class="A", amount=rest, over_standard=rest_over))
    if over > sum((one.total for one in items if one.over_standard), Decimal(0)):
        return _ask_amount([phrase("assistant.parts_exceed", lang)], lang)
    in_scope = any(one.item_class != "off_catalogue" for one in items)
    unsaid = bool(rest) and not reading.rest_class_a
    taken = (*(("rest_class_a",) if unsaid else ()), *(("scope_taken_as_met",) if in_scope else ()))
    return BillSaid(tuple(items), taken)


def _of_class(reading: Reading, role: str) -> list[tuple[Decimal, Decimal | None]]:
    """What a class comes to; in pieces where they have shares of their own."""
    pieces = [one for one in reading.amounts if one.role == role]
    if len(pieces) > 1 and any(one.first_pay is not None for one in pieces):
        return [(one.amount, one.first_pay) for one in pieces]
    total = reading.amount(role)
    return [] if total is None else [(total, pieces[0].first_pay)]


def _bears_over(reading: Reading) -> str | None:
    """The dearest class in scope with an amount, which an excess that was said is part of.

    None where the bill is one sum without classes in scope.
    """
    dearest_first = ("negotiated", "class_b", "class_a")
    return next((role for role in dearest_first if reading.amount(role) is not None), None)


def without_amount(reading: Reading, lang: Lang) -> Answer:
    """A question for the amount of the bill, with what was said in figures so far."""
    return _ask_amount([*not_used(reading, lang), phrase("assistant.ask.amount", lang)], lang)
