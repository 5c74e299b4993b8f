"""A new question with what it leaves to the one before: its medicine, its bill, its visit.

What a reader would not guess: a bill that tells its own whole is no medicine's, though it follows
upon one; only words for the medicine or its packs make it so.
"""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.planning.choosing import BILL_PARTS, sure_frame
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.back_references import refers_back
from askdoc.assistant.talk.going_on import has_core

_OF_ALTERNATIVES = "alternatives"
_OF_DEDUCTIBLE = ("deductible_used", "deductible_left", "deductible_full")
# What has come to nothing by an earlier bill of the year.
_USED_UP = ("deductible_left", "account_current")
_VISIT = ("tier", "institution", "setting", "place", "referral", "filed", "day")
_CLASSES = ("class_a", "class_b", "negotiated", "off_catalogue")
_BILL = re.compile(
    r"账单|帐单|单子|发票|总共|一共|合计|总费用|费用|\b(?:bill|in all|in total|visit)\b"
)
# What a bill is of, where it is a medicine's.
_OF_MEDICINE = re.compile(
    r"它|药|[一二两三四五六几半0-9](?:盒|瓶|支|针|片|粒|袋)|[配买开打](?:了|的|一)"
    r"|\b(?:(?:for|of|on|buy|bought|takes?|uses?|using) (?:it|this|that|them)|box(?:es)?|pills?"
    r"|tablets?|prescri\w*|medic\w*)\b"
)


def with_core_before(found: Reading, now: Reading, before: Reading, context: Context) -> Reading:
    """A new question with what it leaves to the last one: its medicine, its bill, its visit."""
    refers = refers_back(now)
    own = sure_frame(now, context.frames)
    policy = own is not None and own.family == "policy"
    # 有没有便宜的替代 can only mean a medicine that was named.
    instead = own is not None and own.id == _OF_ALTERNATIVES and not now.diagnoses
    carried = (refers or instead) and not policy and not _is_own_bill(now)
    if carried and not now.mentions and before.mentions:
        found = replace(found, mentions=before.mentions)
        if "medicine" in before.facts:
            found = replace(found, facts={**found.facts, "medicine": before.facts["medicine"]})
    if "same_ingredient" in now.asks and len(now.mentions) == 1 and before.mentions:
        found = replace(found, mentions=(*before.mentions, *now.mentions))
    if policy and refers and not now.asks:
        found = replace(found, text=f"{before.text} {now.text}")
    bills = own is not None and own.family == "bill" and not has_core(now)
    if bills and any(one.role in BILL_PARTS for one in before.amounts):
        share = now.first_pay_share or before.first_pay_share
        amounts = (*before.amounts, *now.amounts)
        found = replace(found, amounts=amounts, first_pay_share=share)
    if own is not None and own.family == "bill" and has_core(now):
        found = _with_visit_kind(found, before)
    if bills or (own is not None and own.family == "rule" and refers):
        visit = {name: before.facts[name] for name in _VISIT if name in before.facts}
        if "tier" in now.facts:
            visit.pop("institution", None)
        found = replace(found, facts={**visit, **found.facts})
    return found


def _is_own_bill(now: Reading) -> bool:
    """Whether the bill of a whole visit is told, of which a medicine would be a part at most."""
    text = now.text.lower()
    setting = now.facts.get("setting")
    stay = setting is not None and setting.value == "inpatient"
    parted = now.rest_class_a or any(one.role in _CLASSES for one in now.amounts)
    of_visit = stay or parted or bool(_BILL.search(text))
    return now.amount("total") is not None and of_visit and not _OF_MEDICINE.search(text)


def _with_visit_kind(found: Reading, before: Reading) -> Reading:
    """Another bill whose kind of visit is not said: the one before it, as an assumption.

    A deductible of the year that is used up stays so for the same person.
    """
    setting = before.facts.get("setting")
    if setting is not None and "setting" not in (*found.facts, *found.conflicts):
        assumed = replace(setting, origin="assumed", subject=found.subject)
        found = replace(found, facts={**found.facts, "setting": assumed})
    told = {one.role for one in found.amounts}
    same = setting is not None and found.facts["setting"].value == setting.value
    if found.subject != before.subject or not same or told & {*_OF_DEDUCTIBLE}:
        return found
    used = [one for one in before.amounts if one.role in _USED_UP and not one.amount]
    return replace(found, amounts=(*found.amounts, *(one for one in used if one.role not in told)))
