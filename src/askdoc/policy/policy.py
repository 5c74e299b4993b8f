"""`Policy(book, day, region)`: a value for a day, a place and the facts of a case.

It remembers every value that it handed out, so that a sum can name what it rests on. A table
that needs a fact nobody stated raises `FactNeeded` with the values worth trying.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from askdoc.policy.book import Book, Pages, UnknownParameter, band_starts
from askdoc.policy.dimensions import ANY, FALLS_BACK, NUMBERS, STATUSES, Band
from askdoc.policy.units import Content
from askdoc.policy.values import Entry, Leaf, Table, Value
from askdoc.wording import AskdocError

FactValue = str | int | bool | None
Facts = Mapping[str, FactValue]
# The branches of a table that led to a value: dimension and member or band.
Conditions = tuple[tuple[str, str], ...]
ASSUMPTION = "assumption"


class FactNeeded(AskdocError):
    """A value depends on a fact that is not stated.

    `options` are the values worth trying; `main` is the one to go by meanwhile, for facts that
    may stay unsaid (an institution that is not named counts as any of its tier).
    """

    code = "policy.fact_needed"

    def __init__(self, fact: str, options: tuple[str | int, ...], parameter: str) -> None:
        super().__init__(fact=fact, parameter=parameter)
        self.fact = fact
        self.options = options
        self.main = ANY if fact in FALLS_BACK else None


class Policy:
    """The values that hold in one region on one day.

    `assume` gives parameters a content of the caller's own: shown as an assumption, unverified.
    """

    def __init__(
        self, book: Book, day: date, region: str, assume: Mapping[str, Content] | None = None
    ) -> None:
        self.book = book
        self.day = day
        self.region = region
        self.assume = dict(assume or {})
        self._chain = book.chain(region)
        self._entries: dict[str, Entry | None] = {}
        self._found: dict[tuple[str, Conditions], Value] = {}

    @property
    def used(self) -> tuple[Value, ...]:
        """Every value that was handed out, each once, in the order of the first time."""
        return tuple(self._found.values())

    def find(self, parameter: str, facts: Facts) -> Value:
        """The value of a parameter; its `standing` says whether there is one.

        Raises UnknownParameter, and FactNeeded when a table needs an unstated fact.
        """
        if parameter not in self.book.parameters:
            raise UnknownParameter(parameter=parameter)
        leaf, conditions = self._leaf(parameter, facts)
        # Its parameter and its conditions make a value, whatever else the facts say.
        key = parameter, conditions
        if key not in self._found:
            self._found[key] = self._value(parameter, leaf, conditions)
        return self._found[key]

    def history(self, parameter: str) -> tuple[Entry, ...]:
        """Every entry of the chain for a parameter, widest region first, oldest first."""
        if parameter not in self.book.parameters:
            raise UnknownParameter(parameter=parameter)
        return tuple(entry for pages in self._chain for entry in pages.entries.get(parameter, ()))

    def entry(self, parameter: str) -> Entry | None:
        """The entry that holds on this day, if one does. Raises UnknownParameter."""
        if parameter not in self.book.parameters:
            raise UnknownParameter(parameter=parameter)
        if parameter not in self._entries:
            self._entries[parameter] = _newest(self._chain, parameter, self.day)
        return self._entries[parameter]

    def _leaf(self, parameter: str, facts: Facts) -> tuple[Leaf | None, Conditions]:
        """Where the facts lead; no leaf where a content is assumed or none is recorded."""
        entry = None if parameter in self.assume else self.entry(parameter)
        if entry is None or entry.held is None:
            return None, ()
        return self._follow(entry.held, facts, parameter, ())

    def _value(self, parameter: str, leaf: Leaf | None, conditions: Conditions) -> Value:
        if parameter in self.assume:
            return self._assumed(parameter)
        entry = self.entry(parameter)
        if entry is None or leaf is None:
            return _nothing(parameter, self.region)
        value = Value(
            parameter=parameter,
            standing=leaf.standing,
            content=leaf.content,
            region=entry.region,
            begins=entry.begins,
            begins_unknown=entry.begins_unknown,
            checked_on=entry.checked_on,
            conditions=conditions,
            confidence=leaf.confidence,
            source=leaf.source,
            article=leaf.article,
            bound=leaf.bound,
            varies=leaf.varies,
            readings=leaf.readings,
            note=leaf.note,
            recorded=leaf.confidence,
        )
        return value if leaf.bound == "exact" else replace(value, confidence="unverified")

    def _assumed(self, parameter: str) -> Value:
        return Value(
            parameter=parameter,
            standing="set",
            content=self.assume[parameter],
            region=self.region,
            begins=self.day,
            begins_unknown=False,
            checked_on=None,
            conditions=(),
            confidence="unverified",
            source=ASSUMPTION,
        )

    def _follow(
        self,
        held: Table | Leaf,
        facts: Facts,
        parameter: str,
        conditions: Conditions,
    ) -> tuple[Leaf, Conditions]:
        while isinstance(held, Table):
            key, held = self._branch(held, facts.get(held.dimension), parameter)
            if key[1] != ANY:
                conditions = (*conditions, key)
        return held, conditions

    def _branch(
        self, table: Table, fact: FactValue, parameter: str
    ) -> tuple[tuple[str, str], Table | Leaf]:
        branches = dict(table.branches)
        name = table.dimension
        if list(branches) == [ANY]:
            return (name, ANY), branches[ANY]
        if fact is None:
            raise FactNeeded(name, self._options(table, parameter), parameter)
        if name in NUMBERS:
            for key, branch in table.branches:
                if isinstance(key, Band) and int(fact) in key:
                    return (name, _band_text(key)), branch
        said = str(fact).lower() if isinstance(fact, bool) else str(fact)
        if said in branches:
            return (name, said), branches[said]
        if ANY in branches:
            return (name, ANY), branches[ANY]
        raise FactNeeded(name, self._options(table, parameter), parameter)

    def _options(self, table: Table, parameter: str) -> tuple[str | int, ...]:
        if table.dimension in NUMBERS:
            return self.breakpoints(table.dimension, parameter.partition(".")[0])
        named = tuple(str(key) for key, _ in table.branches if key != ANY)
        return (*named, ANY) if ANY in dict(table.branches) else named

    def breakpoints(self, dimension: str, scheme: str) -> tuple[int, ...]:
        """The first number of every band of a dimension that tells values apart on this day.

        Values of the other scheme do not count.
        """
        key = (self.region, self.day, dimension, scheme)
        known = self.book.known_breakpoints
        if key not in known:
            starts = {0}
            for name in self.book.parameters:
                if name.partition(".")[0] not in STATUSES or name.startswith(f"{scheme}."):
                    entry = _newest(self._chain, name, self.day)
                    starts.update(band_starts(entry, dimension) if entry else ())
            known[key] = tuple(sorted(starts))
        return known[key]


def _band_text(band: Band) -> str:
    return f"{band.low}.." if band.high is None else f"{band.low or ''}..{band.high}"


def _newest(chain: tuple[Pages, ...], parameter: str, day: date) -> Entry | None:
    """The entry that holds on a day: the narrowest region's newest that has begun.

    A wider entry with `overrides_local` ends what narrower regions dated before it.
    """
    found: Entry | None = None
    ended: date | None = None
    for pages in chain:
        begun = [
            entry for entry in pages.entries.get(parameter, ()) if (entry.begins or date.min) <= day
        ]
        live = [entry for entry in begun if ended is None or (entry.begins or date.min) >= ended]
        if live and live[-1].held is not None:
            found = live[-1]
        overriding = [entry.begins or date.min for entry in begun if entry.overrides_local]
        ended = max([*overriding, *([ended] if ended else [])], default=None)
    return found


def _nothing(parameter: str, region: str) -> Value:
    return Value(
        parameter=parameter,
        standing="not_recorded",
        content=None,
        region=region,
        begins=None,
        begins_unknown=False,
        checked_on=None,
        conditions=(),
        confidence="unverified",
        source="",
    )
