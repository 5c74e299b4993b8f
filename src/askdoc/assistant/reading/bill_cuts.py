"""Where a message turns from one bill to another: last time and this time, or two places.

"上个月在社区配药600…，这个月到三级医院也是600…": each stretch is read on its own, and what is said
outside both holds for both. What a reader would not guess: there are several ways to cut a
message, and what the person says to have paid tells which was meant; the first is the likeliest.
"""

import re
from collections.abc import Iterator

_NUMERAL = "0-9一二两三四五六七八九十百千万廿"
_BEFORE = re.compile(
    r"(?i)上个?月|年初|原来|之前"
    r"|(?<!开年)(?<!今年)(?:头一|第一)[次回趟](?!住|看|入|[，, 。])|头一张|第一张"
    r"|第一回|第一趟|前一?[次回趟]|前[面头]?那[次回张趟]|上[次回趟旬]|上一[次回趟张]|早先|先前|开头|头[次回趟](?!住|看|入)"
    r"|签约前|没签约的时候|前一张|上周|上星期|前几天|前两天|之前那次|以前|去年|前者"
    r"|last (?:month|time|week|year|bill|visit|one)|before,|the previous|previously"
    r"|(?:the )?\bfirst (?:time|bill|visit|one|was)|earlier,"
)
_NOW = re.compile(
    r"(?i)这个?月|这张|第二张|第二回|第二趟|后来|再一次|另一张|签约后|签了以后|现在|后一[张次回趟]|这一?[张次回趟]"
    r"|第二次|后[面头]?那[次回张趟]|[葛搿今本此][次回趟]|今天|昨天|昨儿|今儿|本月|这周|下旬|今年(?=开年|年?初|这|再)|开年|后者"
    r"|this (?:month|time|week|one|visit)|today|yesterday|this bill|\bnow\b|(?:the )?\bsecond"
    r"(?: (?:time|bill|visit|one|was|had)|,)"
)
_DAY = re.compile(
    r"(?i)\d{4}-\d{1,2}-\d{1,2}|[\d一二三四五六七八九十廿]{1,3}月[\d一二三四五六七八九十廿]{1,3}[日号]"
    r"|(?<![\d.])(?:[1-9]|1[0-2])[./](?:[12]\d|3[01]|0?[1-9])(?=[ 在去到看住配开拿社三二门,，号日])"
    r"|(?:on )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*"
    r"|(?:on )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?\b"
)
_MONTH = re.compile(
    r"(?<!个)(\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d|[一二三四五六七八九十])份?"
)
# Where each of two bills was, when nothing says which came first: each with what was paid there.
_PLACE = re.compile(
    r"(?i)(?:社区|社康|村卫生室|卫生院|[一二三123]级|[二三]甲|大医院)(?:卫生服务中心|中心|医院)?(?:看|门诊|住院)*"
    r"|(?:level[- ](?:one|two|three|[123])|primary|secondary|tertiary|community)"
    r"(?: (?:health )?(?:clinic|hospital|centre|center|one))?"
)
_PLACE_NUMBER = re.compile(rf"[^。；;\n]{{0,24}}?(?<![{_NUMERAL}.])[{_NUMERAL}][{_NUMERAL}.,]+")
_PAID = re.compile(
    rf"(?i)(?:付脱|自付|自负|自费|[付掏出花要拿俾畀给交摊])(?:了|过|掉|的)?(?:我|他|她|俺)?(?:是|为|要)?\s*"
    rf"[{_NUMERAL}][{_NUMERAL}.,块毛角分元]*|(?:paid|pay|charged)[^.,;]{{0,12}}? [\d][\d.,]*"
    r"|[\d][\d.,]* (?:yuan )?out of pocket"
)
_WHY = re.compile(
    r"(?i)为什么|为啥|为何|为[撒甚]|怎么|点解|哪能|凭啥|凭什么|咋|贵|多付|多了|多出|差这么|差额|差[在了]|原因|哪来|哪里来"
    r"|why|dearer|extra|more expensive|go up|went up"
)
_TWO = 2
# What was said of the year in the later bill holds for the earlier too, unless that says its own.
_OF_YEAR = re.compile(r"(?i)起付|门槛|账户|deductible|account")
_CLAUSE = re.compile(r"[，,。；;！？!?\n]")
_BOTH = re.compile(r"(?i)两次|两趟|两回|两张|both|each\b")
_SENTENCE = re.compile(r"[。！？!?\n]|(?<!\d)\.(?!\d)")
_HAS_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千万两]{2,}|[0-9][kKwW万千百]")
Mark = tuple[int, str]
Stretch = tuple[str, int, int]


def bill_cuts(text: str) -> Iterator[tuple[str, str]]:
    """The texts of an earlier and a later bill, each with what holds for both; likeliest first."""
    told: set[tuple[str, str]] = set()
    for marks in _mark_sets(text):
        for is_short in (False, True):
            stretches = _stretches(text, marks, is_short)
            for is_whole in (False, True):
                cut = _composed(text, stretches, is_whole)
                if cut is not None and cut not in told:
                    told.add(cut)
                    yield cut


def _composed(text: str, stretches: list[Stretch], is_whole: bool) -> tuple[str, str] | None:
    """Both texts; `is_whole`: all stretches of a bill, else its first one."""
    before = [text[a:b] for kind, a, b in stretches if kind == "before"]
    now = [text[a:b] for kind, a, b in stretches if kind == "now"]
    if not before or not now:
        return None
    shared = "，".join(text[a:b] for kind, a, b in stretches if kind == "both")
    first, last = ("，".join(before), "，".join(now)) if is_whole else (before[0], now[0])
    return f"{first}。{shared}", f"{last}。{shared}"


def _mark_sets(text: str) -> Iterator[list[Mark]]:
    """Where the bills begin, by each sign that the message gives."""
    times = [(hit.start(), "before") for hit in _BEFORE.finditer(text)]
    times += [(hit.start(), "now") for hit in _NOW.finditer(text)]
    times = [one for one in times if _has_amount(text, one[0])]
    months = {hit[1]: hit.start() for hit in reversed(list(_MONTH.finditer(text)))}
    days = [hit.start() for hit in _DAY.finditer(text)]
    pairs = [sorted(months.values()), days, _places(text)]
    for marks in (times, *([*zip(one, ("before", "now"), strict=False)] for one in pairs)):
        kept = [one for one in marks if _has_amount(text, one[0])]
        two = len(kept) == _TWO or marks is times
        if two and len({kind for _, kind in kept}) == _TWO:
            yield [one for one in sorted(kept) if not _says_again(text, one, kept)]


def _says_again(text: str, mark: Mark, marks: list[Mark]) -> bool:
    """Whether a mark only says once more what the one before it said: 今年开年."""
    earlier = max((one for one in marks if one < mark), default=None)
    return (
        earlier is not None
        and earlier[1] == mark[1]
        and not _HAS_NUMBER.search(text, earlier[0], mark[0])
    )


def _stretches(text: str, marks: list[Mark], is_short: bool) -> list[Stretch]:
    """The message cut at its marks; `is_short`: a bill ends behind what was paid of it."""
    marks = sorted([*marks, *((hit.start(), "both") for hit in _BOTH.finditer(text))])
    found: list[Stretch] = []
    at = 0
    for number, (start, kind) in enumerate(marks):
        if start > at:
            found.append(("both", at, start))
        following = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        ends = [hit.start() for hit in _SENTENCE.finditer(text, start, following)]
        last = number + 1 == len(marks)
        end = ends[0] if last and ends else following
        paid = _PAID.search(text, start, end) if is_short and kind != "both" else None
        end = paid.end() if paid else end
        found.append((kind, start, end))
        at = end
    return _year_shared(text, [*found, ("both", at, len(text))])


def _places(text: str) -> list[int]:
    """Two places with what was paid at each, where it is asked why."""
    hits = [one for one in _PLACE.finditer(text) if _PLACE_NUMBER.match(text, one.end())]
    first = {one[0][:2].lower(): one for one in reversed(hits)}
    places = sorted(first.values(), key=lambda one: one.start())
    if len(places) != _TWO or not _WHY.search(text):
        return []
    return (
        [one.start() for one in places]
        if _PLACE_NUMBER.match(text[: places[1].start()], places[0].end())
        else []
    )


def _year_shared(text: str, stretches: list[Stretch]) -> list[Stretch]:
    """The stretches with what the later bill's clauses say of the year made common to both."""
    own = any(kind == "before" and _OF_YEAR.search(text[a:b]) for kind, a, b in stretches)
    if own:
        return stretches
    found: list[Stretch] = []
    for kind, start, end in stretches:
        year = _OF_YEAR.search(text, start, end) if kind == "now" else None
        cuts = [hit.end() for hit in _CLAUSE.finditer(text, start, year.start())] if year else []
        if cuts:
            found += [(kind, start, cuts[-1]), ("both", cuts[-1], end)]
        else:
            found.append((kind, start, end))
    return found


def _has_amount(text: str, start: int) -> bool:
    """Whether a mark opens a bill: an amount stands in the same sentence behind it."""
    end = _SENTENCE.search(text, start)
    return bool(_HAS_NUMBER.search(text, start, end.start() if end else len(text)))
