"""An amount of the bill so far that had a nought too many or too few: 多打了个0，是2600."""

import re
from dataclasses import replace
from decimal import Decimal

from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Reading
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.zeros import zeros_said

_WHETHER = re.compile(r"是不是|会不会|有没有|吗[？?。！!]*$|^\W*(?:did|is|was|have)\b")
_TEN = Decimal(10)


def with_zeros_corrected(now: Reading, before: Reading, lexicon: Lexicon) -> Reading:
    """The reading with the amount as it should have been, and the one before it as wrong."""
    text = now.text.lower()
    said = list(zeros_said(text))
    had = [one for one in before.amounts if one.role in BILL_PARTS and one.amount]
    if len(said) != 1 or not had or _WHETHER.search(text):
        return now
    factor = _TEN ** said[0].shift
    wrong = _told_right(now, had, factor) or (None if now.amounts else _named(text, had, lexicon))
    if wrong is None:
        return now
    right = AmountSaid(wrong.role, wrong.amount * factor, text[slice(*said[0].span)])
    others = tuple(one for one in now.amounts if one.amount != right.amount)
    return replace(now, amounts=(*others, right), not_it=(*now.not_it, wrong.amount))


def _told_right(now: Reading, had: list[AmountSaid], factor: Decimal) -> AmountSaid | None:
    """The amount of before of which the right one is told."""
    told = {one.amount for one in now.amounts}
    return next((one for one in had if one.amount * factor in told), None)


def _named(text: str, had: list[AmountSaid], lexicon: Lexicon) -> AmountSaid | None:
    """The amount that is named, or else the whole, or the only one."""
    hits = (*lexicon.before.find(text), *lexicon.after.find(text))
    roles = {hit.meaning for hit in hits if hit.meaning in BILL_PARTS} or {"total"}
    named = [one for one in had if one.role in roles]
    if not named and len(had) == 1:
        return had[0]
    return named[0] if len(named) == 1 else None
