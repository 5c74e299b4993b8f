"""Sums that were made before, told once more: one beside the other, or added up."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.composing import together
from askdoc.wording import Lang, phrase

_ADDED = ("total", "fund_pays", "paid_for", "person_pays")


def bills_together(answers: Sequence[Answer], added: bool, lang: Lang) -> Answer:
    """One answer of several sums, with what tells them apart; `added` with the sum of all."""
    whole = together(list(answers), lang)
    if any(one.kind != "answer" or not one.figures for one in answers):
        return whole
    told = [
        phrase(
            "assistant.bills_together.one",
            lang,
            number=str(number),
            what=_apart(one, answers, lang),
            told=" ".join(one.brief),
        )
        for number, one in enumerate(answers, start=1)
    ]
    figures = {f"person_pays:{n}": one.figures["person_pays"] for n, one in enumerate(answers, 1)}
    if added:
        sums = {name: sum(Decimal(one.figures[name]) for one in answers) for name in _ADDED}
        figures = {name: f"{amount:.2f}" for name, amount in sums.items()}
        shown = {name: telling.yuan(Decimal(amount), lang) for name, amount in sums.items()}
        told.append(phrase("assistant.bills_together.added", lang, **shown))
        told.append(phrase("assistant.bills_together.apart", lang))
    heads = {line for one in answers for line in (*one.lines[:2], *one.brief)}
    notes = [line for line in whole.lines if line not in heads]
    return replace(whole, lines=(*told, *notes), brief=tuple(told), figures=figures, steps=())


def _apart(one: Answer, answers: Sequence[Answer], lang: Lang) -> str:
    """The facts of a sum that not all of them rest on, and its whole where they differ."""
    of_all = set.intersection(*({(f.fact, f.value) for f in other.understood} for other in answers))
    shown = [fact.shown for fact in one.understood if (fact.fact, fact.value) not in of_all]
    if len({fact.subject for other in answers for fact in other.understood}) > 1:
        subject = one.understood[0].subject
        shown = [phrase(f"assistant.who.{subject}", lang), *shown]
    if not shown or len({other.figures["total"] for other in answers}) > 1:
        total = telling.yuan(Decimal(one.figures["total"]), lang)
        shown.append(phrase("assistant.role.total", lang, amount=total))
    return phrase("assistant.dot", lang).join(shown)
