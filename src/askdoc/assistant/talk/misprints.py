"""Amounts put right by how they were mistaken: 少打一个0, 多打了一个零, 也不是330 630.

What a reader would not guess: only an amount of the bill under way can be mistaken; in a first
message the same words say nothing.
"""

import re
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Reading

_COUNT = r"(?P<{}>一|两|二|俩|三|1|2|3)?"
_ZEROS = re.compile(
    r"(?P<less>少|漏|缺|落|掉)?(?(less)|多)(?:打|写|输|按|敲|说|报|看|填|抄|算|加)?(?:了|掉|过)*"
    rf"{_COUNT.format('count')}(?:个|位)?(?:0|零|〇)(?![\d.]| ?(?:元|块|钱))"
    r"|\b(?P<missing>missed|missing|left out|forgot|dropped) (?:a|one) (?:zero|0)\b"
    r"|\b(?:an extra (?:zero|0)|(?:one|a) (?:zero|0) too many)\b"
)
_HOW_MANY = {"两": 2, "二": 2, "俩": 2, "2": 2, "三": 3, "3": 3}
_NOT_THIS = re.compile(
    r"(?:不是|并非|不系|唔係|\bnot) ?(?P<old>\d[\d.]*)(?:元|块钱?)?[ ，,、]+"
    r"(?:而|应该|应|其实)*是? ?(?P<new>\d[\d.]*)(?:元|块钱?)?(?![\d年岁天次级%])"
)


def with_misprints(now: Reading, dialogue: Dialogue) -> Reading:
    """The reading with the amount that the bill under way should have had, and the wrong one."""
    if dialogue.latest is None:
        return now
    had = [one for one in dialogue.latest.reading.amounts if one.role in BILL_PARTS and one.amount]
    return _with_zeros(_with_other(now, had), had)


def _with_other(now: Reading, had: list[AmountSaid]) -> Reading:
    """The reading of two numbers without a word between as the wrong one and the right one."""
    said = None if now.amounts or now.not_it else _NOT_THIS.search(now.text.lower())
    if said is None:
        return now
    old, new = Decimal(said["old"].rstrip(".")), Decimal(said["new"].rstrip("."))
    wrong = next((one for one in had if one.amount == old), None)
    if wrong is None:
        return now
    return _put_right(replace(now, unread=()), wrong, new, said["new"])


def _with_zeros(now: Reading, had: list[AmountSaid]) -> Reading:
    """The reading with the amount that was ten or a hundred times too small or too large.

    A new amount that is told as well is taken as it stands.
    """
    said = _ZEROS.search(now.text.lower())
    if said is None:
        return now
    times = Decimal(10) ** _HOW_MANY.get(said["count"] or "", 1)
    scale = times if said["less"] or said["missing"] else 1 / times
    told = [one for one in now.amounts if one.amount]
    if len(told) == 1:
        fits = (one for one in had if one.amount * scale == told[0].amount)
        whole = next((one for one in had if one.role == "total"), had[0] if had else None)
        wrong = next(fits, whole)
        return now if wrong is None else _put_right(now, wrong, told[0].amount, told[0].words)
    if told or len(had) != 1:
        return now
    return _put_right(now, had[0], had[0].amount * scale, said[0])


def _put_right(now: Reading, wrong: AmountSaid, amount: Decimal, words: str) -> Reading:
    right = AmountSaid(wrong.role, amount, words)
    return replace(now, amounts=(right,), not_it=(*now.not_it, wrong.amount))
