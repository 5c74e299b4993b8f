"""How far the year's deductible is used by what a message says of it: met, untouched, or open.

What a reader would not guess: whoever does not know, only supposes, or says "not yet met" leaves
it open, which is neither of the others: some of a deductible that is not met may be used.
"""

import re
from typing import Literal

State = Literal["met", "untouched", "open"]

_SPEND = "用扣付交花抵缴走整使"
# Not to know, in everyday words and those of dialects.
_NOT_KNOWN = (
    r"(?:(?:不|没|弗|未)(?:太|大|很|是很|怎么)?(?:清楚|知道?|晓得|确定|记得|了解|明白|留意|查|问|算)过?"
    r"|(?:晓|认|记)不(?:得|清)|(?:搞|弄|说|记|算|拎|吃|讲)不(?:清楚?|准|懂|明白|好|来|得)"
    r"|忘(?:记|了)?|谁(?:知道|晓得)|没数|没底|没把握)"
)
_SUPPOSED = r"(?:可能|好像|也许|或许|兴许|恐怕|貌似|似乎|像是|不一定|说不定|未必|怕是)"
_WHETHER = r"(?:有没有?|是不是|是否|有无|会不会)"
_OF_DEDUCTIBLE = r"(?:今年|当年|年度|门诊|住院|这个|的)*"
_WHOSE_WORD = r"(?:my|the|her|his|their|our|this year's)"
_WHOSE = rf"(?:{_WHOSE_WORD} )"
_UNSURE = re.compile(
    rf"{_NOT_KNOWN}(?:了|的|啊|呀|哦|呢|我|他|她|伊|具体|到底|今年|已经?|还|现在|究竟|有)*"
    rf"(?:$|[。，？? ]|[{_SPEND}剩满过够差是])"
    # Asked rather than told: 用没用完, 满了没, 用完没有.
    rf"|(?P<verb>[{_SPEND}满过到够])(?:了|过)?没(?P=verb)"
    rf"|(?:[{_SPEND}]?[完光满足过够到掉好]|达标|达到)了?(?:没有?|吗|么|否|伐|冇|不)"
    rf"(?=$|[，。？? 呀啊我他她伊]|{_NOT_KNOWN})"
    rf"|{_WHETHER}|{_SUPPOSED}"
)
# Some of it: 用了一点, 快用完了, 还没满.
_PARTLY = re.compile(
    rf"[{_SPEND}](?:了|掉)?(?:有)?一?(?:些|点儿?|部分|半|大半|小半|多半)(?![没也都])"
    r"|(?:还是|满)满的|(?:快要?|就要|差不多|差点|差一点|将近|接近|几乎)[^，。\d]{0,4}[完光满过到够达]"
    rf"|(?:没|未|不)(?:有|曾)?(?:完?全|都)?"
    rf"(?:[{_SPEND}积累攒](?:完|光|满|足|清|齐|到|够)|[达到够满过超跨])"
)
_OPEN_BEFORE = re.compile(
    rf"(?:{_NOT_KNOWN}(?:了|的|我|他|她|伊|到底|现在|还)*|{_WHETHER}|{_SUPPOSED}"
    rf"|(?:没|未|不)(?:有)?(?:达|超|跨|到|过|够|满)(?:到|过|满)?){_OF_DEDUCTIBLE}$"
)
_UNKNOWN_EN = (
    r"(?:no (?:idea|clue)|not (?:sure|certain)|unsure|unknown|unclear|forgot(?:ten)?|who knows"
    r"|(?:do|did|does|ca|could|have|has)(?:n't| not|nnot) (?:know|remember|recall|tell|check)"
    r"(?:ed)?)"
)
_OPEN_EN = re.compile(
    rf"\b(?:{_UNKNOWN_EN}"
    r"|maybe|perhaps|possibly|whether|wonder(?:ing)?|(?:may|might|could) (?:already )?(?:have|be)"
    rf"|how much (?:of )?{_WHOSE}?deductible"
    rf"|(?:some|part|half|most|a bit|a little)(?: of)? {_WHOSE}?deductible)\b"
    r"|^ ?(?:and |but )?(?:has|have|is|was|did|are) (?!not\b)"
    r"|\b(?:partly|partially|half|nearly|almost) (?:\w+ ){0,2}(?:used|met|through|reached|paid)\b"
    r"|(?:n't|\bnot|\bnever|\byet to)(?: (?:yet|been|fully|quite|all|completely|be|even))*"
    r" (?:met|meet|reach(?:ed)?|used up|exhausted|fully used|done|finish(?:ed)?|hit|clear(?:ed)?"
    r"|past|over)\b"
)
_UNKNOWN = re.compile(rf"{_NOT_KNOWN}|\b{_UNKNOWN_EN}\b")
# A clause that says no more than that somebody does not know: 我也不清楚.
_IGNORANT = re.compile(
    rf" ?(?:这个|那个|具体|到底|也|真|倒|还|就|我|他|她|伊|自己|现在|实在|的|都)*{_NOT_KNOWN}"
    r"(?:了|的|啊|呀|哦|呢|哎|多少|几|用)* ?"
    rf"| ?(?:and |but )?(?:i |i'm |i am |really )*{_UNKNOWN_EN} ?"
)
_MET = re.compile(
    rf"[{_SPEND}](?:完|光|满|足|尽|脱|过头|好|晒|清|齐)|(?:搞|弄)(?:定|好|完)"
    r"|(?:已经?|都|早就?|全)满|满[了的]|满(?=$|[，。 哦呀啊])|[用扣]掉了$"
    r"|(?<=[线费准段都经早就])花了+$"
    r"|够(?:了|数)|达到|达标|到(?:头|顶|线|了)|完了|清零|没(?:有)?了$"
    r"|[过超](?:了|掉|脱|线|头)|早[过超]|跨过|(?:已经?|都|早就)[过超够]"
    r"|(?:already |all )?\bused(?: too| as well| already)?\s*$"
    r"|used up|\bdone\b|\bmet\b|reached|exhausted|fully used|all used|all paid|paid (?:off|in full)"
    r"|out of the way|\bcleared\b|behind (?:me|us|her|him)\b|\bfinished\b|\bsatisfied\b"
)
_UNTOUCHED = re.compile(
    r"(?:没|未|尚未|不曾)(?:有)?(?:开始)?(?:使?用|扣|动|交|付)(?![完光满足清齐到够多几])"
    r"|一[点分](?:都|也)?(?:还)?(?:没|未)"
    r"|(?:没|未)(?:有)?(?:开始|起步)(?:算|计|累)?|还(?:是|为|在)(?:0|零)(?!\d)|零使用"
    r"|原封(?:不|没)动|not (?:been )?(?:used|touched)|(?:have|has)n't (?:been )?(?:used|touched)"
    r"|untouched|unused|haven't used|none of|\bintact\b"
)
# Right before the deductible: it is used up, or not used at all.
_MET_BEFORE = re.compile(
    r"(?:used up|met|reached|exhausted|finished|gone through|cleared|hit|satisfied"
    r"|(?:i'm|i am|she is|she's|he is|he's|already|well) (?:past|beyond|over|through))"
    rf"(?: all)?(?: of)?(?: {_WHOSE_WORD})? $"
)
_VERB_BEFORE = re.compile(
    rf"(?:超过|超出|达到|跨过|[{_SPEND}](?:过|完|满|清|好)|[过到满])了?{_OF_DEDUCTIBLE}$"
)
_NOT_YET = r"(?:没|未|尚未|不曾)(?:有|曾)?(?:开始|去)?"
_UNTOUCHED_BEFORE = re.compile(
    rf"{_NOT_YET}(?:使|动|去)?[用扣动交付花碰](?:过|到|着|掉|了)?(?:一[分点]钱?)?{_OF_DEDUCTIBLE}$"
    rf"|(?:\bnot|\bnever|n't)(?: yet)? (?:used|touched|paid|started)(?: any)?(?: on| of| towards?)?"
    rf"(?: {_WHOSE_WORD})? $"
)
_UNMET_BEFORE = re.compile(
    rf"{_NOT_YET}(?:完?全)?[{_SPEND}](?:完|满|清|光|够|足)了?{_OF_DEDUCTIBLE}$"
    r"|(?:\bnot|\bnever|n't)(?: yet)?(?: quite| fully)? (?:used up|met|reached|exhausted|finished"
    rf"|cleared|hit|satisfied)(?: all)?(?: of)?(?: {_WHOSE_WORD})? $"
)
# 过了起付线以后 speaks of the rule.
_NOTHING_BEHIND = re.compile(r"\w{2,4}?(?:了|啦|咯|的|已经|呀|啊|哦|线|费|\s)*$")
_NONE_OF = re.compile(
    r"(?:\b(?:none|nothing|zero)(?: used| paid| spent)? (?:of|from|on|towards?)"
    r"|\b(?:no|zero)(?: part of)?) (?:(?:my|the|her|his|their) )?$"
)


def told_before(front: str) -> re.Match[str] | None:
    """What stands right before a word for the deductible and tells its state."""
    patterns = (
        *(_OPEN_BEFORE, _UNTOUCHED_BEFORE, _UNMET_BEFORE),
        *(_MET_BEFORE, _VERB_BEFORE, _NONE_OF),
    )
    return next((found for one in patterns if (found := one.search(front))), None)


def is_ignorant(clause: str) -> bool:
    """Whether a clause only says that somebody does not know."""
    return bool(_IGNORANT.fullmatch(clause))


def is_unknown(front: str, behind: str) -> bool:
    """Whether somebody says not to know the state, rather than to ask for it."""
    return bool(_UNKNOWN.search(front + behind))


def state_of(front: str, behind: str) -> State | None:
    """The state of the deductible, which `behind` begins with; `front` is its clause before it."""
    if _OPEN_BEFORE.search(front) or _OPEN_EN.search(front + behind) or _UNSURE.search(behind):
        return "open"
    if _NONE_OF.search(front) or _UNTOUCHED_BEFORE.search(front) or _UNTOUCHED.search(behind):
        return "untouched"
    if _UNMET_BEFORE.search(front) or _PARTLY.search(behind):
        return "open"
    verb = _VERB_BEFORE.search(front) and _NOTHING_BEHIND.match(behind)
    if verb or _MET_BEFORE.search(front) or _MET.search(behind):
        return "met"
    return None
