"""Whether words of a dose only tell of it: 一天几次都记不清了, 饭后吃, 不管吃几片.

What a reader would not guess: a question word before 都 or 也 asks nothing, unless what follows is
what is allowed: 吃多少都可以吗.
"""

import re

_ASKS = re.compile(r"几|多少|多大|什么|啥|怎么|哪|\b(?:what|which|how)\b")
# What stands behind a word of asking that asks nothing: 吃多少年了, 一天几次都记不清, 怎么吃我知道.
_TOLD_BEHIND = re.compile(
    r"[^，。；！？,;!?\n]{0,3}(?:都|也)(?!(?:可以|行|能|成|没事|没关系|不要紧|好|合适)(?:吗|么|不|吧|[？?]|$))"
    r"|(?:个)?(?:钱|元|块|年|瓶|盒|个月|月|天|趟)"
    r"|(?:的)?(?:我|他|她|我妈|我爸|这个|医生)*(?:都|也|倒|是|已经)*"
    r"(?:知道|晓得|清楚|记得|明白|有数|说过|说了|讲过|交代|交待|定|听医生|按医生|遵医嘱)"
)
_COUNTED = re.compile(rf"(?:{_ASKS.pattern})(?:片|粒|颗|次|回|针|支|包|袋|单位|毫克)?")
_WHATEVER = re.compile(r"(?:不管|无论|不论|甭管|别管|随便|不问)[^，。；！？,;!?\n]{0,6}$")
_CLAUSE_END = re.compile(r"[，。；！？,;!?\n]")
_ASKING = re.compile(
    r"[？?吗么呢]|还是|几|多少|怎么|咋|什么|啥|哪|好不|行不|能不|可不|要不|该|合适|or\b"
)


def answers_itself(text: str, start: int, end: int) -> bool:
    """Whether a question of a dose that stands there is none: 一天几次都记不清了."""
    asks = _ASKS.search(text[start:end])
    return bool(asks and (_TOLD_BEHIND.match(text, end) or _WHATEVER.search(text[:start])))


def tells_dose(text: str, start: int, end: int) -> bool:
    """Whether the clause of a word of doses asks nothing: 饭后吃的, 一天吃几粒我知道."""
    begin = max((one.end() for one in _CLAUSE_END.finditer(text, 0, start)), default=0)
    stop = _CLAUSE_END.search(text, end)
    close = len(text) if stop is None else stop.end()
    asked = (_COUNTED.match(text, one.start()) for one in _ASKING.finditer(text, begin, close))
    return not _ASKS.search(text[start:end]) and all(
        one and answers_itself(text, *one.span()) for one in asked
    )
