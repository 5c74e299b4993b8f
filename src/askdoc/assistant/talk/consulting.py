"""Where an outside model takes part in a turn: choosing where words leave it open, and leading in.

Without one, or without a person's consent, nothing here runs and the turn is the planner's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from askdoc.assistant.answer import Answer
from askdoc.assistant.context import Context
from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.planning.frame import NO_TOOL, Frame
from askdoc.assistant.planning.loop import Called, Plan
from askdoc.assistant.proposal import Deed, deed_lines
from askdoc.assistant.reading.facts import Reading
from askdoc.wording import Lang

if TYPE_CHECKING:
    from askdoc.assistant.outside.leading_in import Phrased

# What a model leads in: results; a question back, a refusal or an emergency is said as it is.
_LED_IN = ("answer",)
# Sentences offered where an answer has none that say the essential.
_FIRST_LINES = 4


def chosen_outside(
    said: str, plans: dict[str, tuple[Frame, Plan]], context: Context, lang: Lang
) -> tuple[list[tuple[Frame, Called]], tuple[Called, ...]]:
    """What the model had called, with the frame of each; and the calls that were refused."""
    if context.outside is None:
        return [], ()
    from askdoc.assistant.outside.outside_model import choose_tools

    offered = {tool: plan for tool, (_, plan) in plans.items()}
    called = choose_tools(context.outside, said, offered, lang, context.earlier())
    refused = tuple(one for one in called if one.answer is None)
    return [(plans[one.tool][0], one) for one in called if one.answer is not None], refused


def with_tools(frames: Iterable[Frame]) -> list[Frame]:
    """One frame for every tool, the first that has it."""
    by_tool: dict[str, Frame] = {}
    for frame in frames:
        if frame.tool != NO_TOOL:
            by_tool.setdefault(frame.tool, frame)
    return list(by_tool.values())


def led_in(
    answer: Answer,
    now: Reading,
    called: Iterable[Called],
    context: Context,
    deeds: Iterable[Deed] = (),
) -> tuple[Answer, Phrased | None]:
    """The answer with the model's words before it, when they pass the guard."""
    if context.outside is None or answer.kind not in _LED_IN or answer.proposal is not None:
        return answer, None
    from askdoc.assistant.outside.citable import citable
    from askdoc.assistant.outside.leading_in import phrase_results

    essential = answer.brief or answer.lines[:_FIRST_LINES]
    answers = tuple(one.answer for one in called if one.answer is not None)
    evidence = Evidence(
        said=now,
        answers=answers,
        lines=essential,
        lang=answer.lang,
        read=context.read,
        receipts=tuple(line for one in deeds for line in deed_lines(one, answer.lang)),
        citable=citable(essential, answers, context.today),
    )
    phrased = phrase_results(context.outside, evidence, context.tell)
    if phrased.lines is None:
        return answer, phrased
    told = {essential[at] for at in phrased.used}
    rest = tuple(line for line in answer.lines if line not in told)
    return replace(answer, lines=(*phrased.lines, *rest)), phrased
