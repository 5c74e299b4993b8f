"""What sounds like a matter of care to triage and is none where the talk stands."""

import re

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.errands.errands import ERRANDS
from askdoc.assistant.planning.choosing import sure_frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.zeros import zeros_said
from askdoc.assistant.triage.alarms import Alarm

# Wishes for what only a doctor does, which an errand brings to one.
_A_DOCTOR_S = ("wants_diagnosis", "wants_prescription")
# Words without which nobody asks for either.
_OF_CARE = re.compile(
    r"药|吃|量|停|病|诊断|症|疼|痛|晕|化验|指标|检查|报告|治|开[点个些]|血|糖|压|片|粒|针"
    r"|\b(?:medic|pill|drug|dose|diagnos|prescri|symptom|pain|test|result|blood|sick|ill)"
)


def goes_on_with(alarm: Alarm, now: Reading, dialogue: Dialogue) -> bool:
    """Whether what sounds like a wish for a doctor tells more of the question under way alone,
    without a word of medicine or illness: 哦不是300，是200. A nought that was left out is no dose.
    """
    if alarm.kind != "emergency" and any(zeros_said(now.text.lower())) and not now.mentions:
        return True
    if alarm.kind == "wants_diagnosis" and now.purposes and _is_of_medicine(dialogue):
        # 没病，想补补身子 tells what the medicine would be for.
        return True
    tells = now.not_it or now.amounts or now.facts
    careless = alarm.kind in _A_DOCTOR_S and not _OF_CARE.search(now.text.lower())
    return dialogue.latest is not None and bool(tells) and careless


def _is_of_medicine(dialogue: Dialogue) -> bool:
    return dialogue.latest is not None and bool(dialogue.latest.reading.mentions)


def is_errand(alarm: Alarm, now: Reading, context: Context) -> bool:
    """Whether what sounds like a wish for a doctor's work asks for the way there: a slot, a refill.

    A booking needs no diagnosis, and a refill is read back as the doctor's to decide.
    """
    own = sure_frame(now, context.frames)
    return alarm.kind in _A_DOCTOR_S and own is not None and own.tool in ERRANDS


def compares(now: Reading) -> bool:
    """Whether two medicines are asked to be the same: 怕吃重了 is then only why."""
    return "same_ingredient" in now.asks and len(now.mentions) > 1
