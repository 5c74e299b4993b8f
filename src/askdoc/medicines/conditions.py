"""The conditions that payment scopes speak of, and which is a kind of which.

What a reader would not guess: a wider diagnosis than the listed one (diabetes where type 2 is
listed) is neither inside nor outside; only a narrower or equal one is inside.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from askdoc.language import simplify
from askdoc.medicines.knowledge_sheet import CatalogueSheetError
from askdoc.policy.strict_yaml import Map
from askdoc.wording import Lang


@dataclass(frozen=True, slots=True)
class Condition:
    """A disease or state; `kinds_of` are the ids of the wider ones."""

    id: str
    name: Mapping[Lang, str]
    aliases: tuple[str, ...]
    kinds_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditions:
    """All conditions by id, and every way of writing one."""

    by_id: Mapping[str, Condition]
    by_text: Mapping[str, str]

    def recognise(self, text: str) -> str | None:
        """The id of a condition written as id, Chinese, English or alias; None if unknown."""
        return text if text in self.by_id else self.by_text.get(_plain(text))

    def with_wider(self, condition: str) -> frozenset[str]:
        """The condition itself and everything that it is a kind of."""
        found: set[str] = set()
        waiting = [condition]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(self.by_id[here].kinds_of)
        return frozenset(found)


def read_conditions(sheet: Map) -> Conditions:
    """Conditions from `conditions.yaml`; raises SheetError for unknown or doubled ones."""
    by_id: dict[str, Condition] = {}
    by_text: dict[str, str] = {}
    wider: list[tuple[str, str]] = []
    for row in sheet.only("conditions").rows("conditions").maps():
        row.only("id", "zh", "en", "aliases", "is_a")
        name = row.scalar("id").text()
        if name in by_id:
            raise row.scalar("id").wrong("duplicate_id", id=name)
        zh, en = row.scalar("zh").text(), row.scalar("en").text()
        condition = Condition(name, {"zh": zh, "en": en}, row.texts("aliases"), row.texts("is_a"))
        by_id[name] = condition
        if "is_a" in row:
            wider += [(above.text(), above.place) for above in row.rows("is_a").scalars()]
        for text in (zh, en, *condition.aliases):
            if by_text.setdefault(_plain(text), name) != name:
                raise CatalogueSheetError(
                    row.place, "condition_text_shared", text=text, other=by_text[_plain(text)]
                )
    for above, place in wider:
        if above not in by_id:
            raise CatalogueSheetError(place, "unknown_condition", found=above)
    return Conditions(by_id, by_text)


def _plain(text: str) -> str:
    return simplify(text).lower().replace(" ", "")
