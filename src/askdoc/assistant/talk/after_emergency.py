"""Whether an emergency of this conversation is told to be in good hands: 救护车接走了，人醒了.

What a reader would not guess: only what the second opinion alone takes for urgent is set aside so,
and only right after an emergency; a red flag that is named again is one again.
"""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.planning.choosing import is_asking, sure_frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import refers_back
from askdoc.assistant.talk.going_on import is_all_told
from askdoc.assistant.triage.alarms import SOUNDS_URGENT, Alarm, advice
from askdoc.wording import Lang

_ANY = Alarm("emergency", SOUNDS_URGENT, "", 0, 0)
_IN_GOOD_HANDS = re.compile(
    r"(?:救护车|120|急救)[^，。；没未不]{0,6}(?:来|到|接|拉|送|走)"
    r"|(?:送|拉|抬|接)(?:到|去|进|上)?[^，。；没未不]{0,6}(?:医院|急诊|抢救室|走了|救护车)"
    r"|(?:醒|缓|清醒|苏醒|抢救|救)(?:过来)?了|(?:没|冇)(?:啥|什么)?(?:事|大碍|危险)(?:了|喇)"
    r"|脱离(?:了)?危险|稳定(?:下来)?了|好(?:多|些|点)了|(?:医生|大夫)(?:已经)?(?:在|来|接手)(?:看|管|了)"
    r"|\bambulance (?:has |have |just )?(?:taken|took|came|come|arrived|left|here)\b"
    r"|\b(?:woke up|awake|conscious|stable|ok(?:ay)?|fine|better|safe) (?:again|now)\b|\bwoke up\b"
)
_NOT_YET = re.compile(
    r"(?:还|仍|一直|依旧)(?:是)?(?:没|不|未|冇)|又[^，。]{0,4}(?:晕|昏|倒|抽|吐|疼|痛|喘)|没(?:来|到|醒|接)"
    r"|越来越|更(?:重|厉害|疼|喘)|\b(?:not yet|still|again (?:fainted|passed out)|worse)\b"
)
# What is still wrong with somebody, or wrong with somebody else now.
_AILS = re.compile(
    r"胸|喘|气|疼|痛|血|晕|吐|抽|麻|歪|烧|死|喝|吞"
    r"|\b(?:chest|breath|pain|blood|bleed|faint|vomit|numb|fever|die|swallow)"
)


def only_calms(now: Reading, said: str, dialogue: Dialogue) -> bool:
    """Whether right after an emergency a message only tells that somebody is cared for."""
    asks = now.amounts or now.mentions or "tier" in now.facts or is_asking(now.text)
    calm = _was_emergency(dialogue) and _IN_GOOD_HANDS.search(said.lower())
    return bool(calm) and not asks


def goes_on_urgently(said: str, dialogue: Dialogue) -> bool:
    """Whether right after the advice of an emergency nothing is better yet: 人还是没醒."""
    return _was_emergency(dialogue) and bool(_NOT_YET.search(said.lower()))


def _was_emergency(dialogue: Dialogue) -> bool:
    """Whether the last answer was the advice of an emergency, which ends as all of them do."""
    told = dialogue.told
    langs: tuple[Lang, ...] = ("zh", "en")
    return told is not None and any(advice(_ANY, lang)[-1] in told.lines for lang in langs)


def with_interrupted(now: Reading, dialogue: Dialogue, context: Context) -> Dialogue:
    """The state with the question that an emergency interrupted as the one under way, where a
    message right behind the advice goes on from it: 要是二级医院呢.
    """
    if dialogue.set_aside is None or not _was_emergency(dialogue):
        return dialogue
    if not refers_back(now) or now.mentions or now.persons or is_all_told(now):
        return dialogue
    reading = context.read(dialogue.set_aside)
    frame = sure_frame(reading, context.frames)
    if frame is None:
        return dialogue
    return replace(dialogue.opened(Opened(frame.id, reading)), set_aside=None)


def is_in_good_hands(alarm: Alarm, said: str, dialogue: Dialogue) -> bool:
    """Whether a message that only sounds urgent tells that the emergency before it is cared for."""
    if alarm.flag != SOUNDS_URGENT or not _was_emergency(dialogue):
        return False
    ails = _NOT_YET.search(said.lower()) or _AILS.search(said.lower())
    return bool(_IN_GOOD_HANDS.search(said.lower())) and not ails
