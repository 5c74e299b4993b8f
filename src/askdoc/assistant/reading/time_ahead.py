"""The time to come in which a medicine is to be taken: 27年2月才开始, 过了年再换, next spring.

What a reader would not guess: a month that is over, with 到时 or 才 beside it, is the next one of
that name; and what else happens in a year to come (我妈明年退休) is no time of the medicine.
"""

import re
from collections.abc import Iterator
from datetime import date

from askdoc.language import find_days, normalise

# The turn of the year and what comes behind it, by words that name no day.
_NEXT_YEAR = re.compile(
    r"过[了完好]?(?:这个?)?(?:年(?![龄级纪限轻])|春节|元旦|新年|农历年|大年)|(?:春节|元旦|新年)(?:之|以|过)?后"
    r"|(?<![成多少几半两周\d一二三四五六七八九十百同每当那今去前晚早壮青中老幼])年后(?!续)|跨年(?:之|以)?后|翻[了过]年|翻年"
    r"|(?<![\d一二两三四五六七八九十百几多])来年|[下明]一?(?:个)?年度|新(?:的)?(?:一)?年度|(?:开|新|来|明)春|正月"
    r"|\bnext (?:spring|summer|winter|autumn|fall|insurance year)\b|\bin the new year\b"
    r"|\b(?:after|from|come) (?:the )?(?:chinese |lunar )?(?:new year|spring festival|christmas)"
    r"|\b(?:by|from|come|next|starting) (?:january|jan)\b"
)
# A year that stands alone: "2028退休", "in 2027".
_YEAR = re.compile(r"(?<![\d.,])(20\d\d)(?![\d%]|[.,]\d|\s*(?:元|块|yuan|rmb|mg|毫))")
# Words that make a month one to come.
_TO_COME = re.compile(
    r"到时|届时|到那|那时|以?后|才|再|开始|起|打算|准备|计划|预计|拟|要|想|\b(?:will|then|start|begin|plan)"
)
_OVER = re.compile(r"了|过|就|\b(?:since|was|had|were|did)\b|一直|已经")
# What lies behind the last turn of the year: 春节后查出来的高血压.
_HAPPENED = re.compile(
    r"^[^，。；,;]{0,8}?(?:查出|查到|确诊|诊断|得的|得了|患上|发现|发病|开始吃|一直|就吃|在吃|吃着|吃到|[吃用打]了)"
    r"|^[^,.;]{0,20}\b(?:diagnosed|found|has been|have been|was|since)\b"
)
# What happens in a year to come and is not the medicine, unless that comes with it or behind it.
_EVENT = re.compile(
    r"^[^，。；,;]{0,8}?(?:退休|退的|没|体检|手术|开刀|装|住院|生孩|结婚|毕业|到期|满\d|搬)"
    r"|^[^,.;]{0,20}\b(?:retire|operat|surgery|born|wedding)"
)
_THEN = re.compile(
    r"^[^，。；,;]*(?:再|后|完|时|才|[吃用打换上吸]"
    r"|\b(?:then|when|after|before|start|take|use)\b)"
    r"|^[^。；;]*(?:到时|届时|那时|还[能会在报有给])"
)


def time_ahead(text: str, today: date) -> date | None:
    """The first day of the time to come that a text names for its medicine; None without one."""
    source = normalise(text)
    said = source.text.lower()
    for end, day in sorted(_named(said, today)):
        behind = said[end:]
        if not _EVENT.match(behind) or _THEN.match(behind):
            return day
    return None


def _named(said: str, today: date) -> Iterator[tuple[int, date]]:
    """Every time to come, with where its words end."""
    new_year = date(today.year + 1, 1, 1)
    for found in find_days(normalise(said), today):
        start, end = found.span
        bare = found.grain == "month" and found.year_assumed and "今年" not in said[:start]
        if found.day > today:
            yield end, found.day
        elif bare and found.day.month != today.month and _is_to_come(said[end:]):
            yield end, found.day.replace(year=today.year + 1)
    for word in _NEXT_YEAR.finditer(said):
        if not _HAPPENED.match(said[word.end() :]):
            yield word.end(), new_year
    for year in _YEAR.finditer(said):
        if int(year[1]) > today.year:
            yield year.end(), date(int(year[1]), 1, 1)


def _is_to_come(behind: str) -> bool:
    clause = re.split(r"[，。；,;？?]", behind)[0]
    return bool(_TO_COME.search(clause)) and not _OVER.search(clause)
