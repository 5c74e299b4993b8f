"""The alternatives that a row names, as far as they are recorded.

They are what the catalogue's editors wrote, never advice: a doctor decides. A name without a
row stays a name.
"""

from dataclasses import dataclass

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.resolve import resolve

_TOGETHER = "+"


@dataclass(frozen=True, slots=True)
class AlternativePart:
    """One medicine of an alternative; no medicines where its name is not recorded."""

    name: str
    medicines: tuple[Medicine, ...]

    @property
    def is_recorded(self) -> bool:
        return bool(self.medicines)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative; several parts are taken together."""

    name: str
    parts: tuple[AlternativePart, ...]

    @property
    def is_recorded(self) -> bool:
        return all(part.is_recorded for part in self.parts)


def find_alternatives(medicine: Medicine, on: CatalogueOnDay) -> tuple[Alternative, ...]:
    """The alternatives in the order of the row."""
    return tuple(
        Alternative(
            name,
            tuple(
                AlternativePart(part.strip(), resolve(part.strip(), on).medicines)
                for part in name.split(_TOGETHER)
            ),
        )
        for name in medicine.alternatives
    )
