"""How high a deductible is and how much of it is used or left, where both stand beside each other.

起付线500今年用了340, 起付线400还剩140, 340 of the 500 deductible.
"""

import re
from collections.abc import Sequence

from askdoc.language import Money

DEDUCTIBLE = re.compile(
    r"(?:住院|门诊)?(?:的)?(?:起付(?:线|标准|段|钱)?|门槛(?:费|钱)?)"
    r"|(?:(?:inpatient|hospital|outpatient) )?(?:deductible|threshold)"
)
# Words of time and of persons that stand before how much of it is used: 这个医保年度我已经用了340.
TILL_NOW = (
    r"(?:(?:这|本|今|当|一)?(?:一|个)?(?:医保|保险|结算|自然)?年度?(?:里头?|内|中|以来)?"
    r"|(?:截止|截至|到)(?:现在|目前|今天|如今)?(?:为止)?|目前|现在|至今|如今|其中|里头?|里面|当中|之中"
    r"|前面|之前|前头|我|他|她|伊|俺|咱|我爸|我妈|已经?|都|全|早就?|还|就|只|才|刚|一共|总共|累计|大概|也|有"
    r"|的)*"
)
SPENT_OF_IT = r"(?:用|扣|抵|走|使|付|交|花|缴)(?:了|掉|脱|过|去|咗|到)*"
# Between the height of a deductible and how much of it is used or left.
_STATES = re.compile(
    rf"(?:元|块钱?)?{TILL_NOW}(?:{SPENT_OF_IT}|剩(?:下|余)?|差)\s*"
    r"|(?: yuan| rmb)?(?: of which| of it| already| now| so far| this year| to date| and| but"
    r"| i have| i've| i| she has| he has| we have| with)* (?:used|left|paid|with)\s*"
)
# The same where the state stands behind: 500 of which 340 is used, 500里340已经用了.
_JOINED = re.compile(rf"(?:元|块钱?)?{TILL_NOW}|(?: yuan| rmb)?(?: of which| of it| and| with)+\s*")
_STATED_BEHIND = re.compile(
    rf"(?:元|块钱?)?{TILL_NOW}{SPENT_OF_IT}"
    r"|(?: yuan| rmb)?(?: of it| is| are| was| has| been| already| so far| now)*"
    r" (?:used|left|paid|gone|met|remaining)"
)
# The other way round: 340 of the 500 deductible.
OUT_OF = re.compile(
    r"(?: yuan| rmb)?(?: used| left| paid)? (?:out )?of (?:(?:my|the|her|his|their|a|this year's)"
    r" )?(?:yearly |annual )?"
)
# An amount right before a topic belongs to it: 500块起付线, 三百的门槛, my 500 deductible.
BEFORE_TOPIC = re.compile(
    r"(?:的|那个|那条|个|条|那|这个|yuan|rmb|left|remaining|still|in|on|of|my|the|her|his|their"
    r"|\s)*$"
)
_TWO = 2


def is_stated(text: str, inside: Sequence[tuple[Money, int, int]]) -> bool:
    """Whether one of two amounts is the deductible and the other its state: 起付线400还剩140."""
    if len(inside) < _TWO:
        return False
    (_, _, ended), (_, begun, last) = inside[:_TWO]
    between = text[ended:begun]
    named = DEDUCTIBLE.search(between)
    if named and BEFORE_TOPIC.fullmatch(between[: named.start()].lstrip("元块钱")):
        between = between[named.end() :]
    if _STATES.fullmatch(between) or OUT_OF.fullmatch(between):
        return True
    return bool(_JOINED.fullmatch(between) and _STATED_BEHIND.match(text, last))
