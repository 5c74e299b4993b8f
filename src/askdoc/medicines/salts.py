"""Salt words, and taking them off a name without ever reaching another medicine.

What a reader would not guess: a salt is taken off only whole (front and back together), and
never when an acid or an element would be left, so that 碳酸钙 cannot become 碳酸氢钠.
"""

import re
from dataclasses import dataclass

from askdoc.medicines.fold import name_key
from askdoc.policy.strict_yaml import Map

LONG_ENOUGH = 3
# What such a word leaves is the half of a compound, not a medicine.
_HALF_COMPOUND = re.compile(r"(?:酸|酸氢|酸二氢|化|氢|亚)$")


@dataclass(frozen=True, slots=True)
class Salts:
    """Words for salts before and behind a name, longest first, and forbidden remainders."""

    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    never: frozenset[str]

    def carries_salt(self, stem: str) -> bool:
        """Whether the name begins or ends with a salt word, whatever would be left."""
        without = self._without(stem)
        return without != stem and without not in self.never

    def without_salt(self, stem: str) -> str | None:
        """The name without its salt; None when it has none or too little would be left."""
        without = self._without(stem)
        if without == stem or without in self.never or len(without) < 2:
            return None
        return None if _HALF_COMPOUND.search(without) else without

    def _without(self, stem: str) -> str:
        rest = stem
        for word in self.prefixes:
            if rest.startswith(word):
                rest = rest[len(word) :]
                break
        for word in self.suffixes:
            if rest.endswith(word):
                return rest[: -len(word)]
        return rest


def read_salts(sheet: Map) -> Salts:
    """Salt words from `salts.yaml`."""
    sheet.only("prefixes", "suffixes", "never")
    prefixes, suffixes, never = (
        tuple(sorted(map(name_key, sheet.rows(key).texts()), key=len, reverse=True))
        for key in ("prefixes", "suffixes", "never")
    )
    return Salts(prefixes, suffixes, frozenset(never))


def bare_name(stem: str, salts: Salts) -> str:
    """The name without its salt where that is safe and long enough, else the name itself."""
    without = salts.without_salt(stem)
    return without if without and len(without) >= LONG_ENOUGH else stem
