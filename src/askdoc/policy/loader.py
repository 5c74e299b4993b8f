"""Loading the book from `knowledge/`: strict, and every refusal names file and line.

A region's files hold what sums are made with; its `shown/` folder holds what is only shown.
The latter is read on demand, because most sums never need it.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

from askdoc.policy.book import NATION, Book, Pages
from askdoc.policy.dimensions import MEMBERS, NUMBERS
from askdoc.policy.entries import read_entry
from askdoc.policy.sources import Source, load_sources
from askdoc.policy.strict_yaml import Map, SheetError, read_sheet
from askdoc.policy.units import UNITS
from askdoc.policy.values import Entry, Parameter, Region

LEVELS = ("nation", "province", "city", "district")
NORM = "norm"
_REGION_FILE = "region.yaml"
_SHOWN = "shown"


def load_book(knowledge: Path, shown: bool = False) -> Book:
    """The book of a knowledge folder, with what is only `shown` too when asked for.

    Raises SheetError for what cannot be taken.

    Declarations, sources and the list of regions are read now; a region's own values when
    they are first needed (`Book.load_all` reads them all).
    """
    folder = knowledge / "policy"
    sources = load_sources(knowledge / "sources.yaml")
    first_day = _first_day(folder)
    regions = _regions(folder)
    sheets = _topic_sheets(folder, NATION, shown)
    parameters = _parameters(sheets)

    def read_pages(path: str) -> Pages:
        own = sheets if path == NATION else _topic_sheets(folder, path, shown)
        entries: dict[str, list[Entry]] = {}
        for _, sheet in own:
            if path != NATION and "parameters" in sheet:
                raise SheetError(sheet.node("parameters").place, "declared_below")
            if "values" in sheet:
                for entry in _entries(
                    sheet.map("values"), regions[path], parameters, sources, first_day
                ):
                    entries.setdefault(entry.parameter, []).append(entry)
        return Pages(regions[path], {name: _in_order(found) for name, found in entries.items()})

    return Book(first_day, parameters, sources, regions, read_pages)


def _first_day(folder: Path) -> date:
    return read_sheet(folder / "book.yaml").only("first_day").scalar("first_day").day()


def _regions(folder: Path) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    for file in sorted(folder.rglob(_REGION_FILE)):
        path = file.parent.relative_to(folder).as_posix()
        row = read_sheet(file, f"{path}/{_REGION_FILE}").only("name", "level", "aliases")
        regions[path] = Region(
            path=path,
            name=row.both_languages("name"),
            level=row.scalar("level").one_of((*LEVELS, NORM)),
            aliases=row.texts("aliases"),
        )
    if NATION not in regions:
        raise SheetError(f"{NATION}/{_REGION_FILE}", "no_file")
    return regions


def _topic_sheets(folder: Path, path: str, shown: bool) -> list[tuple[bool, Map]]:
    """The topic files of a region, each with whether sums are made with it."""
    found: list[tuple[bool, Map]] = []
    for calculated in (True, False) if shown else (True,):
        own = path if calculated else f"{path}/{_SHOWN}"
        for file in sorted((folder / own).glob("*.yaml")):
            if file.name != _REGION_FILE:
                sheet = read_sheet(file, f"{own}/{file.name}").only("parameters", "values")
                found.append((calculated, sheet))
    return found


def _parameters(sheets: list[tuple[bool, Map]]) -> dict[str, Parameter]:
    parameters: dict[str, Parameter] = {}
    for calculated, sheet in sheets:
        if "parameters" not in sheet:
            continue
        declared = sheet.map("parameters")
        for name in declared:
            row = declared.map(name)
            if name in parameters:
                raise SheetError(row.place, "declared_twice", name=name)
            parameters[name] = _parameter(name, row, calculated)
    return parameters


def _parameter(name: str, row: Map, calculated: bool) -> Parameter:
    row.only("description", "unit", "lowest_level", "by", "choices")
    by = row.rows("by").scalars() if "by" in row else []
    return Parameter(
        name=name,
        description=row.both_languages("description"),
        unit=row.scalar("unit").one_of(UNITS),
        lowest_level=row.scalar("lowest_level").one_of(LEVELS),
        by=tuple(one.one_of((*MEMBERS, *NUMBERS)) for one in by),
        choices=row.texts("choices"),
        calculated=calculated,
        place=row.place,
    )


def _entries(
    values: Map,
    region: Region,
    parameters: dict[str, Parameter],
    sources: dict[str, Source],
    first_day: date,
) -> list[Entry]:
    entries: list[Entry] = []
    for name in values:
        rows = values.rows(name)
        if name not in parameters:
            raise SheetError(rows.place, "undeclared", name=name)
        _refuse_level(rows.place, parameters[name], region)
        for row in rows.maps():
            entry = read_entry(row, parameters[name], region.path, sources, first_day)
            if entry.held is None and region.path == NATION:
                raise SheetError(entry.place, "no_wider")
            entries.append(entry)
    return entries


def _refuse_level(place: str, parameter: Parameter, region: Region) -> None:
    if region.level == NORM:
        return
    if LEVELS.index(region.level) > LEVELS.index(parameter.lowest_level):
        raise SheetError(
            place,
            "level_may_not",
            level=region.level,
            name=parameter.name,
            lowest=parameter.lowest_level,
        )


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    ordered = sorted(entries, key=lambda entry: entry.begins or date.min)
    for earlier, later in pairwise(ordered):
        if earlier.begins == later.begins:
            raise SheetError(later.place, "same_day", name=later.parameter)
    return tuple(ordered)
