"""Who is covered and what it costs: pure functions over a case and the book of values.

`medicine_items` looks the medicines of a bill up; it is not imported here, so that a sum
without named medicines does not load the catalogue.
"""

from askdoc.benefits.case import Case, Item, ItemClass, Person, Visit, Year, fen
from askdoc.benefits.case_file import case_from, read_case
from askdoc.benefits.compare import Place, compare_places
from askdoc.benefits.cost import cost
from askdoc.benefits.explain import Explanation, Part, explain
from askdoc.benefits.result import Figures, Outcome, Range, Result, Step
from askdoc.benefits.year_plan import YearPlan, plan_year

__all__ = [
    "Case",
    "Explanation",
    "Figures",
    "Item",
    "ItemClass",
    "Outcome",
    "Part",
    "Person",
    "Place",
    "Range",
    "Result",
    "Step",
    "Visit",
    "Year",
    "YearPlan",
    "case_from",
    "compare_places",
    "cost",
    "explain",
    "fen",
    "plan_year",
    "read_case",
]
