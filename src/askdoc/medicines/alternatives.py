"""The alternatives that a row names, as far as they are recorded.

They are what the catalogue's editors wrote, never advice: a doctor decides. A name without a
row stays a name.
"""

from dataclasses import dataclass

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.medicine import Medicine, Price
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


def cheaper_alternatives(
    medicine: Medicine, on: CatalogueOnDay
) -> tuple[tuple[Medicine, Price], ...]:
    """Recorded alternatives of the list whose unit is known to cost less; of one part only.

    A unit price says nothing of how many units a treatment takes.
    """
    own = medicine.price
    if own is None:
        return ()
    singles = (one.parts[0] for one in find_alternatives(medicine, on) if len(one.parts) == 1)
    rows = (row for part in singles for row in part.medicines)
    listed = ((row, row.price) for row in rows if row.payment_class != "off_catalogue")
    return tuple(
        (row, price)
        for row, price in listed
        if price is not None and price.per == own.per and price.amount < own.amount
    )


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
