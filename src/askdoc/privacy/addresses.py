"""Postal addresses to the door: 漕溪北路18弄3号502室, 阳光小区3号楼2单元501.

Province, city and district stay, since policy depends on them; the street goes with all that
follows. A day is no house (小区12号打疫苗): an estate needs two levels or one that is no 号.
"""

import re
from collections.abc import Iterator

from askdoc.privacy.found import Found

_STREET = re.compile(r"(?:大道|公路|胡同|大街|路|街|弄|巷)")
_ESTATE = re.compile(
    r"花园|新村|小区|公寓|家园|大厦|广场|社区|宿舍|名都|公馆|大楼|苑|村|城|府|坊|大院|里|湾|园|庭|轩"
)
_NUMBER = r"(?:[A-Za-z]?[0-9]{1,5}|[零〇一二三四五六七八九十百]{1,6}+)"
_LEVEL = re.compile(
    rf" ?(?:第 ?)?(?:甲|乙|丙|附)?{_NUMBER}(?:[\-之]{_NUMBER})? ?"
    r"(?P<unit>弄|支弄|号楼|号院|栋|幢|座|单元|室|户|房|楼|层|组|队"
    r"|号(?!窗|线|文|令|药|方|床|上午|下午|早|晚|那天|开始|[之以]前|[之以]后|出院|住院))"
)
_NAME = re.compile(
    r" ?[一-鿿]{2,8}?(?:花园|新村|小区|公寓|家园|大厦|广场|大楼|苑|里|坊|村|宿舍|新城|名都)"
    r"(?=[ ]?[A-Za-z]?[0-9一二三四五六七八九十])"
)
_ROOM = re.compile(r"[ \-]?[A-Za-z]?[0-9]{2,4}(?!\d| ?[元块万天年月日岁次盒片%.]|mg|ml)")
_STOP = re.compile(r"[^一-鿿0-9A-Za-z]|[在住到址往至寄是于从去来搬市区县镇乡省达给]")
_NOT_STREETS = (
    *(
        "思路",
        "线路",
        "走路",
        "半路",
        "一路",
        "道路",
        "铁路",
        "迷路",
        "马路",
        "上路",
        "网路",
        "出路",
    ),
    *("上街", "逛街", "手里", "家里", "院里", "这里", "那里", "哪里"),
)
_FARTHEST = 8


def find_addresses(text: str) -> Iterator[Found]:
    """Addresses in a normalised text."""
    done = 0
    for anchors, is_street in ((_STREET, True), (_ESTATE, False)):
        for match in anchors.finditer(text):
            if is_street and match.start() < done:
                continue
            end, levels = _door(text, match.end())
            if not levels or not _is_door(levels, is_street):
                continue
            start = _begin(text, match.start())
            if start < match.start() and not text[start : match.end()].endswith(_NOT_STREETS):
                done = end
                value = "".join(text[start:end].split())
                yield Found("address", start, end, value, 2)


def _door(text: str, at: int) -> tuple[int, list[str]]:
    """Where the address ends, and its levels from the street down."""
    levels: list[str] = []
    while len(levels) < 8:
        level = _LEVEL.match(text, at)
        if not level and levels:
            name = _NAME.match(text, at)
            level = _LEVEL.match(text, name.end()) if name else None
        if not level:
            break
        levels.append(level["unit"])
        at = level.end()
    room = _ROOM.match(text, at) if levels else None
    if room:
        levels.append("room")
        at = room.end()
    return at, levels


def _is_door(levels: list[str], is_street: bool) -> bool:
    if is_street:
        return levels[0] not in ("楼", "层", "组", "队", "户", "房")
    return len(levels) > 1 or levels[0] in ("号楼", "号院", "栋", "幢", "室", "单元")


def _begin(text: str, anchor: int) -> int:
    """Where the name of the street or the estate begins."""
    start = anchor
    while start > 0 and anchor - start < _FARTHEST and not _STOP.match(text[start - 1]):
        start -= 1
    return start
