"""Whether a message goes on from an earlier question: it changes, answers or supposes something.

What a reader would not guess: a message that brings a bill of its own and says where it was is a
new question, whatever it refers to.
"""

import re

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Opened
from askdoc.assistant.planning.choosing import BILL_PARTS, is_asking, sure_frame
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import goes_on, refers_back
from askdoc.assistant.talk.joining import with_form
from askdoc.assistant.talk.small_talk import asks_yes_or_no, is_small_talk

# Facts of a person or a visit that change a bill whatever else a message asks.
_OF_BILL = {"group", "contracted", "admissions", "retired_year"}
# What is asked of a bill itself; what else is asked beside its parts is how they were told.
_OF_A_BILL = {"cost", "each", "compare_places", "explain", "why", "value"}
_OF_RULES = {"policy", "procedure", "meaning", "supply"}
_SUPPOSED = re.compile(
    r"要是|如果|假如|假使|若|的话|换|改|呢[？?。！!]*$|\b(?:if|suppose|instead)\b", re.I
)
_VISIT = {"tier", "setting", "institution"}
# How one came to a place.
_WAY = {"referral", "filed", "contracted"}


def changes_earlier(now: Reading, base: Opened, corrected: bool, context: Context) -> bool:
    """Whether a message changes or answers an earlier question instead of asking a new one."""
    refers = refers_back(now)
    last = context.frames.by_id[base.frame]
    own = _own(now, base, last, context)
    aside = _asks_rules(now) or asks_yes_or_no(now, context)
    if last.family in ("bill", "rule") and aside and not corrected and not base.wants:
        return False
    if (
        last.family == "bill"
        and own is not None
        and own.family == "policy"
        and _OF_BILL & set(now.facts)
    ):
        return True
    if _adds_part(now, base, last) or (last.family == "bill" and _tells_of_bill(now, own, context)):
        return True
    if not now.asks:
        if own is None and goes_on(now):
            return True
        if own is not None and own.family != last.family and not base.wants and not refers:
            return bool(now.amounts) and last.family == "bill"
        said = _says(now) or _names_form(now, base, context)
        return said and (
            corrected
            or _names_form(now, base, context)
            or base.wants is not None
            or not is_small_talk(now, context)
        )
    same = own is not None and last.family == "bill" and _asks_cost(own, now) and not has_core(now)
    goes = corrected or refers or same or base.wants is not None
    if not goes or not (own is None or _alike(own, last, now)):
        return False
    if corrected:
        return _says(now)
    return not is_all_told(now) and (_says(now) or not has_core(now))


def _asks_rules(now: Reading) -> bool:
    """Whether it is asked how something is done or what holds, beside the bill: 备案有效多久.

    Where another way is supposed, the same words tell of the bill: 要是签约了呢.
    """
    asks = now.asks.keys() & _OF_RULES and not now.asks.keys() & _OF_A_BILL
    return bool(asks) and not now.amounts and is_asking(now.text) and not _SUPPOSED.search(now.text)


def _own(now: Reading, base: Opened, last: Frame, context: Context) -> Frame | None:
    """What a message asks of itself; 换个医院 asks for no medicine where none was named."""
    own = sure_frame(now, context.frames)
    medicine = own is not None and own.family == "medicine"
    named = now.mentions or base.reading.mentions
    if medicine and last.family == "bill" and not named and _VISIT & now.facts.keys():
        return None
    return own


def has_core(now: Reading) -> bool:
    return bool(now.mentions) or any(one.role in BILL_PARTS for one in now.amounts)


def supposes(now: Reading) -> bool:
    """Whether it is asked what another way to the same place would have cost: 要是转诊了."""
    elsewhere = now.facts.keys() & {"tier", "institution"} or now.place or now.region
    return not elsewhere and bool(now.facts.keys() & _WAY)


def _asks_cost(own: Frame, now: Reading) -> bool:
    """Whether it is asked what is paid, of a bill or of the place alone: 社区的话付多少."""
    return own.family == "bill" or (
        own.family == "rule" and "cost" in now.asks and "value" not in now.asks
    )


def _tells_of_bill(now: Reading, own: Frame | None, context: Context) -> bool:
    """Whether a message states something of the bill so far and asks nothing.

    Words for what can be asked then only name the matter: 先自付的比例是20%.
    """
    told = now.facts.keys() - {"day"} or now.amounts or now.not_it or now.region
    if not (told or now.first_pay_share is not None) or is_asking(now.text) or now.mentions:
        return False
    errand = own is not None and own.family in ("refills", "visit")
    return not errand and not is_small_talk(now, context)


def _says(now: Reading) -> bool:
    """Whether anything was read in a message beside what it asks."""
    facts = {name for name in now.facts if name != "day"}
    return bool(
        facts
        or now.denied
        or now.amounts
        or now.mentions
        or now.region
        or now.unrecorded
        or now.place
        or now.diagnoses
        or now.scope_said
        or now.first_pay_share is not None
        or now.persons
        or now.conflicts
        or now.not_it
    )


def _adds_part(now: Reading, base: Opened, last: Frame) -> bool:
    """Whether a message only tells parts of the bill so far, which is large enough for them."""
    roles = {one.role for one in now.amounts}
    whole = base.reading.amount("total")
    elsewhere = now.mentions or now.region or now.persons or {"tier", "setting"} & set(now.facts)
    if last.family != "bill" or not roles or not roles <= {*BILL_PARTS} - {"total"} or elsewhere:
        return False
    if whole is None or now.asks.keys() & _OF_A_BILL:
        return False
    return sum(one.amount for one in now.amounts) <= whole


def _names_form(now: Reading, base: Opened, context: Context) -> bool:
    return with_form(now, base.reading, context.on_day) is not now


def _alike(own: Frame, last: Frame, now: Reading) -> bool:
    """Frames of one family; "how much is paid" without an amount goes on from a rule too."""
    without = own.family == "bill" and last.family == "rule" and not now.amounts
    elsewhere = own.family == "rule" and last.family == "bill" and "value" not in now.asks
    return own.family == last.family or without or elsewhere


def is_all_told(now: Reading) -> bool:
    """Whether a message brings a bill of its own and says where: a new question."""
    bill = any(one.role in BILL_PARTS for one in now.amounts)
    return bill and (now.region is not None or {"tier", "setting"} <= now.facts.keys())
