"""How Chinese documents number their parts: 第二章, 第八条, 一、, （一）, 1., （1）.

A number at the start of a line is not always a heading: 第八条规定 is a reference, 1.5倍 a
figure. And a numbered line is either a title (一、申请条件) or a sentence (（一）由…审核。).
"""

import re
from dataclasses import dataclass
from enum import IntEnum


class Rank(IntEnum):
    """The kinds of numbering, outermost first."""

    ANNEX = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    HEAD = 5
    ITEM = 6
    POINT = 7
    SUBPOINT = 8


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that begins with a number of the outline.

    `marker` is the number as it is cited, `title` the whole heading for the path, `body` what
    follows it on the same line.
    """

    rank: Rank
    marker: str
    title: str
    body: str


_N = "[一二三四五六七八九十百千零〇两0-9０-９]{1,7}"
_BIG = {"编": Rank.PART, "篇": Rank.PART, "部分": Rank.PART, "章": Rank.CHAPTER, "节": Rank.SECTION}
_CHAPTER = re.compile(rf"第\s*({_N})\s*(编|篇|部分|章|节)(?![规所至和与或及的中、，。])\s*(.*)")
_ARTICLE = re.compile(
    rf"(第\s*{_N}\s*条(?:之[一二三四五六七八九十]{{1,2}})?)"
    r"(?!规定|所称|所列|所述|至|和|与|或|及|\s*第|的|中|款|项|[、，。；,;])"
    r"(\s*[（(【\[](?![一二三四五六七八九十0-9]{1,3}[）)])[^）)】\]]{1,24}[）)】\]])?[\s:：]*(.*)"
)
_ANNEX = re.compile(r"(附件|附录|附表)\s*([一二三四五六七八九十0-9０-９]{0,3})\s*[:：]?")
_SMALL = (
    (Rank.HEAD, re.compile(r"([一二三四五六七八九十]{1,3}、)\s*(.+)")),
    (Rank.ITEM, re.compile(r"([（(][一二三四五六七八九十]{1,3}[）)])\s*(.+)")),
    (Rank.POINT, re.compile(r"([0-9０-９]{1,2}[.．、])(?![0-9０-９])\s*(.+)")),
    (Rank.SUBPOINT, re.compile(r"([（(][0-9０-９]{1,2}[）)]|[0-9]{1,2}[)）]|[①-⑳])\s*(.+)")),
)
# Longer lines, and lines that end like a sentence, are not titles.
LONGEST_TITLE = 40
_SENTENCE_END = tuple("。！？；：，、.!?;:,")
_STANDS_APART = re.compile(rf"第\s*{_N}\s*(?:[编篇章节]|部分|条)(?:\s|[（(【]|$)")
# （一）申请条件。参保人员…: a title that runs on into its text.
_RUN_IN = re.compile(r"([^，。；：、,;:]{2,16})。\s*(?=\S)")


def numbered(line: str) -> Numbered | None:
    """The number at the start of a line, or None where there is none."""
    if found := _CHAPTER.fullmatch(line):
        name = f"第{found[1]}{found[2]}"
        title = f"{name} {found[3]}".strip()
        if is_title(title):
            return Numbered(_BIG[found[2]], name, title, "")
    if found := _ARTICLE.fullmatch(line):
        marker = re.sub(r"\s", "", found[1])
        return Numbered(Rank.ARTICLE, marker, marker + (found[2] or "").strip(), found[3])
    if found := _ANNEX.fullmatch(line):
        return Numbered(Rank.ANNEX, found[1] + found[2], found[1] + found[2], "")
    for rank, pattern in _SMALL:
        if found := pattern.fullmatch(line):
            return _small(rank, found[1], found[2])
    return None


def _small(rank: Rank, marker: str, rest: str) -> Numbered:
    between = " " if rank is Rank.POINT else ""
    if is_title(rest):
        return Numbered(rank, marker, f"{marker}{between}{rest}", "")
    if run_in := _RUN_IN.match(rest):
        return Numbered(rank, marker, f"{marker}{between}{run_in[1]}", rest[run_in.end() :])
    return Numbered(rank, marker, marker, rest)


def is_title(line: str) -> bool:
    """Whether a line reads like a heading: short, and not ending like a sentence."""
    return 0 < len(line) <= LONGEST_TITLE and not line.endswith(_SENTENCE_END)


def begins_anew(before: str, line: str) -> bool:
    """Whether a line of a wrapped text begins a paragraph by its number.

    In mid-sentence a number at the start of a line is one the line break put there, unless it
    is a chapter or an article and stands apart from what follows.
    """
    found = numbered(line)
    if found is None:
        return False
    if found.rank <= Rank.ARTICLE and _STANDS_APART.match(line):
        return True
    return before.endswith(tuple("。！？；：")) or is_title(before)
