"""Reads money, shares, counts and days out of free text; closed grammars that never guess.

All spans count in the text that the caller passed in. This room raises no errors: what looks
like a value and is not covered comes back as a `RefusedSpan` with its reason.

The finders load when they are first asked for: their patterns take longer to build than all
that a caller of `simplify` needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from askdoc.language.normalise import Normalised, normalise, simplify
from askdoc.language.numerals import read_numeral
from askdoc.language.spans import Reason, RefusedSpan, Span

if TYPE_CHECKING:
    from askdoc.language.counts import Count, Unit, find_counts
    from askdoc.language.day_rules import Grain
    from askdoc.language.days import DaySaid, Part, find_days, find_refused_days
    from askdoc.language.money import Money, find_money, find_refused_money
    from askdoc.language.shares import Share, ShareForm, find_shares

__all__ = [
    "Count",
    "DaySaid",
    "Grain",
    "Money",
    "Normalised",
    "Part",
    "Reason",
    "RefusedSpan",
    "Share",
    "ShareForm",
    "Span",
    "Unit",
    "find_counts",
    "find_days",
    "find_money",
    "find_refused_days",
    "find_refused_money",
    "find_shares",
    "normalise",
    "read_numeral",
    "simplify",
]

_HOMES = {
    "counts": ("Count", "Unit", "find_counts"),
    "day_rules": ("Grain",),
    "days": ("DaySaid", "Part", "find_days", "find_refused_days"),
    "money": ("Money", "find_money", "find_refused_money"),
    "shares": ("Share", "ShareForm", "find_shares"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            found: object = getattr(import_module(f"askdoc.language.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
