"""Chinese, Arabic and mixed numerals as exact decimals: 一千二, 8万6, 1,200.50, 壹贰.

A digit after the last unit counts tenths of that unit (一百五 is 150, 8万6 is 86,000); with a
零 before it, it counts ones (一百零五 is 105). What the grammar does not cover (8万06, 12,00,
几百, 两三千) is None and never a guess.
"""

import re
from decimal import Decimal

from askdoc.language.normalise import simplify

HAN_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FINANCIAL_ONLY = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]+")
_FINANCIAL_DIGIT = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]")
_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_MIXED = re.compile(r"([0-9][0-9.,]*)([百千万亿])(.*)")
_SPOKEN_DECIMAL = re.compile(r"(.+)点([零一二三四五六七八九]+)([百千万亿]?)")
_LONGEST = 24


def read_numeral(text: str) -> Decimal | None:
    """The value of a text that is one numeral and nothing else, or None."""
    return read_normalised_numeral(simplify(text))


def read_normalised_numeral(numeral: str) -> Decimal | None:
    """`read_numeral` for a piece of a text that is normalised already."""
    if not numeral or len(numeral) > _LONGEST:
        return None
    if numeral == "半":
        return Decimal("0.5")
    if "0" <= numeral[0] <= "9":
        return _read_arabic(numeral) if _ARABIC.fullmatch(numeral) else _read_mixed(numeral)
    numeral = _plain_han(numeral)
    spoken = _SPOKEN_DECIMAL.fullmatch(numeral)
    if spoken:
        return _read_spoken_decimal(*spoken.groups())
    whole = _read_han(numeral)
    return None if whole is None else Decimal(whole)


def _plain_han(numeral: str) -> str:
    """Financial, short and round forms in the everyday ones; a mixture stays unreadable."""
    if _FINANCIAL_ONLY.fullmatch(numeral):
        numeral = numeral.translate(_FINANCIAL)
    elif _FINANCIAL_DIGIT.search(numeral):
        return ""
    return numeral.replace("〇", "零").replace("廿", "二十").replace("卅", "三十")


def _read_arabic(numeral: str) -> Decimal:
    return Decimal(numeral.replace(",", ""))


def _read_mixed(numeral: str) -> Decimal | None:
    found = _MIXED.fullmatch(numeral)
    if not found or not _ARABIC.fullmatch(found[1]):
        return None
    head, unit, tail = _read_arabic(found[1]), _unit(found[2]), found[3]
    if "." in found[1]:
        return None if tail else head * unit
    if unit < 10**4 and not 1 <= head <= 9:
        return None
    more = _read_mixed_tail(tail, unit) if tail else 0
    return None if more is None else head * unit + more


def _read_mixed_tail(tail: str, unit: int) -> int | None:
    """What follows the first unit: one digit is short for tenths, more are ones."""
    if len(tail) > 1 and tail.isascii() and tail.isdigit():
        # 8万600 and 8万6000 say one thing; 8万60 and 8万06 could be two.
        places = len(str(unit)) - 1
        fitting = (places - 1, places) if unit >= 10**4 else (places,)
        return int(tail) if tail[0] != "0" and len(tail) in fitting else None
    if re.search(r"[0-9]{2}|[.,]", tail):
        return None
    han = "".join(HAN_DIGITS[int(sign)] if sign.isascii() else sign for sign in tail)
    return _read_section(han, unit) if _is_han_numeral(han) else None


def _read_spoken_decimal(whole: str, decimals: str, unit: str) -> Decimal | None:
    units = _read_han(whole)
    if units is None:
        return None
    digits = "".join(str(HAN_DIGITS.index(sign)) for sign in decimals)
    return Decimal(f"{units}.{digits}") * (_unit(unit) if unit else 1)


def _is_han_numeral(numeral: str) -> bool:
    return all(sign in HAN_DIGITS or sign in "两十百千万亿" for sign in numeral)


def _unit(sign: str) -> int:
    return _LARGE.get(sign) or _UNITS[sign]


def _read_han(numeral: str) -> int | None:
    """A whole Chinese numeral, split at 亿 and 万 into sections below ten thousand."""
    if numeral == "零":
        return 0
    if not numeral or not _is_han_numeral(numeral):
        return None
    total, above, rest = 0, 0, numeral
    for sign, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.partition(sign)
        if not found:
            continue
        count = _read_section(head, above // size)
        if not count:
            return None
        total, above, rest = total + count * size, size, tail
    last = _read_section(rest, above) if rest else 0
    return None if last is None else total + last


def _read_section(numeral: str, above: int) -> int | None:
    """A numeral below 10,000 that follows the unit `above` (0 when nothing stands before it)."""
    if numeral == "两" and not above:
        return 2
    value, last, at = 0, above, 0
    while at < len(numeral):
        gap = numeral[at] == "零"
        at += gap
        digit, unit, width = _next_place(numeral[at : at + 2])
        at += width
        if not width or not _may_follow(unit, last, gap):
            return None
        if not unit:
            # The end of the numeral: ones, or tenths of the unit before.
            if at < len(numeral):
                return None
            return value + digit * (1 if gap or last <= 10 else last // 10)
        value, last = value + digit * unit, unit
    return value


def _next_place(signs: str) -> tuple[int, int, int]:
    """Digit, unit (0 for none) and length of the next place; length 0 when there is none."""
    if not signs or signs[0] in "零万亿百千":
        return 0, 0, 0
    if signs[0] == "十":
        return 1, 10, 1
    unit = _UNITS.get(signs[1:], 0)
    if signs[0] == "两":
        return (2, unit, 2) if unit >= 100 else (0, 0, 0)
    return HAN_DIGITS.index(signs[0]), unit, 2 if unit else 1


def _may_follow(unit: int, last: int, gap: bool) -> bool:
    """Whether a place may follow the unit `last`: 零 stands for a gap and for nothing else."""
    if not last:
        return not gap
    size = unit or 1
    if gap:
        return size * 10 < last
    # Across three places without 零 (一亿五千) people mean something else than they say.
    return unit == 0 or (unit < last and last <= unit * 1000)
