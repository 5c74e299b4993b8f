"""`/v1/policy`: what is modelled, values with their history, conflicts, changes over time."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from askdoc.api.calls import LookingUp
from askdoc.api.shapes import CONFIDENCE, problems
from askdoc.assistant.answers import telling
from askdoc.assistant.as_plain import plain
from askdoc.policy import Book, UnknownParameter
from askdoc.policy.history import Changed, Dated, changes, history, in_force
from askdoc.policy.review import review
from askdoc.wording import Lang

router = APIRouter(prefix="/v1", tags=["policy"])
RegionAsked = Annotated[str, Query(max_length=100, examples=["cn/shanghai"])]
ParameterName = Annotated[str, Path(max_length=100, examples=["employee.outpatient.share"])]
_MONTHS = 12


class ParameterTold(BaseModel):
    """A figure that rules may set."""

    name: str
    description: str
    unit: str
    lowest_level: str
    by: list[str]


class Parameters(BaseModel):
    """All of them."""

    items: list[ParameterTold]


class RegionTold(BaseModel):
    """A region that is recorded."""

    path: str
    name: str
    level: str


class Regions(BaseModel):
    """All of them, without norms that nobody lives under."""

    items: list[RegionTold]


class ModelledTold(BaseModel):
    """How well a region's rules for a scheme and a setting are recorded."""

    region: str
    region_shown: str
    scheme: str
    scheme_shown: str
    setting: str
    setting_shown: str
    how: Literal["computed", "partly", "not_modelled"]
    note: str


class ModelledList(BaseModel):
    """All that is recorded; what is not named is not modelled."""

    items: list[ModelledTold]


class ReadingTold(BaseModel):
    """One way to read a value that sources disagree on."""

    shown: str
    source: str


class ValueTold(BaseModel):
    """A value with its conditions, first day and source."""

    region: str
    region_shown: str
    begins: date | None
    begins_unknown: bool
    conditions: dict[str, str]
    conditions_shown: list[str]
    standing: Literal["set", "abolished", "not_recorded", "inherited"]
    content: Any
    shown: str
    readings: list[ReadingTold]
    bound: str
    confidence: CONFIDENCE
    source: str
    article: str | None
    note: str | None
    checked_on: date
    place: str


class Values(BaseModel):
    """What holds on the day, and everything that was ever dated, widest region first."""

    parameter: ParameterTold
    day: date
    in_force: list[ValueTold]
    history: list[ValueTold]


class ChangeTold(BaseModel):
    """A value that differs between two days."""

    parameter: str
    description: str
    before: ValueTold | None
    after: ValueTold | None


class Changes(BaseModel):
    """What changed between two days."""

    region: str
    first: date
    last: date
    items: list[ChangeTold]


class FindingTold(BaseModel):
    """A value that somebody should look at."""

    matter: Literal["unverified", "conflict", "unchecked", "bound"]
    region: str
    region_shown: str
    parameter: str
    description: str
    place: str
    source: str
    checked_on: date


class Findings(BaseModel):
    """All of them."""

    items: list[FindingTold]


@router.get("/policy/regions", response_model=Regions, responses=problems())
def list_regions(call: LookingUp) -> dict[str, Any]:
    """The regions that are recorded."""
    book = call.front.house.book
    return {
        "items": [
            {"path": path, "name": one.name[call.lang], "level": one.level}
            for path, one in book.regions.items()
            if path.startswith("cn")
        ]
    }


@router.get("/policy/modelled", response_model=ModelledList, responses=problems())
def list_modelled(call: LookingUp) -> dict[str, Any]:
    """What is modelled, and how well."""
    house, lang = call.front.house, call.lang
    return {
        "items": [
            {
                "region": region,
                "region_shown": telling.fact("region", region, lang, house.book),
                "scheme": scheme,
                "scheme_shown": telling.fact("scheme", scheme, lang),
                "setting": setting,
                "setting_shown": telling.fact("setting", setting, lang),
                "how": one.how,
                "note": one.note[lang],
            }
            for (region, scheme, setting), one in house.assistant.coverage.items()
        ]
    }


@router.get("/policy/parameters", response_model=Parameters, responses=problems())
def list_parameters(call: LookingUp) -> dict[str, Any]:
    """The figures that rules may set."""
    book = call.front.house.whole_book
    return {"items": [parameter_told(book, name, call.lang) for name in book.parameters]}


@router.get("/policy/values/{parameter}", response_model=Values, responses=problems(404))
def show_values(
    parameter: ParameterName,
    call: LookingUp,
    region: RegionAsked,
    day: Annotated[date | None, Query(description="Left out: today.")] = None,
) -> dict[str, Any]:
    """What holds in a region on a day, and the whole history of it."""
    book, lang = call.front.house.whole_book, call.lang
    on = day or call.today
    return {
        "parameter": parameter_told(book, parameter, lang),
        "day": on,
        "in_force": [value_told(one, book, lang) for one in in_force(book, region, on, parameter)],
        "history": [value_told(one, book, lang) for one in history(book, region, parameter)],
    }


@router.get("/policy/changes", response_model=Changes, responses=problems(404))
def show_changes(call: LookingUp, region: RegionAsked, first: date, last: date) -> dict[str, Any]:
    """What holds on one day and did not on the other."""
    book, lang = call.front.house.whole_book, call.lang
    return {
        "region": region,
        "first": first,
        "last": last,
        "items": [change_told(one, book, lang) for one in changes(book, region, first, last)],
    }


@router.get("/policy/findings", response_model=Findings, responses=problems())
def list_findings(
    call: LookingUp, matter: Literal["unverified", "conflict", "unchecked", "bound"] | None = None
) -> dict[str, Any]:
    """Values that somebody should confirm, settle or check again."""
    book, lang = call.front.house.whole_book, call.lang
    return {
        "items": [
            {
                "matter": one.matter,
                "region": one.region,
                "region_shown": book.regions[one.region].name[lang],
                "parameter": one.parameter,
                "description": book.parameters[one.parameter].description[lang],
                "place": one.place,
                "source": book.sources[one.source].named(lang) if one.source else "",
                "checked_on": one.checked_on,
            }
            for one in review(book, call.today, _MONTHS)
            if matter in (None, one.matter)
        ]
    }


def parameter_told(book: Book, name: str, lang: Lang) -> dict[str, Any]:
    """A parameter as it is told. Raises UnknownParameter."""
    if name not in book.parameters:
        raise UnknownParameter(parameter=name)
    one = book.parameters[name]
    return {
        "name": name,
        "description": one.description[lang],
        "unit": one.unit,
        "lowest_level": one.lowest_level,
        "by": list(one.by),
    }


def change_told(one: Changed, book: Book, lang: Lang) -> dict[str, Any]:
    """A change as it is told."""
    return {
        "parameter": one.parameter,
        "description": book.parameters[one.parameter].description[lang],
        "before": value_told(one.before, book, lang) if one.before else None,
        "after": value_told(one.after, book, lang) if one.after else None,
    }


def value_told(one: Dated, book: Book, lang: Lang) -> dict[str, Any]:
    """A dated value as it is told."""
    entry, leaf = one.entry, one.leaf
    unit = book.parameters[entry.parameter].unit
    readings = leaf.readings if leaf else ()
    return {
        "region": entry.region,
        "region_shown": book.regions[entry.region].name[lang],
        "begins": entry.begins,
        "begins_unknown": entry.begins_unknown,
        "conditions": dict(one.conditions),
        "conditions_shown": [telling.condition(name, said, lang) for name, said in one.conditions],
        "standing": leaf.standing if leaf else "inherited",
        "content": plain(leaf.content) if leaf else None,
        "shown": telling.content(leaf.content, unit, lang)
        if leaf and leaf.standing == "set"
        else "",
        "readings": [
            {
                "shown": telling.content(reading.content, unit, lang),
                "source": book.sources[reading.source].named(lang),
            }
            for reading in readings
        ],
        "bound": leaf.bound if leaf else "exact",
        "confidence": leaf.confidence if leaf else "unverified",
        "source": book.sources[leaf.source].named(lang) if leaf else "",
        "article": leaf.article[lang] if leaf and leaf.article else None,
        "note": leaf.note[lang] if leaf and leaf.note else None,
        "checked_on": entry.checked_on,
        "place": entry.place,
    }
