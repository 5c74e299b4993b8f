"""A medicine on a bill against the alternatives that the catalogue names, at today's terms.

The count of units stays the same and prices are illustrative, so this compares what a unit
costs the person; how many units a treatment takes is for the doctor to say.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from askdoc.benefits.case import ZERO, Case, Item
from askdoc.benefits.cost import cost
from askdoc.benefits.medicine_items import look_up_items
from askdoc.benefits.result import Result
from askdoc.medicines import Alternative, Catalogue, Medicine, find_alternatives, resolve
from askdoc.policy import Book


@dataclass(frozen=True, slots=True)
class MedicineCost:
    """One medicine at its unit price in yuan, and what the line alone costs whom."""

    medicine: Medicine
    unit_price: Decimal
    is_on_the_bill: bool
    result: Result


def compare_alternatives(case: Case, catalogue: Catalogue, book: Book) -> tuple[MedicineCost, ...]:
    """Every medicine of the bill with a quantity, each followed by its priced alternatives.

    Expects the case as it was read, with medicines still by name. Raises MedicineUnknown.
    """
    on = catalogue.on(case.visit.day)

    def costed(item: Item, is_on_the_bill: bool) -> MedicineCost:
        looked_up, _ = look_up_items(replace(case, items=(item,)), catalogue)
        medicine = resolve(str(item.medicine), on).medicines[0]
        price = item.unit_price or ZERO
        return MedicineCost(medicine, price, is_on_the_bill, cost(looked_up, book))

    found: list[MedicineCost] = []
    for item in case.items:
        if item.medicine is None or item.quantity is None or item.unit_price is None:
            continue
        here = costed(item, True)
        found.append(here)
        for alternative in find_alternatives(here.medicine, on):
            other = _priced(item, alternative)
            if other is not None:
                found.append(costed(other, False))
    return tuple(found)


def _priced(item: Item, alternative: Alternative) -> Item | None:
    """The line with the alternative at its own price; None for several parts or no price."""
    rows = alternative.parts[0].medicines
    if len(alternative.parts) != 1 or len(rows) != 1 or rows[0].price is None:
        return None
    return replace(
        item,
        medicine=rows[0].name,
        item_class=None,
        unit_price=rows[0].price.amount,
        over_standard=ZERO,
        first_pay_share=None,
    )
