"""Which stay of the year is spoken of: 今年住过一次院又要住, 第二次住院, one stay before.

What a reader would not guess: a stay of another year counts nothing, and 又 or 再 without a number
counts one only where the year is named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from askdoc.assistant.reading.negation import is_denied
from askdoc.language import read_numeral

_COUNT = r"[一两二三四五六七八九]|\d"
_TIMES = "(?:次|回|趟|遭)"
_STAY = re.compile(
    rf"第(?P<nth>[一二三四五六七八九]|\d){_TIMES}"
    r"(?:住|入|进(?=医?院)|再住|[了吧啦呢]?(?=[，。 ,]|$)"
    r"|(?=[一二三]级|[二三]甲|[和跟与、][^，。]{0,3}第[二三]))"
    rf"|(?:住|入)第(?P<of>[一二三四五六七八九]|\d){_TIMES}院?"
    rf"|(?P<again>又|再一?次|再)(?:住|入)(?:了|进|过)*(?:院)?(?:了)?一{_TIMES}"
    rf"|头一?{_TIMES}住"
    r"|首次住"
    rf"|住过(?P<times>{_COUNT}){_TIMES}"
    rf"|(?:(?:住|入)(?:过|了)?院(?:过|了)?|(?:住|入|进)(?:过|了))(?P<stayed>{_COUNT}){_TIMES}"
    rf"|(?:第一{_TIMES}|头一?{_TIMES}|首次)(?=[，。 ,]|$)"
    r"|(?P<word>first|second|third|fourth|2nd|3rd|4th)(?: (?:time|hospital|in-?patient))*"
    r" (?:stay|admission|in (?:the )?hospital|(?:this|in the) year|in one year)"
    r"|(?P<ahead>one|two|three|four|1|2|3)(?: earlier| previous| prior| other| hospital)*"
    r" (?:stays?|admissions?)(?= before| already| earlier| so far| this year| behind)"
    r"|(?:(?:hospitali[sz]ed|admitted|in (?:the )?hospital)(?: already)?) (?P<often>once|twice)"
)
# A count that says itself that it is one of stays.
IN_HOSPITAL = re.compile(r"住|入|stay|admission|admitted|hospital")
# A stay beside another one, without a number: 今年再次住院, 年内二次入院, 住过院又要住.
_AGAIN = re.compile(
    r"(?:再一?次|再度|再|又|二次)(?:要|得|想|去|被|让|叫|要去|得去|要我|要她|要他)*(?:住院|入院|住进|住)"
    r"|\b(?:another|a new|one more) (?:hospital )?(?:stay|admission)"
    r"|\b(?:admitted|hospitali[sz]ed|go(?:ing)? in|into hospital) again\b"
)
# The stays that are counted lie behind another one: 今年已经住了两次院，这次又住.
_BEFORE_NOW = re.compile(
    r"已经?|之前|先前|前面|此前|又|再(?!加)|还要|这一?[次回趟]|马上|接下来|下一?[次回趟]|即将"
    r"|\b(?:already|now|another|again|before|this time|next)\b"
)
_THIS_YEAR = re.compile(
    r"今年|本年|(?:同|一|这|当)一?(?:个)?(?:医保|保险)?年度?(?:里|内|中)|年度内|年内|年[头初]"
    r"|\b(?:this|same) (?:insurance )?year\b"
)
_OTHER_YEAR = re.compile(
    r"[去前]年|往年|上(?:一|个)年|早年|(?:\d|[一两二三四五六七八九十几])年(?:以|之)?前|小时候|年轻"
    r"|\blast year\b|\byears? ago\b"
)
_CLAUSE = re.compile(r"[，。；,;！？!?\n]")
_WORDS = {"first": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_OFTEN = {"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class StaySaid:
    """A stay that was said: how many came before it in the year, where and by which words."""

    before: int
    span: tuple[int, int]
    words: str


def stays_counted(masked: str) -> Iterator[StaySaid]:
    """The stays that are counted and not denied, in the order they are said."""
    counted = False
    for found in _STAY.finditer(masked):
        loose = found["stayed"] or found["often"]
        if (
            is_denied(masked[: found.start()], found[0])
            or _is_other_year(masked, found.start())
            or (loose and not _BEFORE_NOW.search(masked))
        ):
            continue
        counted = True
        yield StaySaid(_before(found), found.span(), found[0])
    again = _AGAIN.search(masked)
    if again and not counted and _THIS_YEAR.search(masked) and not _OTHER_YEAR.search(masked):
        yield StaySaid(1, again.span(), again[0])


def _before(found: re.Match[str]) -> int:
    """How many stays came before the one that a match tells of."""
    past = found["times"] or found["stayed"] or found["ahead"]
    if past or found["often"]:
        said = past or found["often"]
        number = _OFTEN.get(said) or (2 if said == "两" else read_numeral(said))
        return int(number or 1)
    if found["word"]:
        return _WORDS[found["word"]] - 1
    nth = found["nth"] or found["of"] or ("2" if found["again"] else "1")
    return int(read_numeral(nth) or 1) - 1


def _is_other_year(masked: str, at: int) -> bool:
    """Whether the clause of a stay names another year than this one."""
    begin = max((one.end() for one in _CLAUSE.finditer(masked, 0, at)), default=0)
    return bool(_OTHER_YEAR.search(masked[begin:at]))
