"""Amounts that a message puts right, several at once: 自费的120是180，乙类改一下，是1000.

What a reader would not guess: "120是180" says of a part only by its old amount, which the bill so
far has; in a first message the same words are two amounts.
"""

import re
from dataclasses import replace

from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Reading
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.talk.zeros_corrected import with_zeros_corrected

_BECOMES = re.compile(
    r"(?:元|块钱?| ?yuan)?(?:那个|那笔|的|，|,| )*(?:应该|应|其实|实际上?|要|得|写错了|错了|才)*"
    r"(?:是|为|改成|改为|改到|变成|换成|should be|is really|->|→)(?:写|总共|一共)?\s*"
)
_CHANGES = re.compile(
    r"改|换|变|更正|纠正|错|应该|其实|实际|\b(?:change|make|correct|wrong|should)\b"
)
_LOOSE = (None, "total")


def with_amounts_corrected(now: Reading, before: Reading, lexicon: Lexicon) -> Reading:
    """The reading with each new amount in the part of the old one that it replaces."""
    now = with_zeros_corrected(now, before, lexicon)
    if len(now.amounts) < 2:
        return now
    had = {one.amount: one.role for one in before.amounts if one.role in BILL_PARTS}
    kept: list[AmountSaid] = []
    wrong = list(now.not_it)
    changed = False
    for at, one in enumerate(now.amounts):
        earlier = now.amounts[at - 1] if at else None
        if earlier is not None and _BECOMES.fullmatch(_between(now, earlier, one)):
            role = had.get(earlier.amount)
            if role is not None and one.role in (*_LOOSE, role):
                kept = [other for other in kept if other is not earlier]
                kept.append(replace(one, role=role))
                wrong.append(earlier.amount)
                changed = True
                continue
        named = _named_before(now, earlier, one, lexicon) if one.role is None else None
        is_named = named is not None and named in had.values()
        kept.append(replace(one, role=named) if is_named else one)
        changed = changed or is_named
    return replace(now, amounts=tuple(kept), not_it=tuple(wrong)) if changed else now


def _between(now: Reading, first: AmountSaid, last: AmountSaid) -> str:
    """The words between two amounts of a message."""
    _, _, behind = now.text.partition(first.words)
    return behind.partition(last.words)[0].lower()


def _named_before(
    now: Reading, earlier: AmountSaid | None, one: AmountSaid, lexicon: Lexicon
) -> str | None:
    """The part that is said to change right before an amount: 乙类的也改一下，是1000."""
    since = _between(now, earlier, one) if earlier else now.text.partition(one.words)[0].lower()
    named = [hit.meaning for hit in lexicon.before.find(since) if hit.meaning in BILL_PARTS]
    return named[-1] if named and _CHANGES.search(since) else None
