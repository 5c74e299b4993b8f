"""The numbers that Word shows before paragraphs but does not store with them.

In many circulars 第八条 stands nowhere in the text: it is a list level whose format is
"第%1条". Without this, a passage could not be cited.
"""

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"),
    *("taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified"),
)
_SPOKEN = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


class Numbers:
    """Counts the numbered paragraphs of one document, to be asked in reading order."""

    def __init__(self, document: "Document") -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {style.style_id: style.element for style in document.styles}
        for part in document.part.rels.values():
            if part.reltype.endswith("/numbering") and not part.is_external:
                self._learn(part.target_part.element)

    def _learn(self, numbering: Any) -> None:
        for abstract in numbering.findall(f"{_W}abstractNum"):
            levels = {int(one.get(f"{_W}ilvl")): one for one in abstract.findall(f"{_W}lvl")}
            self._levels[abstract.get(f"{_W}abstractNumId")] = levels
        for num in numbering.findall(f"{_W}num"):
            self._list_of[num.get(f"{_W}numId")] = _value(num, "abstractNumId")

    def before(self, paragraph: Any) -> str:
        """What Word shows before this paragraph, or nothing."""
        found = self._place(paragraph)
        if found is None:
            return ""
        kept, level = found
        levels = self._levels.get(self._list_of.get(kept, ""), {})
        if level not in levels or _value(levels[level], "numFmt") in ("bullet", "none", ""):
            return ""
        counts = self._counts[self._list_of[kept]]
        counts[level] = counts.get(level, _start(levels[level]) - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            counts.pop(deeper, None)
        return self._shown(levels, counts, level)

    def _shown(self, levels: dict[int, Any], counts: dict[int, int], level: int) -> str:
        def number(found: re.Match[str]) -> str:
            of = int(found[1]) - 1
            if of not in levels:
                return ""
            count = counts.setdefault(of, _start(levels[of]))
            plain = levels[level].find(f"{_W}isLgl") is not None
            return str(count) if plain else written(count, _value(levels[of], "numFmt"))

        return re.sub(r"%([1-9])", number, _value(levels[level], "lvlText"))

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or that of its style and its parents."""
        own = paragraph.find(f"{_W}pPr")
        kept, level = _list_place(own)
        style = paragraph.style
        for _ in range(_LEVELS):
            if kept or style not in self._styles:
                break
            element = self._styles[style]
            kept, of_style = _list_place(element.find(f"{_W}pPr"))
            level = level or of_style
            style = _value(element, "basedOn")
        return (kept, int(level or 0)) if kept and kept != "0" else None


def _list_place(properties: Any) -> tuple[str, str]:
    place = None if properties is None else properties.find(f"{_W}numPr")
    return ("", "") if place is None else (_value(place, "numId"), _value(place, "ilvl"))


def _start(level: Any) -> int:
    return int(_value(level, "start") or 1)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val") or "")


def written(count: int, style: str) -> str:
    """A number in one of Word's formats; formats that are not listed count in digits."""
    if style in _CHINESE and count < 1000:
        return _chinese(count)
    if style in ("lowerLetter", "upperLetter") and 1 <= count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter.upper() if style == "upperLetter" else letter
    if style in ("lowerRoman", "upperRoman") and 1 <= count < 40:
        roman, left = "", count
        for worth, sign in _ROMAN:
            roman += sign * (left // worth)
            left %= worth
        return roman.upper() if style == "upperRoman" else roman
    if style == "decimalEnclosedCircle" and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    return str(count)


def _chinese(count: int) -> str:
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_SPOKEN[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _SPOKEN[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_SPOKEN[ones] if ones else "") or _SPOKEN[0]
