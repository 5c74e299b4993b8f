"""Why a medicine is not paid: the reason, what it costs, what is in the catalogue, what may help.

Where the medicine is covered after all, that is said first: the question may rest on a condition
that was not met, and then the condition is the answer.
"""

from dataclasses import replace

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.known import Known
from askdoc.assistant.answers.medicine import answer_medicine
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.medicines import Resolution
from askdoc.wording import Lang, phrase


def answer_not_covered(
    resolution: Resolution, reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer:
    """The reasons and ways on for a medicine that somebody had to pay in full."""
    asking = replace(reading, asks={**reading.asks, "alternatives": 1})
    found = answer_medicine(resolution, asking, known, context, lang)
    if found.kind != "answer":
        return found
    lines = list(found.lines)
    if found.outcome == "covered":
        lines.append(phrase("assistant.not_covered.listed", lang))
    elif found.outcome == "conditional":
        lines.append(phrase("assistant.not_covered.condition", lang))
    elif found.outcome == "not_covered":
        lines.append(phrase("assistant.not_covered.layers", lang))
        lines.append(phrase("assistant.not_covered.consent", lang))
    return replace(found, lines=tuple(dict.fromkeys(lines)))
