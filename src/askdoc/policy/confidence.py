"""How well a value is known. A result is never surer than the weakest value in it."""

from collections.abc import Iterable
from typing import Literal, get_args

Confidence = Literal["official", "secondary", "unverified"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)


def lowest(known: Iterable[Confidence]) -> Confidence:
    """The weakest of them; `official` when there are none."""
    return max(known, key=CONFIDENCES.index, default="official")
