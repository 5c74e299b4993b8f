"""To stop a medicine, said as a thought of what it may cost: 不能报就不吃了，医保报吗.

The question is answered, with the advice not to stop on one's own beside it. Whoever asks whether
to stop, or has stopped, means it, and gets the advice alone.
"""

import re

from askdoc.assistant.reading.facts import Reading

_NOT_PAID = (
    r"(?:不能?给?报|没得报|报不了|报不到|报唔到|唔报|不在医保|没报|自费|太?贵)(?:销|得)?(?:的话|了)?"
    r"[，, ]?[^，。；,;]{0,4}"
)
_THOUGHT = re.compile(
    rf"{_NOT_PAID}就(?:先|干脆|只好|都)?(?:不想?|唔|停)(?:吃|用|打|开|买|食|要)?"
    r"|\bif (?:it's|it is|it isn't|it's not|not) [^,.;?]{0,30}[, ]+"
    r"(?:i|she|he|we)(?:'ll| will| would|'d) (?:stop|not take|skip|drop)"
)
_STOPS = re.compile(
    r"(?:能不能|可不可以|可以|要不要|行不行|想|打算|已经|自己|偷偷)[^，。；,;报]{0,4}(?:停|不吃|断)"
    r"|停了[^，。；,;]{0,4}(?:天|周|月)|停药|(?:停|不吃)[^，。；,;]{0,3}(?:行吗|行不|可以吗|会怎)"
)
_COVER = {"medicine", "cost", "alternatives", "why_not"}


def thinks_of_cost(now: Reading) -> bool:
    """Whether to stop is only a thought of cost, and what is paid of a named medicine is asked."""
    text = now.text.lower()
    thought = _THOUGHT.search(text) is not None and _STOPS.search(text) is None
    asks = now.asks.keys() & _COVER
    return bool(now.mentions and asks and thought)
