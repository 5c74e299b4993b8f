"""Parts of a whole in free text: 80%, 八成, 一半, 百分之七十, 三分之二.

A discount says what remains to be paid (七折 is 0.7 of the price) and has a form of its own,
because read as the fund's share it would be wrong the other way round.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from askdoc.language.normalise import Normalised, normalised
from askdoc.language.numerals import read_numeral
from askdoc.language.spans import Span

ShareForm = Literal["percent", "tenths", "half", "fraction", "discount"]

_NUMBER = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,4})?"
    r"|[零一二两三四五六七八九十百]{1,5}(?:点[零一二三四五六七八九]{1,4})?)"
)
_ALONE = r"(?<![0-9零一二两三四五六七八九十百千万点第几-])(?<![0-9][.,/])"
_HUNDRED = re.compile(r"百分之百|百分百")
_PERCENT = re.compile(
    rf"百分之(?P<spoken>{_NUMBER})(?![几多来])"
    rf"|{_ALONE}(?<![%0-9][~–—到至])(?P<written>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)"
    r" ?(?:%|(?i:percent|per cent)\b)(?! ?[-~–—到至] ?[0-9])"
)
_TENTHS = re.compile(
    rf"{_ALONE}(?P<whole>[0-9]|10|[一二两三四五六七八九十])成"
    r"(?P<part>[半一二三四五六七八九](?![成分]))?(?![人年药本功为员立果都不是会要新熟])"
)
_HALF = re.compile(r"(?<![大小多前后一])一半(?![多个天年月夜])|对半|\b(?i:half of)\b")
_FRACTION = re.compile(
    rf"{_ALONE}(?P<below>[0-9]{{1,3}}|[二三四五六七八九十]{{1,3}})分之"
    r"(?P<above>[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
)
_DISCOUNT = re.compile(
    rf"{_ALONE}(?P<tenths>[0-9](?:\.[0-9])?|[一二三四五六七八九])(?P<hundredths>[一二三四五六七八九]|(?<=[0-9])[0-9])?折(?![叠合算断])"
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share between 0 and 1 and how it was said; `span` counts in the original text."""

    value: Decimal
    form: ShareForm
    span: Span


def find_shares(text: str | Normalised) -> list[Share]:
    """Every share in the text, in order; 120%, 几成 and 60%-80% are none."""
    source = normalised(text)
    found: list[tuple[Decimal | None, ShareForm, re.Match[str]]] = [
        *((Decimal(1), "percent", match) for match in _HUNDRED.finditer(source.text)),
        *((_read_percent(match), "percent", match) for match in _PERCENT.finditer(source.text)),
        *((_read_tenths(match), "tenths", match) for match in _TENTHS.finditer(source.text)),
        *((Decimal("0.5"), "half", match) for match in _HALF.finditer(source.text)),
        *((_read_fraction(match), "fraction", match) for match in _FRACTION.finditer(source.text)),
        *((_read_discount(match), "discount", match) for match in _DISCOUNT.finditer(source.text)),
    ]
    found.sort(key=lambda item: item[2].start())
    return [
        Share(value, form, source.original_span(*match.span()))
        for value, form, match in found
        if value is not None and 0 <= value <= 1
    ]


def _read_percent(match: re.Match[str]) -> Decimal | None:
    value = read_numeral(match["spoken"] or match["written"])
    return None if value is None else value / 100


def _read_tenths(match: re.Match[str]) -> Decimal | None:
    whole = read_numeral(match["whole"])
    part = read_numeral(match["part"]) if match["part"] else Decimal(0)
    if whole is None or part is None:
        return None
    return whole / 10 + (part / 10 if match["part"] == "半" else part / 100)


def _read_fraction(match: re.Match[str]) -> Decimal | None:
    above, below = read_numeral(match["above"]), read_numeral(match["below"])
    return above / below if above is not None and below else None


def _read_discount(match: re.Match[str]) -> Decimal | None:
    tenths = read_numeral(match["tenths"])
    hundredths = read_numeral(match["hundredths"]) if match["hundredths"] else Decimal(0)
    if tenths is None or hundredths is None:
        return None
    return tenths / 10 + hundredths / 100
