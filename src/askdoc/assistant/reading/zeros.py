"""Noughts that an amount had too many or too few: 多打了个0, 漏了一个零, "an extra zero".

What a reader would not guess: the nought that is spoken of is no amount of the bill.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TYPED = r"(?:打|写|按|输|敲|加|添|填|看|说|讲|报|点|记|抄|算|数|搞|弄|给|出|录|发)"
_DONE = r"(?:了|咗|脱|掉|过)*"
_COUNT = r"(?:一|1|两|2|俩|三|3)?(?:个|位|颗|只)?"
_NOUGHT = r"(?:0(?!\.?\d)|〇|零(?![头钱售散食碎件花用])|圈)"


def _chinese(too: str) -> str:
    typed = rf"(?:{too}{_TYPED}?{_DONE}|{_TYPED}{too}{_DONE})"
    of_places = r"(?:一|1|两|2)位(?:数字?)?(?=[，。,.；;！!\s]|$)"
    # The nought of 1200多 belongs to its amount.
    behind = rf"(?<![0-9.,]){_NOUGHT}{typed}{_COUNT}"
    return rf"{typed}{_COUNT}{_NOUGHT}|{behind}|{typed}{of_places}"


_ZERO = r"(?:zeros?|zeroes|0s?|noughts?)\b"
_ONE = r"(?:an?|one|two|2|1)"
_TOO_MANY = re.compile(
    _chinese("多")
    + rf"|\b(?:{_ONE} )?extra {_ZERO}|\b{_ONE} {_ZERO} too (?:many|much)"
    + rf"|\badded {_ONE} {_ZERO}"
)
_TOO_FEW = re.compile(
    _chinese("(?:少|漏|缺)")
    + rf"|\b(?:miss(?:ed|ing)|forgot|dropped|omitted|skipped|left (?:out|off)|lost) {_ONE} {_ZERO}"
    + rf"|\b{_ONE} {_ZERO} (?:too few|short|missing|less)"
)
_SEVERAL = ((2, re.compile(r"[两俩2]|\btwo\b")), (3, re.compile(r"[三3]")))


@dataclass(frozen=True, slots=True)
class Zeros:
    """Where it stands in the text, and by how many powers of ten the amount is to change."""

    span: tuple[int, int]
    shift: int


def zeros_said(masked: str) -> Iterator[Zeros]:
    """The noughts that a lower-case text says to have been too many or too few."""
    for pattern, sign in ((_TOO_MANY, -1), (_TOO_FEW, 1)):
        for found in pattern.finditer(masked):
            many = next((n for n, words in _SEVERAL if words.search(found[0])), 1)
            yield Zeros(found.span(), sign * many)
