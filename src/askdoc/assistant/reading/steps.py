"""Signing up and filing told by their shape: 家庭医生原来是签过的, 临时外出备案, 长期异地的备案.

The lexicon lists whole words; people part them by who, when and where. What a reader would not
guess: 签了 alone is signing up only where nothing that one signs stands behind it (签了字).
"""

import re
from collections.abc import Iterator, Mapping

from askdoc.language.word_list import Hit

_GAP = r"[^，。；、！？,;!?\n没未不无]"
_DOCTOR = r"(?:家庭医生|家医|签约医生|家庭大夫)"
_SIGNED: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (
        re.compile(
            rf"{_DOCTOR}{_GAP}{{0,8}}?(?:签(?:了|过|好|上|着|的|完)|有签)"
            rf"|(?<![没未])签(?:了|过|好|上|着)(?:个|一个|的|有)?{_GAP}{{0,4}}?{_DOCTOR}"
            r"|签(?:了|过|好|上)(?=[的呢啊呀吧，。；、,; ]|$)"
            r"|签了(?=起付线|以后|之后|社区)"
            r"|\b(?:i|we|she|he)(?:'ve| have| has|'s)? (?:already )?signed(?: up)?(?=[.,;!]|$)"
        ),
        {"contracted": "true"},
    ),
    (re.compile(rf"临时{_GAP}{{1,8}}?备案"), {"filed": "temporary"}),
    (re.compile(rf"(?:长期|长住|安置){_GAP}{{1,8}}?备案"), {"filed": "long_term"}),
)


def steps_said(masked: str) -> Iterator[Hit[Mapping[str, str]]]:
    """The steps of a lower-case text, each as a word that says it was taken."""
    for pattern, sets in _SIGNED:
        for found in pattern.finditer(masked):
            yield Hit(found[0], *found.span(), sets)
