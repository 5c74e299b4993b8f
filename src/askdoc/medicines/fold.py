"""One spelling for a medicine's name, whoever wrote it.

Full width, Traditional characters, case, blanks, hyphens, brackets, Greek letters and Roman
numerals are made alike. What a reader would not guess: a Roman numeral becomes `#4`, because
it is part of a name's identity and must never be taken for the letters of another name.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from askdoc.language import normalise, simplify

_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
# Stand-ins that normalising leaves alone; it would turn Ⅴ into the letter V of 青霉素V.
_STAND_INS = "".join(chr(0xE001 + at) for at in range(len(_ROMAN_SIGNS)))
_HIDE_ROMAN = str.maketrans(
    dict(zip(_ROMAN_SIGNS, _STAND_INS, strict=True))
    | dict(zip("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ", _STAND_INS, strict=True))
)
_LETTERED = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_LETTERS = re.compile(
    r"(?<![a-z])(?:viii|vii|vi|iv|iii|ii|ix|xii|xi)(?=[ab]?(?![a-z]))"  # more than one letter
    r"|(?<=[(-])[ivx](?=\))|(?<=[\u4e00-\u9fff])i(?![a-z0-9])"
)
_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ", "omega": "ω", "阿尔法": "α", "贝塔": "β"}
_SPELT_GREEK = re.compile(
    r"(?<![a-z])(?:alpha|beta|gamma|omega)(?![a-z])|(?<=干扰素)(?:阿尔法|贝塔)"
)
_BRACKETS = str.maketrans("[]{}【】〔〕", "()()()()")
_JOINED = re.compile(r"\s*[/+&]\s*|\s+and\s+")
_HYPHENS = re.compile(r"[-‐‑‒–—~〜·•]")
_HAN = r"\u3400-\u9fff"
_TWO_LETTERS = re.compile(r"[a-z]{2}")
_HAS_HAN = re.compile(rf"[{_HAN}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts[i]`, `ends[i]` bound what sign `i` stands for in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def name_key(name: str) -> str:
    """The one spelling under which a name is stored and looked up."""
    text = simplify(name.translate(_HIDE_ROMAN)).translate(_BRACKETS).lower()
    text = _SPELT_GREEK.sub(lambda found: _GREEK[found[0]], text)
    text = _ROMAN_LETTERS.sub(lambda found: _numeral(found[0]), text)
    text = "".join(_shown(sign) for sign in text)
    if not _HAS_HAN.search(text):
        return _in_order(" ".join(_HYPHENS.sub(" ", text).split()))
    return _HYPHENS.sub("", text).replace(" ", "")


def fold_text(text: str) -> Folded:
    """Free text folded as names are, blanks between Latin words kept, with the way back."""
    normal = normalise(text.translate(_HIDE_ROMAN))
    plain = normal.text.translate(_BRACKETS).lower()
    if len(plain) != len(normal.text):  # a letter whose small form has two signs
        plain = "".join(sign.lower()[0] for sign in normal.text.translate(_BRACKETS))
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    while at < len(plain):
        until, sign = _next_sign(plain, at)
        start, end = normal.original_span(at, until)
        for part in sign:
            letters.append(part)
            starts.append(start)
            ends.append(end)
        at = until
    return Folded("".join(letters), starts, ends)


def _next_sign(plain: str, at: int) -> tuple[int, str]:
    if greek := _SPELT_GREEK.match(plain, at):
        return greek.end(), _GREEK[greek[0]]
    if roman := _ROMAN_LETTERS.match(plain, at):
        return roman.end(), _numeral(roman[0])
    sign = plain[at]
    around = plain[max(at - 1, 0) : at] + plain[at + 1 : at + 2]
    if sign == " " and _HAS_HAN.search(around):
        return at + 1, ""
    if _HYPHENS.match(sign) and not _TWO_LETTERS.fullmatch(around):
        return at + 1, ""
    return at + 1, _shown(sign)


def _in_order(latin: str) -> str:
    """A combination written in another order is the same one: b/a, b + a and b and a."""
    parts = [part.strip() for part in _JOINED.split(latin)]
    return "/".join(sorted(parts)) if len(parts) > 1 and all(parts) else latin


def _shown(sign: str) -> str:
    at = _STAND_INS.find(sign)
    return sign if at < 0 else f"#{at + 1}"


def _numeral(letters: str) -> str:
    return f"#{_LETTERED.index(letters) + 1}"
