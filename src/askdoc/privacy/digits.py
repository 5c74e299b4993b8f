"""Runs of digits as people write long numbers: grouped, spread, in Chinese, in mixed scripts.

A number may begin and end only at an edge: where the run does, at a gap, where the script
changes, and between any two Chinese digits, since nobody sees where those end (…八零零零一直占线).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_HAN = {sign: str(at) for at, sign in enumerate("零一二三四五六七八九")}
_HAN |= {sign: str(at) for at, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")}
_HAN |= {"幺": "1", "拐": "7", "洞": "0", "勾": "9"}
_CIRCLED = {sign: str(unicodedata.digit(sign)) for sign in "⓪①②③④⑤⑥⑦⑧⑨❶❷❸❹❺❻❼❽❾"}
DIGIT = rf"[\d{''.join(_HAN)}{''.join(_CIRCLED)}]"
_GAP = r"[ \-‐‑‒–—―−_.·•・‧∙~/\\()*,、:#\u20e3]"
_RUN = re.compile(f"{DIGIT}(?:{_GAP}{{0,3}}+{DIGIT})*+")
_LONGEST_HEAD = 24


@dataclass(frozen=True, slots=True)
class Run:
    """Digits, where each stands in the text, and what stands before each in the run."""

    text: str = field(repr=False)
    digits: str = field(repr=False)
    places: tuple[int, ...]
    gaps: tuple[str, ...]
    scripts: str
    # Edges that somebody knows of besides.
    cuts: frozenset[int] = frozenset()

    def is_edge(self, at: int) -> bool:
        """Whether a number may begin or end before the digit `at`."""
        if at in (0, len(self.digits)) or self.gaps[at] or at in self.cuts:
            return True
        return self.scripts[at - 1] != self.scripts[at] or self.scripts[at] == "h"

    def inner_gaps(self, start: int, end: int) -> list[str]:
        return [gap.strip() or " " for gap in self.gaps[start + 1 : end] if gap]

    def shape(self, start: int, end: int) -> tuple[int, ...]:
        """How many digits each group between gaps has."""
        cuts = [start, *(at for at in range(start + 1, end) if self.gaps[at]), end]
        return tuple(after - before for before, after in pairwise(cuts))

    def touches_code(self, start: int, end: int) -> bool:
        """Whether the number is the tail or the head of a code that mixes letters and digits."""
        head, tail = self.places[start], self.places[end - 1] + 1
        before, after = self.text[max(0, head - _LONGEST_HEAD) : head], self.text[tail : tail + 1]
        is_headed = start == 0 and self.scripts[start] == "a"
        if is_headed and before[-1:].isascii() and before[-1:].isalnum():
            letters = re.search(r"[A-Za-z0-9]*+$", before)
            if letters and not letters[0].isalpha():
                return True
        if end < len(self.digits) or not (after.isascii() and after.isalnum()):
            return False
        letters = re.match(r"[A-Za-z0-9]*+", self.text[tail : tail + _LONGEST_HEAD])
        return letters is not None and not letters[0].isalpha()


def runs(text: str) -> Iterator[Run]:
    """Every run of digits in a normalised text that could hold an identifier."""
    for match in _RUN.finditer(text):
        if match.end() - match.start() < 7:
            continue
        digits, places, gaps, scripts = [], [], [], []
        last = match.start()
        for at in range(match.start(), match.end()):
            read = _read(text[at])
            if read is None:
                continue
            digits.append(read[0])
            scripts.append(read[1])
            places.append(at)
            gaps.append(text[last:at])
            last = at + 1
        gaps[0] = ""
        yield Run(text, "".join(digits), tuple(places), tuple(gaps), "".join(scripts))


def plain_digits(text: str) -> str:
    """The text with every digit sign as 0-9 and everything that is no letter or digit left out."""
    signs = ((_read(sign), sign) for sign in text)
    return "".join(read[0] if read else sign for read, sign in signs if read or sign.isalnum())


def _read(sign: str) -> tuple[str, str] | None:
    """The digit, and its script: a(rabic), h(an) or c(ircled)."""
    if "0" <= sign <= "9":
        return sign, "a"
    if sign in _HAN:
        return _HAN[sign], "h"
    if sign in _CIRCLED:
        return _CIRCLED[sign], "c"
    value = unicodedata.decimal(sign, None)
    return None if value is None else (str(value), "a")
