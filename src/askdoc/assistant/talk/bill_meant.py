"""The earlier bill that a message points at by its amount: 刚才那1200."""

import re
from decimal import Decimal

from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.planning.choosing import BILL_PARTS
from askdoc.assistant.reading.facts import AmountSaid, Reading
from askdoc.assistant.talk.back_references import points_back

# What a number beside nothing else may be read as.
_LOOSE = (None, "total", "person_paid", "class_a")
# Says of an amount what it is, rather than points at it: 刚才那个300是总的.
_IS_WHOLE = re.compile(r"(?:是|才是)(?:总|一共)|\bis the (?:total|whole)\b")


def bill_meant(now: Reading, dialogue: Dialogue) -> Opened | None:
    """The earlier bill that a message points at by its amount: 刚才那1200."""
    if not points_back(now) or _IS_WHOLE.search(now.text):
        return None
    bills = [one for one in reversed(dialogue.stack) if _same_amounts(one, now)]
    theirs = (one for one in bills if not now.persons or now.subject == one.reading.subject)
    return next(theirs, None)


def amounts_beside(bill: Opened, now: Reading) -> tuple[AmountSaid, ...]:
    """The amounts of a message but those that only point at the bill."""
    said = _same_amounts(bill, now)
    return tuple(one for one in now.amounts if one.role not in _LOOSE or one.amount not in said)


def _same_amounts(bill: Opened, now: Reading) -> set[Decimal]:
    """The loose amounts of a message that are one of a bill's own."""
    own = {one.amount for one in bill.reading.amounts if one.role in BILL_PARTS}
    return {one.amount for one in now.amounts if one.role in _LOOSE} & own
