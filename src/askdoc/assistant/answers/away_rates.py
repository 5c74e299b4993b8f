"""The figures of home beside the rule of care away: 长期备案在外地住院，起付线和比例各多少."""

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.composing import together
from askdoc.assistant.answers.known import Known
from askdoc.assistant.answers.value import answer_value
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.wording import Lang


def with_home_rates(
    found: Answer, reading: Reading, known: Known, context: Context, lang: Lang
) -> Answer:
    """A rule of care away with the figures that were asked for, less what the filing takes off.

    Only where the setting and the filing are known: both change what is paid.
    """
    if not (reading.figures and {"place", "setting", "filed"} <= known.keys()):
        return found
    rates = answer_value(reading, known, context, lang)
    return together([found, rates], lang) if rates.kind == found.kind == "answer" else found
