"""Whether two medicines hold the same ingredient.

Whoever shows the result adds `medicines.same_ingredient.ask_before_both`: ask a doctor or a
pharmacist before taking both. What a reader would not guess: `different` is said only when
nothing points to a kinship; 左氨氯地平 and 氨氯地平 are `unknown`, not `different`.
"""

from dataclasses import dataclass
from typing import Literal

from askdoc.medicines.fold import name_key
from askdoc.medicines.medicine import Medicine

_WHOLE_ATC = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same` ingredients, `shares` some, `different`, or `unknown`; and those in common."""

    relation: Literal["same", "shares", "different", "unknown"]
    in_common: tuple[str, ...] = ()

    @property
    def phrase_key(self) -> str:
        return f"medicines.same_ingredient.{self.relation}"


def compare_ingredients(one: Medicine, other: Medicine) -> Comparison:
    """How the ingredients of two medicines relate."""
    if one.id == other.id:
        return Comparison("same", one.ingredients)
    in_common = tuple(name for name in one.ingredients if name in other.ingredients)
    if in_common:
        equal = set(one.ingredients) == set(other.ingredients)
        return Comparison("same" if equal else "shares", in_common)
    if not one.ingredients or not other.ingredients or _may_be_kin(one, other):
        return Comparison("unknown")
    return Comparison("different")


def _may_be_kin(one: Medicine, other: Medicine) -> bool:
    if one.atc and one.atc == other.atc and len(one.atc) >= _WHOLE_ATC:
        return True
    return any(
        mine in theirs or theirs in mine
        for mine in map(name_key, one.ingredients)
        for theirs in map(name_key, other.ingredients)
    )
