"""A message that asks several things: its parts, each with the frame that it fits.

Each part is read by itself first; what it lacks is taken from the whole message, but for what
another part says of another place.
"""

from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.planning.choosing import Chosen, choose, is_aside, is_asking, parts
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.against import only_tells_of_tests
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.other_offices import asks_another_office
from askdoc.assistant.reading.unknown_name import name_asked_for
from askdoc.assistant.talk.taking_up import Taken

_MOST_PARTS = 3
# What looks a matter up, and says so where nothing is recorded.
_LOOKED_UP = "policy"
# What is asked of a bill, wherever in the message its amounts stand.
_OF_A_BILL = {"cost", "each", "compare_places", "explain"}
# Of these several in one message are answered each.
_EACH_APART = ("policy", "rule")
# A comparison tells the cost at every place, so that the cost alone says nothing more.
_COMPARING, _SUBSUMED = "compare_places", "bill_cost"
# What is asked of rules, whatever a bill before it says.
_OF_RULES = {"policy", "meaning", "procedure"}
# What is said of care away from home.
_OF_AWAY = {"place", "referral", "filed"}
# Asks in which a name stands that may be a medicine nobody recorded.
_OF_A_NAME = {"medicine", "alternatives", "why_not", "cost"}


def chosen_for(reading: Reading, context: Context) -> Chosen:
    """The frames that a reading fits, and how sure that is."""
    if asks_another_office(reading, context.lexicon):
        return Chosen("act", (context.frames.by_id[_LOOKED_UP],))
    unknown = (
        bool(reading.asks.keys() & _OF_A_NAME)
        and not (reading.mentions or reading.amounts or "value" in reading.asks)
        and not context.frames.matters.find(reading.text.lower())
        and name_asked_for(reading.text, context.surroundings()) is not None
    )
    return choose(reading, context.frames, unknown, context.likeness)


def question_parts(taken: Taken, context: Context) -> list[tuple[Frame, Reading]]:
    """Each part of a compound question with its frame; none when there is one question."""
    whole = taken.reading
    if asks_another_office(whole, context.lexicon):
        return []
    read = [context.read(part) for part in parts(whole.text) if is_asking(part)]
    asking = [one for one in read if one.asks and not only_tells_of_tests(one)]
    if len(asking) < 2:
        return []
    found: dict[tuple[str, ...], tuple[Frame, Reading]] = {}
    for number, one in enumerate(asking[:_MOST_PARTS]):
        asides = [later for later in asking[number + 1 :] if _is_apart(later)]
        chosen, part = _of_part(one, _without(asides, one, whole), context)
        if chosen.band == "act":
            frame = chosen.frames[0]
            names = tuple(mention.text for mention in part.mentions)
            own = (one.text,) if frame.family in _EACH_APART else ()
            found.setdefault((frame.id, *names, *own), (frame, part))
    comparing = any(frame.id == _COMPARING for frame, _ in found.values())
    told = [one for one in found.values() if not (comparing and one[0].id == _SUBSUMED)]
    return told if len(told) > 1 else []


def _is_apart(later: Reading) -> bool:
    """Whether a later question has nothing to do with a bill before it."""
    return is_aside(later.text) or (later.asks.keys() <= _OF_RULES and not later.amounts)


def _without(asides: list[Reading], one: Reading, whole: Reading) -> Reading:
    """The message without where later questions beside the point take place."""
    away = [aside.place for aside in asides if aside.place is not None]
    if whole.place not in away or one.place is not None:
        return whole
    said = {name for aside in asides for name in aside.facts.keys() & _OF_AWAY}
    facts = {name: fact for name, fact in whole.facts.items() if name not in said}
    return replace(whole, place=None, facts=facts)


def _of_part(one: Reading, whole: Reading, context: Context) -> tuple[Chosen, Reading]:
    """The frame of one part: from its own words first, then with what the whole message names."""
    own = replace(
        whole,
        text=one.text,
        asks=one.asks,
        figures=one.figures,
        mentions=one.mentions,
        amounts=one.amounts or (whole.amounts if one.asks.keys() & _OF_A_BILL else ()),
        unread=one.unread,
        facts={**whole.facts, **one.facts},
        conflicts={name: v for name, v in whole.conflicts.items() if name not in one.facts},
    )
    chosen = chosen_for(own, context)
    if chosen.band != "act":
        own = replace(own, mentions=one.mentions or whole.mentions, amounts=whole.amounts)
        chosen = chosen_for(own, context)
    elif chosen.frames[0].family == "medicine" and not one.mentions:
        own = replace(own, mentions=whole.mentions)
    return chosen, own
