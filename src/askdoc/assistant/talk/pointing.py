"""What a message points at by its place among those that were named: 第二个, 前面那个, the latter.

A list that was offered is chosen from by `acts`; here are medicines and places that people named
themselves. What a reader would not guess: they are kept while the talk stays with bills or with
medicines, so that 前面那个 still finds the first after the second was asked about.
"""

import re
from dataclasses import replace

from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.facts import Fact, Reading
from askdoc.language import read_numeral
from askdoc.medicines import Mention, resolve

_COUNTED = r"(?:个|种|款|只|家|样)(?!月|问题|病人|患者|星期|礼拜|疗程|孩子|小孩|人)"
_FIRST = re.compile(
    rf"前者|(?:前面?|头|先前|上面)(?:的|那|一|说的)*{_COUNTED}|第一{_COUNTED}"
    r"|\bthe (?:first|former)(?: one)?\b(?! (?:time|visit|bill|stay|grade))"
)
_LAST = re.compile(
    rf"后者|(?:后面?|最后|末)(?:的|那|一|说的)*{_COUNTED}"
    r"|\bthe (?:last|latter)(?: one)?\b(?! (?:time|visit|bill|stay|year))"
)
_SECOND = re.compile(
    rf"第(?:二|2){_COUNTED}|\bthe second(?: one)?\b(?! (?:time|visit|bill|stay|grade))"
)
_THIRD = re.compile(rf"第(?:三|3){_COUNTED}|\bthe third(?: one)?\b(?! (?:time|visit|bill))")
_PLACES = ((_FIRST, 0), (_SECOND, 1), (_THIRD, 2), (_LAST, -1))
# The number of something in a list that one made oneself: 选2, 先算1号, 方案三, option 2.
_NUMBERED = re.compile(
    r"(?:选项?|选择|拣|挑|要|方案|情况|情形|办法|按?第|\b(?:option|choice|number|no\.?|case)) ?"
    r"(?P<chosen>[1-9]|[一二三四五六]|\b(?:one|two|three|four)\b)"
    r"(?:号|项|条|个|种)?(?=[，。、,.！!？? ]|吧|呢|的话|啦|算|来|$)"
    r"|(?:^|那|算|看|说|问|选|要|拣|按|是)(?P<number>[1-9]|[一二三四五六])号"
    r"(?=[，。、,.！!？? ]|吧|呢|的话|啦|算|怎么|要|付|$)"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4}
_MEDICINE, _TIER = "medicine", "tier"
_COMMUNITY = "community"
_COMPARED = "compare_places"


def with_pointed(now: Reading, dialogue: Dialogue, context: Context) -> Reading:
    """The reading with the medicine or the place that it points at by its place in a list."""
    kind, *named = dialogue.among or ("",)
    latest = dialogue.latest
    if not named or now.mentions or (latest is not None and latest.choices):
        return now
    at, words = _place_said(now.text.lower()) or (len(named), "")
    if at >= len(named):
        return now
    meant = named[at]
    if kind == _MEDICINE:
        mention = Mention((0, 0), meant, resolve(meant, context.on_day))
        return replace(now, mentions=(mention,), asks=now.asks or {"medicine": len(meant)})
    if "tier" in now.facts:
        return now
    tier = "primary" if meant == _COMMUNITY else meant
    facts = {_TIER: Fact(_TIER, tier, "said", now.subject, words)}
    if meant == _COMMUNITY:
        facts["institution"] = Fact("institution", meant, "said", now.subject)
    return replace(now, facts={**now.facts, **facts})


def _place_said(text: str) -> tuple[int, str] | None:
    """The place in a list that is pointed at, from 0 on, -1 the last; and by which words."""
    for words, at in _PLACES:
        if found := words.search(text):
            return at, found[0]
    numbered = _NUMBERED.search(text)
    if numbered is None:
        return None
    said = numbered["chosen"] or numbered["number"]
    return (_WORDS.get(said) or int(read_numeral(said) or 1)) - 1, numbered[0]


def named_together(reading: Reading, frame: Frame, dialogue: Dialogue) -> tuple[str, ...]:
    """What may be pointed at after an answer: what was named together last, or still is there."""
    names = tuple(dict.fromkeys(one.text for one in reading.mentions))
    if len(names) > 1:
        return (_MEDICINE, *names)
    tiers = reading.conflicts.get(_TIER, ())
    if frame.id == _COMPARED and len(tiers) > 1:
        near = _COMMUNITY if _COMMUNITY in reading.primary else "primary"
        return (_TIER, *(near if one == "primary" else one for one in tiers))
    kind = dialogue.among[0] if dialogue.among else ""
    same = frame.family == "medicine" if kind == _MEDICINE else frame.family == "bill"
    return dialogue.among if same else ()
