"""Who is covered and what it costs: pure functions over a case and the book of values.

What compares, plans or explains, and `medicine_items`, which looks the medicines of a bill
up, are imported from their own modules: a plain sum does not load them.
"""

from askdoc.benefits.case import Case, Item, ItemClass, Person, Visit, Year, fen
from askdoc.benefits.case_file import case_from, read_case
from askdoc.benefits.cost import cost
from askdoc.benefits.result import Figures, Outcome, Range, Result, Step

__all__ = [
    "Case",
    "Figures",
    "Item",
    "ItemClass",
    "Outcome",
    "Person",
    "Range",
    "Result",
    "Step",
    "Visit",
    "Year",
    "case_from",
    "cost",
    "fen",
    "read_case",
]
