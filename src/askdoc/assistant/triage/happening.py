"""Is a sighting an emergency that is happening, or is it past, supposed, denied, asked about?

Each question is asked of the clause first and then of what stands before it in the sentence.
What a reader would not guess: words of now beat nearly everything, because a missed emergency
is worse than a needless warning; a question about insurance needs them, or a person, to alarm.
"""

import re
from typing import Literal

from askdoc.assistant.triage.message import Message
from askdoc.assistant.triage.sightings import Sighting
from askdoc.language import Span

Speaker = Literal["resident", "doctor"]
Time = Literal["present", "past", "onset", "today"]

_TIMES: tuple[Time, ...] = ("present", "past", "onset", "today")
_DENIED = re.compile(
    r"(?:(?:并|也|都|还)?(?:没有?|无|未|不)(?:有|再|出现|什么|任何|明显|觉得|感到|感觉|啥|那么|怎么"
    r"|太|过)*"
    r"|否认(?:有)?|(?<!是)(?:不是|不系|并非)|(?<!会)不会|(?<!敢)不敢|(?<!想)不想"
    r"|\bno|\bnot|\bnobody|\bwithout|\bnever|n't(?: have| had| feel)?|\bdenies)"
    r"(?: any| a| an| having)? ?$"
)
_LIST_OF_DENIALS = re.compile(
    r"(?:没有|无|否认|不伴|\bno)([^,。!?;但]{1,14}?)(?:、|和|或|及|跟| or )?$"
)
_LOOK_BACK = 24
_LETTERS_BESIDE_A_NAME = 2
_LONG_REACH = 4


def happens(seen: Sighting, said: Message, speaker: Speaker) -> bool:
    """Whether the sighting calls for help now. In doubt it does."""
    if any(_is_denied(part, seen, said) for part in seen.parts):
        return False
    if speaker == "doctor" and _is_at_a_loss(seen, said):
        return True
    if speaker == "doctor" and not _concerns_doctor(seen, said):
        return False
    if seen.flag.crisis:
        return _is_crisis(seen, said)
    time = _time(seen, said)
    if _is_supposed(seen, said, time) or _is_told(seen, said, time):
        return False
    if time == "past" or _is_over(seen, said, time):
        return False
    if time is None and (_is_long_standing(seen, said) or _is_knowledge(seen, said)):
        return False
    if said.has("insurance", 0, len(said.text)):
        return not seen.flag.last and _happens_beside_insurance(seen, said, time)
    return seen.strength == "sign" or _strikes(seen, said, time)


def _is_denied(part: Span, seen: Sighting, said: Message) -> bool:
    """Whether a part is denied by what stands before it and is no part itself (can't talk)."""
    clause, _ = said.clause(*part)
    start = max(clause, part[0] - _LOOK_BACK, *(end for _, end in seen.parts if end <= part[0]), 0)
    before = said.text[start : part[0]]
    if _DENIED.search(before):
        return True
    listed = _LIST_OF_DENIALS.search(before)
    if listed is None:
        return False
    begins, ends = start + listed.start(1), start + listed.end(1)
    # Without a conjunction only 没有头痛胸闷 goes on: two letters, the last a symptom.
    is_joined = listed.end(1) < len(before)
    return said.has("symptom", begins if is_joined else ends - 1, ends) and (
        is_joined or ends - begins <= 3
    )


def _time(seen: Sighting, said: Message) -> Time | None:
    """When it happens, as the clause says or the nearest words before it in the sentence."""
    start, end = said.clause(seen.start, seen.end)
    if _happened_again(seen, said):
        return "present"
    if said.has("past", start, end) and _returned(said, start, end):
        return "today"
    for time in _TIMES:
        if said.has(time, start, end):
            return time
    begins, _ = said.sentence(seen.start, seen.end)
    nearest: tuple[int, Time] | None = None
    for time in _TIMES:
        last = said.last(time, begins, start)
        if last and (nearest is None or last[1] > nearest[0]):
            nearest = (last[1], time)
    if nearest is None:
        is_past = seen.strength == "name" and said.has("past", 0, len(said.text))
        return "past" if is_past else None
    earlier = said.clause(nearest[0] - 1, nearest[0])
    if nearest[1] == "past":
        return "past" if _is_told_to_its_end(seen, said) else None
    return None if said.has("insurance", *earlier) else nearest[1]


def _returned(said: Message, start: int, end: int) -> bool:
    """Whether what is past came back in the same clause: 去年放的支架今天又疼了."""
    past, again = said.last("past", start, end), said.last("today", start, end)
    return past is not None and again is not None and again[0] > past[1] + 2


def _happened_again(seen: Sighting, said: Message) -> bool:
    """Whether what is told of the past has just come back: 上回救过来了，刚才又喝了."""
    again = said.last("again", seen.end, len(said.text))
    if again is None:
        return False
    clause = said.clause(*again)
    return said.has("present", *clause) or said.has("today", clause[0], again[0])


def _is_told_to_its_end(seen: Sighting, said: Message) -> bool:
    """Whether something past in an earlier clause is the story of this sign too.

    做过支架，胸口疼得厉害 is a history and a new pain.
    """
    if seen.strength == "name" or said.has("insurance", 0, len(said.text)):
        return True
    length = len(said.text)
    return said.has("treated", seen.end, length) or said.has("over", seen.end, length)


def _is_supposed(seen: Sighting, said: Message, time: Time | None) -> bool:
    clause = said.clause(seen.start, seen.end)
    if said.has("supposed", *clause):
        return True
    begins, _ = said.sentence(seen.start, seen.end)
    return time not in ("present", "today") and said.has("supposed", begins, clause[0])


def _is_told(seen: Sighting, said: Message, time: Time | None) -> bool:
    _, end = said.clause(seen.start, seen.end)
    told = said.last("told", 0, end)
    if told is None or time == "present":
        return False
    return not said.has("mine", told[1], seen.end)


def _is_over(seen: Sighting, said: Message, time: Time | None) -> bool:
    if seen.flag.grave or time in ("present", "today"):
        return False
    return said.has("over", seen.end, len(said.text))


def _is_long_standing(seen: Sighting, said: Message) -> bool:
    start, end = said.clause(seen.start, seen.end)
    near = max(start, seen.start - _LONG_REACH - 4), min(end, seen.end + _LONG_REACH + 4)
    sentence = said.sentence(seen.start, seen.end)
    return not seen.flag.grave and said.has("long", *near) and not said.has("severe", *sentence)


def _is_knowledge(seen: Sighting, said: Message) -> bool:
    begins, ends = said.sentence(seen.start, seen.end)
    return said.has("asks_what", begins, ends) and not said.has("person", begins, seen.end)


def _happens_beside_insurance(seen: Sighting, said: Message, time: Time | None) -> bool:
    start, end = said.clause(seen.start, seen.end)
    begins, _ = said.sentence(seen.start, seen.end)
    if not _happened_again(seen, said) and (
        said.has("treated", start, end) or _is_behind_them(seen, said, time)
    ):
        return False
    if time == "present":
        return True
    severe = said.has("severe", *said.sentence(seen.start, seen.end))
    same_clause = said.has("insurance", start, end) or said.has("topic", seen.end, end)
    # Behind the words a person may be what they describe: 昏迷病人用的药.
    person = said.has("person", begins, seen.start if same_clause else end)
    if seen.strength == "name":
        return time is not None and person and not same_clause
    if time is not None:
        return person or severe or not same_clause
    if seen.flag.grave or severe:
        told_alone = severe or said.has("event", start, end) or _is_spread(seen, said)
        return person or (not same_clause and told_alone)
    return not same_clause and (person or said.has("event", start, end))


def _is_behind_them(seen: Sighting, said: Message, time: Time | None) -> bool:
    """Whether what follows says that it was treated; for what is new, that it is settled."""
    length = len(said.text)
    if time == "present":
        return said.has("past", 0, seen.start) and said.has("settled", seen.end, length)
    is_new = seen.strength == "sign" and (time is not None or _is_spread(seen, said))
    return said.has("settled" if is_new else "treated", seen.end, length)


def _strikes(seen: Sighting, said: Message, time: Time | None) -> bool:
    """Whether the name of an illness is said as an event."""
    begins, ends = said.sentence(seen.start, seen.end)
    _, clause_end = said.clause(seen.start, seen.end)
    if time == "present":
        return True
    if said.has("treated", seen.start, len(said.text)) or said.has("topic", begins, ends):
        return False
    struck = said.has("struck", seen.end, min(seen.end + 4, clause_end))
    suspected = said.has("suspect", begins, seen.start)
    alone = len(said.text) - (seen.end - seen.start) <= _LETTERS_BESIDE_A_NAME
    return time is not None or struck or suspected or alone or said.has("severe", begins, ends)


def _is_crisis(seen: Sighting, said: Message) -> bool:
    """Words of wanting to die count unless they are somebody else's story or a plain topic."""
    time = _time(seen, said)
    if _is_told(seen, said, time):
        return False
    length = len(said.text)
    is_own = said.has("mine", 0, length) and not said.has("long", 0, length)
    person = is_own or said.has("person", 0, seen.end)
    about_insurance = said.has("insurance", 0, len(said.text))
    if seen.strength == "sign":
        another_died = said.has("dead", seen.end, length) and not said.has("mine", 0, seen.end)
        is_over = time == "past" or another_died
        return not (about_insurance and is_over and _is_treated(seen, said))
    if about_insurance and (not person or time == "past" or _is_treated(seen, said)):
        return False
    return person or not said.has("asks_what", 0, len(said.text))


def _is_treated(seen: Sighting, said: Message) -> bool:
    start, _ = said.clause(seen.start, seen.end)
    return said.has("treated", start, len(said.text))


def _concerns_doctor(seen: Sighting, said: Message) -> bool:
    """Whether a doctor speaks of themself, their family, or of what is in front of them."""
    start, end = said.clause(seen.start, seen.end)
    begins, ends = said.sentence(seen.start, seen.end)
    patient = said.has("patient", begins, ends)
    own = said.has("mine", start, seen.start) and not said.has("patient", start, end)
    pressing = _time(seen, said) in ("present", "onset") or said.has("severe", start, end)
    if said.has("insurance", 0, len(said.text)):
        return pressing and (own or said.has("in_front", 0, len(said.text)))
    if own:
        return True
    recorded = said.has("record", 0, len(said.text))
    if said.has("in_front", 0, len(said.text)) or (pressing and not recorded):
        return True
    return seen.strength == "sign" and not recorded and (seen.flag.crisis or not patient)


def _is_at_a_loss(seen: Sighting, said: Message) -> bool:
    """Whether a doctor lacks what this patient needs now: 胸痛90分钟，没溶栓药."""
    length = len(said.text)
    if not said.has("at_a_loss", 0, length):
        return False
    if any(said.has(name, 0, length) for name in ("handed_on", "past", "supposed", "told")):
        return False
    begins, ends = said.sentence(seen.start, seen.end)
    return any(
        said.has(name, begins, ends) for name in ("present", "onset", "short_while", "severe")
    ) or (seen.flag.grave and seen.strength == "sign")


def _is_spread(seen: Sighting, said: Message) -> bool:
    """Whether its words stand in several clauses, as complaints do and topics seldom."""
    return len({said.clause(*part) for part in seen.parts}) > 1
