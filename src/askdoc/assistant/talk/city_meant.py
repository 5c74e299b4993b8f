"""Another city named behind a bill: where the care was, where words of care or of filing say so.

What a reader would not guess: 在成都住 alone is where somebody lives; behind a stay in hospital it
is where the stay was.
"""

import re
from dataclasses import replace

from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.whereabouts import ELSEWHERE

_WAY = {"filed", "referral"}
_CARED_FOR = re.compile(
    r"(?:在|去|到|来|跑|转)(?:了|去|到)?[^，。；,;、]{2,5}?(?:市|那边|那儿|那里|当地|去|来)?"
    r"(?:住(?!在|的?房|址|处|家)|看(?:的|病|了)|治|开的?刀|做的?手术)"
)
_INSURED = re.compile(
    r"参[加了的]?(?:保|医保|社保)|医保|社保|职保|居保|职工|居民|户口|交的?保|\binsur|\bscheme"
)


def with_city_meant(now: Reading, before: Reading) -> Reading:
    """The reading with the city that it names as the place of care."""
    named = now.unrecorded or (now.region if now.region != before.region else None)
    if named is None or now.place is not None or before.region is None or not before.amounts:
        return now
    if (now.persons and now.subject != before.subject) or _INSURED.search(now.text.lower()):
        return now
    if not (now.facts.keys() & _WAY or _is_of_care(now, before)):
        return now
    place = ELSEWHERE if now.region is None else now.region
    return replace(now, region=None, unrecorded=None, place=place)


def _is_of_care(now: Reading, before: Reading) -> bool:
    setting = before.facts.get("setting")
    stayed = setting is not None and setting.value == "inpatient"
    return stayed and not now.amounts and bool(_CARED_FOR.search(now.text))
