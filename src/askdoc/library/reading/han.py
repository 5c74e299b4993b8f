"""How common the Chinese characters of a text are, told from where they stand in two old sets.

GB2312 (Simplified) and Big5 (Traditional) both put the characters of daily use first and the
rare ones second. Text that was decoded wrongly falls mostly outside both first parts.
"""

from functools import cache

# Lead bytes of the first, common part of each set.
_GB2312_COMMON = range(0xB0, 0xD8)
_BIG5_COMMON = range(0xA4, 0xC7)


def is_han(sign: str) -> bool:
    """A Chinese character of the basic block or its first extension."""
    return "\u3400" <= sign <= "\u9fff"


@cache
def is_common(sign: str) -> bool:
    """A Chinese character that daily texts use, in either script."""
    return _lead(sign, "gb2312") in _GB2312_COMMON or _lead(sign, "big5") in _BIG5_COMMON


def _lead(sign: str, encoding: str) -> int:
    try:
        return sign.encode(encoding)[0]
    except UnicodeEncodeError:
        return -1


def common_share(text: str) -> float:
    """The share of common ones among all letters beyond ASCII and usual Chinese signs."""
    letters = [sign for sign in text if sign > "\u024f" and not is_sign(sign)]
    latin = sum("\u00c0" <= sign <= "\u024f" for sign in text)
    if not letters:
        return 0.0
    return sum(map(is_common, letters)) / (len(letters) + latin)


def is_sign(sign: str) -> bool:
    """Punctuation, arrows, circled numbers and full-width forms."""
    return "\u2000" <= sign <= "\u27bf" or "\u3000" <= sign <= "\u303f" or sign >= "\uff00"
