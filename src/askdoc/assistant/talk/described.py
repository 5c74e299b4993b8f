"""An earlier person who is named by what was said of them: 退休职工那位, 前一个, the first patient.

What a reader would not guess: two patients have no names to tell them apart, so that the newest
bills are gone through for the one whom the description fits, and for nobody where it fits two.
"""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.reading.facts import Reading

_PRICED = "bill_cost"
_BEFORE = re.compile(
    r"(?:前面?|上|先前|刚才|之前|头)(?:的|那|一)*[个位](?!月|星期|礼拜|疗程|药|医院|问题)"
    r"(?:病人|患者|人)?|第一[个位](?:病人|患者)"
    r"|\b(?:the )?(?:previous|earlier|first|last) (?:patient|one|person)\b"
)
_THAT_ONE = re.compile(r"(?P<who>[^，。；,;？?]{2,12}?)(?:的)?那[一]?[位个](?!月|药|医院|单|张)")
_PERSON = ("scheme", "status", "age", "grade", "contracted")


def bill_of_described(now: Reading, dialogue: Dialogue, context: Context) -> Opened | None:
    """The newest bill of the earlier person whom a message describes; None where nobody is."""
    latest = dialogue.latest
    if latest is None or {*now.persons} - {"patient"} or len(dialogue.bills) < 2:
        return None
    others = [one for one in reversed(dialogue.bills) if _who(one) != _who(latest.reading)]
    described = _THAT_ONE.search(now.text)
    facts = context.read(described["who"]).facts if described else {}
    told = {name: str(one.value) for name, one in facts.items() if name in _PERSON}
    if told:
        others = [one for one in reversed(dialogue.bills) if told.items() <= _who(one).items()]
    elif not _BEFORE.search(now.text) or latest.reading.subject == "self":
        return None
    if not others or any(_who(one) != _who(others[0]) for one in others):
        return None
    return Opened(_PRICED, others[0])


def without_description(now: Reading, meant: Opened) -> Reading:
    """The reading as one of the person meant, whose own facts it only repeated."""
    facts = {
        name: one
        for name, one in now.facts.items()
        if name not in _PERSON or str(one.value) != _who(meant.reading).get(name)
    }
    return replace(now, facts=facts, subject=meant.reading.subject)


def _who(reading: Reading) -> dict[str, str]:
    """What tells a person from another."""
    return {name: str(one.value) for name, one in reading.facts.items() if name in _PERSON}
