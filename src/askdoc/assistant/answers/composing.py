"""Several results as one answer: what each says, one after the other, with all sources."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from askdoc.assistant.answer import Answer
from askdoc.policy import lowest
from askdoc.wording import Lang

Part = TypeVar("Part")
# A question back outranks an answer, and an answer outranks not knowing.
_KINDS = ("emergency", "decline", "ask", "answer", "handed_over", "nothing_found")


def together(answers: list[Answer], lang: Lang) -> Answer:
    """One answer from several; a question back comes last, so that it is the one answered."""
    if len(answers) == 1:
        return answers[0]
    asking = [one for one in answers if one.kind == "ask"][:1]
    ordered = [*(one for one in answers if one.kind != "ask"), *asking]
    outcomes = {one.outcome for one in ordered if one.outcome is not None}
    sure = [one.confidence for one in ordered if one.confidence is not None]
    figures = next((one for one in ordered if one.figures), ordered[0])
    last = ordered[-1]
    return replace(
        figures,
        kind=min((one.kind for one in ordered), key=_KINDS.index),
        lines=_each(line for one in ordered for line in one.lines),
        brief=_each(line for one in ordered for line in one.brief),
        outcome=outcomes.pop() if len(outcomes) == 1 else None,
        understood=_each(fact for one in ordered for fact in one.understood),
        sources=_each(cited for one in ordered for cited in one.sources),
        missing=_each(name for one in ordered for name in one.missing),
        choices=last.choices or _each(way for one in ordered for way in one.choices),
        confidence=lowest(sure) if sure else None,
        values=_each(value for one in ordered for value in one.values),
        passages=_each(told for one in ordered for told in one.passages),
        medicines=_each(name for one in ordered for name in one.medicines),
        lang=lang,
        proposal=last.proposal,
    )


def _each(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Every part once, in order; parts need not be hashable."""
    found: list[Part] = []
    for part in parts:
        if part not in found:
            found.append(part)
    return tuple(found)
