"""Reading dated entries and their tables; every refusal names file and line."""

from dataclasses import dataclass
from datetime import date

from askdoc.policy.confidence import CONFIDENCES, Confidence
from askdoc.policy.dimensions import (
    ANY,
    FALLS_BACK,
    NUMBERS,
    Band,
    bands_fit,
    members_for,
    read_band,
)
from askdoc.policy.sources import Source
from askdoc.policy.strict_yaml import Map, Node, Scalar, SheetError
from askdoc.policy.units import Content, read_content
from askdoc.policy.values import Bound, Entry, Leaf, Parameter, Reading, Standing, Table
from askdoc.wording import Lang

_HOLDS = ("value", "table", "readings", "inherit", "abolish", "not_recorded")
_REFERENCE = ("confidence", "source", "article", "note", "bound", "varies")
_WORDS: dict[str, Standing] = {"not_recorded": "not_recorded", "abolished": "abolished"}
_BOUNDS: tuple[Bound, ...] = ("exact", "at_least", "at_most")


def read_entry(
    row: Map, parameter: Parameter, region: str, sources: dict[str, Source], first_day: date
) -> Entry:
    """One dated entry. Raises SheetError when it cannot be taken as it stands."""
    row.only("from", "by", "checked_on", "overrides_local", *_HOLDS, *_REFERENCE)
    held_by = [key for key in _HOLDS if key in row]
    if len(held_by) != 1:
        raise SheetError(row.place, "holds_one", allowed=", ".join(_HOLDS))
    begins, uncertain = _begins(row.scalar("from"), first_day)
    return Entry(
        parameter=parameter.name,
        region=region,
        begins=begins,
        begins_unknown=uncertain,
        held=_held(row, held_by[0], parameter, sources, uncertain),
        overrides_local="overrides_local" in row and row.scalar("overrides_local").flag(),
        checked_on=row.scalar("checked_on").day(),
        place=row.place,
    )


def _begins(said: Scalar, first_day: date) -> tuple[date | None, bool]:
    if said.content == "unknown":
        return first_day, True
    if said.content == "before":
        return None, False
    return said.day(), False


def _held(
    row: Map, key: str, parameter: Parameter, sources: dict[str, Source], uncertain: bool
) -> Table | Leaf | None:
    reference = _Reference(row, sources, uncertain)
    if key == "table":
        by = row.rows("by")
        for one in by.scalars():
            one.one_of(parameter.by)
        if not by.texts():
            raise SheetError(by.place, "by_empty")
        return _table(row.node("table"), parameter, by.texts(), reference)
    if key in ("value", "readings"):
        return _leaf(row, parameter, reference, None)
    if not row.scalar(key).flag():
        raise row.scalar(key).wrong("only_true")
    if key == "inherit":
        return None
    return _leaf(row, parameter, reference, "abolished" if key == "abolish" else key)


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a leaf falls back on: the entry that its table stands in, and the sources."""

    entry: Map
    sources: dict[str, Source]
    uncertain: bool

    def node(self, row: Map, key: str) -> Node | None:
        return row.content.get(key) or self.entry.content.get(key)

    def scalar(self, row: Map, key: str) -> Scalar:
        return row.scalar(key) if key in row else self.entry.scalar(key)


def _table(
    node: Node, parameter: Parameter, by: tuple[str, ...], reference: _Reference
) -> Table | Leaf:
    if not by:
        return _table_leaf(node, parameter, reference)
    if not isinstance(node, Map):
        raise SheetError(node.place, "table_short", dimension=by[0])
    dimension, rest = by[0], by[1:]
    keys = _branch_keys(node, parameter, dimension)
    return Table(
        dimension,
        tuple(
            (key, _table(node.node(name), parameter, rest, reference))
            for name, key in zip(node, keys, strict=True)
        ),
    )


def _branch_keys(node: Map, parameter: Parameter, dimension: str) -> list[str | Band]:
    names = list(node)
    if dimension in NUMBERS and names != [ANY]:
        return list(_bands(node, dimension))
    members = members_for(parameter.name, dimension) if dimension not in NUMBERS else ()
    for name in names:
        if name != ANY and name not in members:
            raise SheetError(
                node.node(name).place,
                "unknown_branch",
                branch=name,
                dimension=dimension,
                allowed=", ".join((*members, ANY)),
            )
    left = [member for member in members if member not in names]
    if ANY not in names and (left or dimension in FALLS_BACK):
        wanted = ", ".join(left) if dimension not in FALLS_BACK else ANY
        raise SheetError(node.place, "table_gap", dimension=dimension, missing=wanted)
    return list(names)


def _bands(node: Map, dimension: str) -> list[Band]:
    bands: list[Band] = []
    for name in node:
        band = read_band(name)
        if band is None:
            raise SheetError(node.node(name).place, "not_band", branch=name)
        bands.append(band)
    if not bands_fit(bands):
        raise SheetError(node.place, "bands_gap", dimension=dimension)
    return bands


def _table_leaf(node: Node, parameter: Parameter, reference: _Reference) -> Leaf:
    if isinstance(node, Map):
        node.only("value", "readings", *_REFERENCE)
        if ("value" in node) == ("readings" in node):
            raise SheetError(node.place, "holds_one", allowed="value, readings")
        word = node.content.get("value")
        standing = _WORDS.get(word.content) if isinstance(word, Scalar) else None
        return _leaf(node, parameter, reference, standing)
    if isinstance(node, Scalar) and node.content in _WORDS:
        return _leaf(Map({}, node.place), parameter, reference, _WORDS[node.content])
    return _leaf(Map({"value": node}, node.place), parameter, reference, None)


def _leaf(row: Map, parameter: Parameter, reference: _Reference, standing: str | None) -> Leaf:
    readings = _readings(row, parameter, reference.sources)
    content: Content | None = None
    if standing is None:
        content = (
            readings[0].content
            if readings
            else read_content(row.node("value"), parameter.unit, parameter.choices)
        )
    confidence = _confidence(row, reference, doubtful=bool(readings))
    bound = reference.node(row, "bound")
    note = reference.node(row, "note")
    article = reference.node(row, "article")
    return Leaf(
        standing=_WORDS[standing] if standing else "set",
        content=content,
        readings=readings,
        varies=_varies(reference.node(row, "varies"), parameter),
        bound=_bound(bound),
        confidence=confidence,
        source=reference.scalar(row, "source").text(),
        article=_words(article, "article"),
        note=_words(note, "note"),
        place=row.place,
    )


def _words(node: Node | None, key: str) -> dict[Lang, str] | None:
    return None if node is None else Map({key: node}, node.place).both_languages(key)


def _bound(node: Node | None) -> Bound:
    if node is None:
        return "exact"
    said = Map({"bound": node}, node.place).scalar("bound").one_of(_BOUNDS)
    return next(bound for bound in _BOUNDS if bound == said)


def _readings(row: Map, parameter: Parameter, sources: dict[str, Source]) -> tuple[Reading, ...]:
    if "readings" not in row:
        return ()
    found: list[Reading] = []
    for one in row.rows("readings").maps():
        one.only("value", "source", "note")
        source = one.scalar("source")
        _known(source, sources)
        found.append(
            Reading(
                read_content(one.node("value"), parameter.unit, parameter.choices), source.text()
            )
        )
    if len(found) < 2:
        raise SheetError(row.rows("readings").place, "readings_few")
    return tuple(found)


def _varies(node: Node | None, parameter: Parameter) -> tuple[Content, Content] | None:
    if node is None:
        return None
    ends = Map({"varies": node}, node.place).rows("varies")
    if len(ends) != 2:
        raise SheetError(node.place, "varies_two")
    low, high = (read_content(end, parameter.unit, parameter.choices) for end in ends)
    return low, high


def _known(source: Scalar, sources: dict[str, Source]) -> Source:
    if source.content not in sources:
        raise source.wrong("unknown_source")
    return sources[source.content]


def _confidence(row: Map, reference: _Reference, doubtful: bool) -> Confidence:
    said = reference.scalar(row, "confidence")
    confidence = next(known for known in CONFIDENCES if known == said.one_of(CONFIDENCES))
    source = _known(reference.scalar(row, "source"), reference.sources)
    if CONFIDENCES.index(confidence) < CONFIDENCES.index(source.allows):
        raise said.wrong("source_too_weak", source=source.id, allows=source.allows)
    if confidence == "official" and reference.node(row, "article") is None:
        raise SheetError(row.place, "article_missing")
    if doubtful and confidence != "unverified":
        raise said.wrong("readings_unverified")
    if reference.uncertain and confidence != "unverified":
        raise said.wrong("start_unverified")
    if reference.entry.scalar("from").content == "before" and confidence == "official":
        raise said.wrong("before_official")
    return confidence
