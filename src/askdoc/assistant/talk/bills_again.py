"""Which of the sums so far a message asks for once more: added up, each beside the others, or one.

What a reader would not guess: a bill that was told more of is one bill still, so that only the last
that is known of it is added up; side by side each is shown as it was supposed.
"""

import re
from dataclasses import dataclass
from typing import Literal

from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.reading.facts import Reading

_PRICED = "bill_cost"
_COUNT = r"(?P<count>[两俩二2三3四4五5几每各]|所有|全部)"
_KIND = r"(?:种|次|回|趟|笔|张|份|个|单)(?!级|医院|地方|人家|药|月|星期)"
_COUNTED = re.compile(
    rf"{_COUNT}(?:一|的)?(?:{_KIND}(?!级|医院|地方)|人)"
    r"|\b(?P<english>both|two|three|four|all|each)\b"
)
_ADDED = re.compile(
    r"加起来|加(?:在|到)?一起|加埋|合起来|合(?:在|到)一起|相加|加总"
    r"|\b(?:altogether|together|combined|in total|in all"
    r"|add(?:ed)? (?:it |them |those |both )?up)\b"
)
_WHOLE = re.compile(r"一共|总共|合计|拢共|统共|共计")
_EACH = re.compile(r"各|分别|每[种次回笔张个]|\b(?:each|respectively|every)\b")
_PAID = re.compile(r"多少|几[多钱块钿]|好多|付|出|掏|报|\b(?:pay|paid|cost|much|figure|number)")
_OTHERS = re.compile(r"我们|咱|两个人|俩|全家|一家|\b(?:we|us|our)\b")
_OF_TALK = (
    r"(?:次|个|笔|张|种|回)?(?:(?:算|问|说|讲)(?:出来)?的)?(?:那|嗰)?(?:个|次|笔|张|种)?"
    r"(?:结果|答案|数|情况|情形|账单|单子|单)?"
)
_PLACES = (
    (
        re.compile(
            rf"(?:最(?:开始|初|早|先|前面?)|一开始|起初|开头|第[一1]|头一){_OF_TALK}"
            r"|\b(?:very )?first (?:one|result|answer|sum|number|figure|bill|case|question)\b"
        ),
        0,
    ),
    (
        re.compile(
            rf"第[二2]{_OF_TALK}"
            r"|\bsecond (?:one|result|answer|sum|number|figure|bill|case|question)\b"
        ),
        1,
    ),
    (re.compile(rf"第[三3]{_OF_TALK}|\bthird (?:one|result|answer|sum|bill|case)\b"), 2),
)
_AGAIN = re.compile(
    r"再(?:说|讲|报|给|来|念|重复|发|算)|重复|重新说|来着|忘了|记不清"
    r"|\b(?:again|repeat|remind|what was|what did)\b"
)
_NUMBERS = {
    **dict.fromkeys(("两", "俩", "二", "2", "both", "two"), 2),
    **dict.fromkeys(("三", "3", "three"), 3),
    **dict.fromkeys(("四", "4", "four"), 4),
    **dict.fromkeys(("五", "5"), 5),
}


@dataclass(frozen=True, slots=True)
class Again:
    """The bills that are asked for once more, oldest first, and how they are to be told."""

    bills: tuple[Reading, ...]
    way: Literal["added", "each", "one"]

    @property
    def are_several(self) -> bool:
        """Whether more than one is told."""
        return self.way != "one"


def bills_again(now: Reading, dialogue: Dialogue) -> Again | None:
    """The bills that a message asks for once more and tells nothing new of; None for others."""
    latest = dialogue.latest
    told = now.amounts or now.mentions or now.region or now.place or now.conflicts or now.not_it
    named = now.facts.keys() - {"admissions"} or now.unrecorded or now.diagnoses
    if told or named or latest is None or latest.wants or not dialogue.bills:
        return None
    text = now.text.lower()
    one = _one(text, dialogue)
    return one or _several(text, now, dialogue)


def _one(text: str, dialogue: Dialogue) -> Again | None:
    """The bill whose place in the talk is named, where it is to be told again."""
    at = next((at for words, at in _PLACES if words.search(text)), None)
    if at is None or not _AGAIN.search(text) or at >= len(dialogue.bills):
        return None
    return Again((dialogue.bills[at],), "one")


def _several(text: str, now: Reading, dialogue: Dialogue) -> Again | None:
    counted = _COUNTED.search(text)
    if not _PAID.search(text):
        return None
    added = _ADDED.search(text) or (counted and _WHOLE.search(text))
    if not added and not (counted and _EACH.search(text)):
        return None
    bills = _theirs(now, text, dialogue)
    if added:
        bills = _standing(bills)
    word = (counted["count"] or counted["english"]) if counted else ""
    number = _NUMBERS.get(word, len(bills))
    if number < 2 or number > len(bills):
        return None
    return Again(tuple(bills[-number:]), "added" if added else "each")


def _theirs(now: Reading, text: str, dialogue: Dialogue) -> list[Reading]:
    """The bills of the person it was about last, or of everybody where several are meant."""
    if _OTHERS.search(text) or now.persons:
        return list(dialogue.bills)
    subject = dialogue.bills[-1].subject
    return [one for one in dialogue.bills if one.subject == subject]


def _standing(bills: list[Reading]) -> list[Reading]:
    """Each bill as it was last known: what was told more of it makes no other one."""
    last: dict[tuple[object, ...], Reading] = {}
    for one in bills:
        stays = one.facts.get("admissions")
        of = (one.subject, one.amount("total"), None if stays is None else stays.value)
        last.pop(of, None)
        last[of] = one
    return list(last.values())
