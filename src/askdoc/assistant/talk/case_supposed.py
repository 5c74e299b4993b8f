"""Another case for the medicine of before: 要是慢阻肺呢, 没病，想补补身子呢.

What a reader would not guess: in a first question a disease that is supposed may be a fear, and
stays open; here it changes the case that was answered.
"""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading

_SUPPOSING = re.compile(
    r"要是|如果|假如|假使|倘若|若是|的话"
    r"|(?:what )?\bif (?:it (?:is|was|were)|it's|(?:he|she|i|they|the patient) (?:has|have|had))\b"
)
# 要是啥病没有, 就是想补补.
_SMALL_ASKS = {"meaning", "is_it"}


def with_case_supposed(now: Reading, context: Context) -> Reading:
    """The reading with its diseases as if they were so, where nothing else leaves them open.

    What the medicine is for, told beside small words that ask as well, asks nothing new.
    """
    text = now.text.lower()
    if now.purposes and not now.mentions and now.asks.keys() <= _SMALL_ASKS:
        now = replace(now, asks={})
    if not now.doubted or not _SUPPOSING.search(text):
        return now
    plain = context.read(_SUPPOSING.sub(" ", text))
    if plain.doubted or not {*now.diagnoses} <= {*plain.diagnoses}:
        return now
    return replace(now, doubted=(), against=plain.against)
