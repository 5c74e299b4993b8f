"""What the files declare and date: parameters, entries, tables and their leaves."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from askdoc.policy.confidence import Confidence
from askdoc.policy.dimensions import Band
from askdoc.policy.units import Content
from askdoc.wording import Lang

Standing = Literal["set", "abolished", "not_recorded"]
Bound = Literal["exact", "at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure that rules may set: its meaning, unit and who may set it."""

    name: str
    description: dict[Lang, str]
    unit: str
    lowest_level: str
    by: tuple[str, ...]
    choices: tuple[str, ...]
    calculated: bool
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a value that sources disagree on."""

    content: Content
    source: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a table: a value with its own reference."""

    standing: Standing
    content: Content | None
    readings: tuple[Reading, ...]
    varies: tuple[Content, Content] | None
    bound: Bound
    confidence: Confidence
    source: str
    article: dict[Lang, str] | None
    note: dict[Lang, str] | None
    place: str


@dataclass(frozen=True, slots=True)
class Table:
    """One level of a `by` table: which branch holds for a member or band of a dimension."""

    dimension: str
    branches: tuple[tuple[str | Band, "Table | Leaf"], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one region says of one parameter from one day on.

    `begins` None means "before all that is dated"; `begins_unknown` means that the real
    first day is to be confirmed. `held` None means that the wider region's value holds.
    """

    parameter: str
    region: str
    begins: date | None
    begins_unknown: bool
    held: Table | Leaf | None
    overrides_local: bool
    checked_on: date
    place: str


@dataclass(frozen=True, slots=True)
class Value:
    """What a parameter is for a region, a day and the facts of a person and a visit.

    `confidence` is what a sum may rest on it: a bound used as a value is unverified. `recorded`
    is that of the rule itself, for whoever tells it as the bound that it is.
    """

    parameter: str
    standing: Standing
    content: Content | None
    region: str
    begins: date | None
    begins_unknown: bool
    checked_on: date | None
    conditions: tuple[tuple[str, str], ...]
    confidence: Confidence
    source: str
    article: dict[Lang, str] | None = None
    bound: Bound = "exact"
    varies: tuple[Content, Content] | None = None
    readings: tuple[Reading, ...] = ()
    note: dict[Lang, str] | None = None
    recorded: Confidence = "unverified"


@dataclass(frozen=True, slots=True)
class Region:
    """A node of the tree nation / province / city / district, or a proposed norm."""

    path: str
    name: dict[Lang, str]
    level: str
    aliases: tuple[str, ...]
