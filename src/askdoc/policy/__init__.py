"""Policy values: dated, sourced, inherited nation → province → city → district."""

from askdoc.policy.book import Book, UnknownParameter, UnknownRegion
from askdoc.policy.confidence import Confidence, lowest
from askdoc.policy.loader import load_book
from askdoc.policy.policy import ASSUMPTION, FactNeeded, Facts, FactValue, Policy
from askdoc.policy.sources import Source
from askdoc.policy.strict_yaml import SheetError
from askdoc.policy.units import Content, MonthDay, ScaleBand
from askdoc.policy.values import Parameter, Region, Value

__all__ = [
    "ASSUMPTION",
    "Book",
    "Confidence",
    "Content",
    "FactNeeded",
    "FactValue",
    "Facts",
    "MonthDay",
    "Parameter",
    "Policy",
    "Region",
    "ScaleBand",
    "SheetError",
    "Source",
    "UnknownParameter",
    "UnknownRegion",
    "Value",
    "load_book",
    "lowest",
]
