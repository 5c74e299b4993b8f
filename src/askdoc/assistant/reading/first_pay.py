"""Shares that are paid first of class B or a negotiated medicine, and which amount each is of."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.language import Normalised, find_shares

# A share that the person pays first: 自付10%, 10%先付, "10% first-pay", "10% to be paid first".
_PAID_FIRST = re.compile(r"(?:自付|自负|自理)(?:比例)?(?:是|为)?\s*$")
_FIRST_PAY = re.compile(
    r"\s*(?:的)?(?:(?:要|需)?(?:先行|先)?自付|先付|first[- ]pay|(?:to be |is )?paid first"
    r"|first\b(?! ?stay)|up front)"
)
# A share of class B or of a negotiated medicine is what is paid first of it.
_OF_CLASS = re.compile(
    r"(?:乙类|谈判药?|自理|class b|negotiated)[^，。；]{0,8}(?:比例|share)[^。；]{0,10}$"
)
_NOT_SHARE = re.compile(r"(?:不是|并非|唔系|唔係|勿是|\bnot)(?:按|什么)? ?$")


def first_pay_share(source: Normalised, masked: str, lexicon: Lexicon) -> Decimal | None:
    """The share that is paid first, or the first of several."""
    return next((value for value, _ in _said(source, masked, lexicon)), None)


def own_shares(
    source: Normalised,
    masked: str,
    lexicon: Lexicon,
    amounts: Sequence[tuple[int, int, str | None]],
) -> dict[int, Decimal]:
    """Which of the amounts has a share of its own, where several different ones were said.

    `amounts` are start, end and part of each. A share belongs to the amount before it, or to the
    one behind where it stands in front of the first.
    """
    said = list(_said(source, masked, lexicon))
    found: dict[int, Decimal] = {}
    if len({value for value, _ in said}) > 1:
        for value, at in said:
            before = [number for number, one in enumerate(amounts) if one[1] <= at]
            mine = before[-1] if before else 0
            if amounts and amounts[mine][2] in ("class_b", "negotiated"):
                found.setdefault(mine, value)
    return found


def _said(source: Normalised, masked: str, lexicon: Lexicon) -> Iterator[tuple[Decimal, int]]:
    """The shares that are paid first, each with where it stands; one said in the place of a
    denied one counts as that.
    """
    denied = False
    for share in find_shares(source):
        start, end = source.text_span(share.span)
        front, behind = masked[max(0, start - 12) : start], masked[end : end + 24]
        of_class = _OF_CLASS.search(masked[max(0, start - 24) : start])
        in_front = lexicon.shares.find(front) or _PAID_FIRST.search(front)
        of_first = of_class or in_front or _FIRST_PAY.match(behind)
        if _NOT_SHARE.search(masked[:start]):
            denied = denied or bool(of_first)
        elif of_first or denied:
            denied = False
            yield share.value, start


def other_shares(source: Normalised, used: Collection[Decimal]) -> tuple[str, ...]:
    """The words of shares that nothing computes with: 医院说报八成; `used` have a part."""
    return tuple(
        source.original[slice(*share.span)]
        for share in find_shares(source)
        if share.value not in used
        and not (used and _NOT_SHARE.search(source.text[: share.span[0]].lower()))
    )
