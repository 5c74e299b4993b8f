"""How care away from home was filed, told by its shape: 备了临时案, 备案是办了长期的.

The lexicon lists the usual words; here the kind and the filing stand apart.
"""

import re
from collections.abc import Iterator, Mapping

from askdoc.language.word_list import Hit

_KINDS = {
    "temporary": (r"(?:临时|短期)", r"temp(?:orar(?:y|ily))?", "长期|安置"),
    "long_term": (r"(?:长期|异地安置|安置)", r"long[- ]term", "临时|短期"),
}
_GAP = r"[^，。；,;、和或{other}]{{0,8}}?"


def _pattern(kind: str) -> re.Pattern[str]:
    words, english, other = _KINDS[kind]
    gap = _GAP.format(other="".join(sorted({*other} - {"|"})))
    return re.compile(
        rf"{words}{gap}备(?:了|个|好|过)*案"
        rf"|备(?:了|过|好|的|是|个|着|一)*(?:异地)?{words}(?:的)?案?"
        rf"|备案(?:是|的|手续|做|办|也|我|他|她|了|过|好|类型|选|填)*{words}(?:的)?"
        rf"|办(?:了|好|过|的|是)*(?:异地)?{words}(?:的)?(?=[，。；,; ）)]|$)"
        rf"|\b{english}[- ](?:filing|filed|registration|registered)"
        rf"|\bfil(?:ed|ing)(?: it| for| as| a)* {english}\b"
    )


_PATTERNS = {kind: _pattern(kind) for kind in _KINDS}


def filings_said(masked: str) -> Iterator[Hit[Mapping[str, str]]]:
    """The filings of a lower-case text, each as a word for its kind."""
    for kind, pattern in _PATTERNS.items():
        for found in pattern.finditer(masked):
            yield Hit(found[0], *found.span(), {"filed": kind})
