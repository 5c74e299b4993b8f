"""The catalogue: every edition that is known, and the one in force on a day.

What a reader would not guess: after the last known day there is no edition in force, but the
newest rows can still be found by name, so that the answer can say until when they held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from askdoc.medicines.conditions import Conditions, read_conditions
from askdoc.medicines.edition_store import StoredEdition, read_stored
from askdoc.medicines.errors import EditionsOverlap
from askdoc.medicines.fold import name_key
from askdoc.medicines.forms import Forms, read_forms
from askdoc.medicines.knowledge_sheet import CatalogueSheetError, chosen
from askdoc.medicines.medicine import Edition, Medicine
from askdoc.medicines.medicine_sheet import Tables, read_medicine
from askdoc.medicines.names import parse_listed_for_group, parse_name
from askdoc.medicines.salts import Salts, bare_name, read_salts
from askdoc.medicines.shelf import Shelf
from askdoc.policy.confidence import CONFIDENCES
from askdoc.policy.strict_yaml import Map, read_sheet


@dataclass(frozen=True, slots=True)
class CatalogueOnDay:
    """What is known on one day.

    `edition` is None when no known edition is in force; `shelf` then holds the nearest one's
    medicines. `first_known_day` and `last_known_day` bound that edition.
    """

    day: date
    edition: Edition | None
    shelf: Shelf
    first_known_day: date | None
    last_known_day: date | None
    conditions: Conditions

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        return self.shelf.medicines


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All editions with their medicines, and the lists beside them."""

    editions: tuple[Edition, ...]
    lists: Mapping[str, Edition]
    conditions: Conditions
    forms: Forms
    salts: Salts
    shelves: Mapping[str, Shelf]

    def on(self, day: date) -> CatalogueOnDay:
        """The edition in force on `day` with its medicines, or the nearest one's."""
        in_force = next((one for one in self.editions if _holds(one, day)), None)
        nearest = in_force or self._nearest(day)
        shelf = self.shelves[nearest.id] if nearest else Shelf((), self.forms, self.salts)
        return CatalogueOnDay(
            day,
            in_force,
            shelf,
            nearest.begins if nearest else None,
            nearest.ends if nearest else None,
            self.conditions,
        )

    def edition(self, name: str) -> Edition | None:
        """The edition of that id."""
        return next((one for one in self.editions if one.id == name), None)

    def _nearest(self, day: date) -> Edition | None:
        before = [one for one in self.editions if one.ends and one.ends < day]
        if before:
            return max(before, key=lambda one: one.begins)
        return min(self.editions, key=lambda one: one.begins, default=None)


def load_catalogue(folder: Path, imported: Path | None = None) -> Catalogue:
    """The catalogue of `knowledge/medicines` and of the imported editions.

    Raises SheetError with file and line for anything wrong in the shipped files, StoredDamaged
    for an imported edition that cannot be read, EditionsOverlap for two editions on one day.
    """
    conditions = read_conditions(_sheet(folder, "conditions.yaml"))
    forms = read_forms(_sheet(folder, "forms.yaml"))
    salts = read_salts(_sheet(folder, "salts.yaml"))
    editions, lists = _read_editions(_sheet(folder, "editions.yaml"))
    _check_folders(folder, editions)
    tables = Tables(conditions, forms, lists)
    rows = {name: _read_rows(folder, name, tables) for name in editions}
    for stored in read_stored(imported) if imported is not None else ():
        name = stored.edition.id
        editions.setdefault(name, stored.edition)
        rows[name] = _filled_up(rows.get(name, ()), stored, forms, salts)
    ordered = tuple(sorted(editions.values(), key=lambda one: one.begins))
    for earlier, later in pairwise(ordered):
        if earlier.ends is None or earlier.ends >= later.begins:
            raise EditionsOverlap(first=earlier.id, second=later.id, day=later.begins)
    shelves = {name: Shelf(found, forms, salts) for name, found in rows.items()}
    return Catalogue(ordered, lists, conditions, forms, salts, shelves)


def _holds(edition: Edition, day: date) -> bool:
    return edition.begins <= day and (edition.ends is None or day <= edition.ends)


def _sheet(folder: Path, *parts: str) -> Map:
    file = folder.joinpath(*parts)
    return read_sheet(file, shown_as=str(Path(folder.name, *parts)))


def _read_editions(sheet: Map) -> tuple[dict[str, Edition], dict[str, Edition]]:
    sheet.only("editions", "lists")
    found: list[dict[str, Edition]] = []
    taken: set[str] = set()
    for key in ("editions", "lists"):
        kept: dict[str, Edition] = {}
        for row in sheet.rows(key).maps() if key in sheet else ():
            edition = _edition(row)
            if edition.id in taken:
                raise row.scalar("id").wrong("duplicate_id", id=edition.id)
            taken.add(edition.id)
            kept[edition.id] = edition
        found.append(kept)
    return found[0], found[1]


def _edition(row: Map) -> Edition:
    row.only("id", "name", "from", "to", "source", "confidence")
    edition = Edition(
        id=row.scalar("id").text(),
        name=row.both_languages("name"),
        begins=row.scalar("from").day(),
        ends=row.scalar("to").day() if "to" in row else None,
        source=row.scalar("source").text(),
        confidence=chosen(row.scalar("confidence"), CONFIDENCES),
    )
    if edition.ends is not None and edition.ends < edition.begins:
        raise CatalogueSheetError(row.place, "ends_before_begin")
    return edition


def _check_folders(folder: Path, editions: Mapping[str, Edition]) -> None:
    for found in sorted(folder.iterdir()):
        if found.is_dir() and not found.name.startswith(".") and found.name not in editions:
            place = str(Path(folder.name, found.name))
            raise CatalogueSheetError(place, "unknown_edition", found=found.name)


def _read_rows(folder: Path, edition: str, tables: Tables) -> tuple[Medicine, ...]:
    found: dict[str, Medicine] = {}
    names: dict[str, Medicine] = {}
    for file in sorted((folder / edition).glob("*.yaml")):
        sheet = _sheet(folder, edition, file.name).only("medicines")
        for row in sheet.rows("medicines").maps():
            medicine = read_medicine(row, edition, tables)
            if medicine.id in found:
                raise row.scalar("id").wrong("duplicate_id", id=medicine.id)
            found[medicine.id] = medicine
            _check_name_is_new(medicine, row, names)
    _check_texts_mean_one_substance(tuple(found.values()))
    return tuple(found.values())


def _check_name_is_new(medicine: Medicine, row: Map, names: dict[str, Medicine]) -> None:
    known = names.setdefault(name_key(medicine.name), medicine)
    if known is not medicine:
        raise CatalogueSheetError(
            row.scalar("name").place, "duplicate_name", name=medicine.name, other=known.place
        )


def _check_texts_mean_one_substance(medicines: tuple[Medicine, ...]) -> None:
    known: dict[str, Medicine] = {}
    for medicine in medicines:
        for text in (medicine.name, *medicine.aliases, *medicine.brands):
            other = known.setdefault(name_key(text), medicine)
            if set(other.ingredients) != set(medicine.ingredients):
                raise CatalogueSheetError(
                    medicine.place, "text_shared", text=text, other=other.name, at=other.place
                )


def _filled_up(
    shipped: tuple[Medicine, ...], stored: StoredEdition, forms: Forms, salts: Salts
) -> tuple[Medicine, ...]:
    """The shipped rows, and the imported ones that they lack."""
    if not shipped:
        return stored.medicines
    taken = {key for medicine in shipped for key in _identities(medicine, forms, salts)}
    lacking = [
        medicine
        for medicine in stored.medicines
        if taken.isdisjoint(_identities(medicine, forms, salts))
    ]
    return (*shipped, *lacking)


def _identities(medicine: Medicine, forms: Forms, salts: Salts) -> set[tuple[object, ...]]:
    """Keys under which two rows are the same substance in the same form or form group."""
    if medicine.form_stands_beside:
        name = parse_listed_for_group(medicine.name)
    else:
        name = parse_name(medicine.name, forms)
    form = medicine.group if medicine.listed_by_group else name_key(medicine.form or "")
    stem = bare_name(name.stem, salts)
    key = (stem, name.qualifiers, name.strength, form)
    return {key, (name.key,)} if not medicine.form_stands_beside else {key}
