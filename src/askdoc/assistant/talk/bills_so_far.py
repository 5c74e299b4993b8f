"""The bills of a talk, the first and the newest: what "dearer than last time" is compared with.

What a reader would not guess: a bill that was only supposed ("要是在三级呢") is kept too, because
people ask why it would be dearer; and a deductible that was told of one kind of visit is found
here again when the talk comes back to that kind.
"""

import re
from dataclasses import replace

from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.answering_back import tells

_PRICED = "bill_cost"
_MOST = 6
_THAT_ONE = re.compile(r"那[个张次笔]|原来|刚才|先前|之前|\bthe (?:first|earlier|original)\b")
_OF_DEDUCTIBLE = ("deductible_used", "deductible_left", "deductible_full")


def with_bill(
    dialogue: Dialogue, frame: Frame, reading: Reading, corrected: bool = False
) -> tuple[Reading, ...]:
    """The bills with this one: the first, and the newest.

    One that was asked about makes way for its own answer, one that was wrong for what it should
    have been; one that is told again stays where it stood.
    """
    if frame.id != _PRICED or any(_is_same(one, reading) for one in dialogue.bills):
        return dialogue.bills
    latest = dialogue.latest
    asked = latest is not None and latest.frame == _PRICED and latest.wants
    wrong = corrected and latest is not None and latest.reading.subject == reading.subject
    gone = wrong or (asked and tells(reading, asked))
    bills = (*(dialogue.bills[:-1] if gone else dialogue.bills), reading)
    return bills if len(bills) <= _MOST else (bills[0], *bills[2:])


def bill_before(reading: Reading, dialogue: Dialogue) -> Reading | None:
    """The newest bill of the same person that is not this one."""
    theirs = (one for one in reversed(dialogue.bills) if one.subject == reading.subject)
    return next((one for one in theirs if not _is_same(one, reading)), None)


def with_visit_before(reading: Reading, now: Reading, dialogue: Dialogue) -> Reading:
    """The reading with what was told when it was about this kind of visit: the deductible, and
    the bill itself where the message points at that one (还是门诊那个).
    """
    same = (
        one
        for one in reversed(dialogue.bills)
        if one.subject == reading.subject and _kind(one) == _kind(reading)
    )
    bill = next(same, None)
    if bill is None:
        return reading
    if not now.amounts and _THAT_ONE.search(now.text):
        return replace(
            reading,
            amounts=bill.amounts,
            first_pay_share=bill.first_pay_share,
            rest_class_a=bill.rest_class_a,
        )
    if any(one.role in _OF_DEDUCTIBLE for one in reading.amounts):
        return reading
    told = tuple(one for one in bill.amounts if one.role in _OF_DEDUCTIBLE)
    return replace(reading, amounts=(*reading.amounts, *told))


def _kind(reading: Reading) -> tuple[object, ...]:
    """What a deductible of the year hangs on."""
    facts = (reading.facts.get(name) for name in ("scheme", "setting"))
    return (reading.region, *(None if one is None else one.value for one in facts))


def _is_same(one: Reading, other: Reading) -> bool:
    return _essence(one) == _essence(other)


def _essence(reading: Reading) -> tuple[object, ...]:
    """What the sum of a bill is made of."""
    return (
        {name: str(fact.value) for name, fact in reading.facts.items()},
        sorted((str(one.role), one.amount) for one in reading.amounts),
        (reading.region, reading.place, reading.first_pay_share, reading.rest_class_a),
    )
