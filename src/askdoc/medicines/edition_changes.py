"""What a new edition changes for medicines that somebody takes.

A medicine that the new edition's rows do not name for sure is not told as struck: the rows that are
loaded may be a part of the list. Such ones are named apart, for somebody to look at.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from askdoc.medicines.catalogue import Catalogue, CatalogueOnDay
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.resolve import resolve

_DAY = timedelta(days=1)
_NO_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class MedicineChange:
    """A medicine whose class or payment scope is another one from a day on."""

    day: date
    before: Medicine
    after: Medicine


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What changes, and the medicines that were not found for sure in the new edition."""

    changes: tuple[MedicineChange, ...]
    not_found: tuple[Medicine, ...]


def edition_changes(
    catalogue: Catalogue, ids: Iterable[str], first: date, last: date
) -> EditionChanges:
    """What editions that begin after `first`, up to `last`, change for the medicines of `ids`."""
    taken = set(ids)
    changes: list[MedicineChange] = []
    not_found: list[Medicine] = []
    for edition in catalogue.editions:
        if not first < edition.begins <= last:
            continue
        before, after = catalogue.on(edition.begins - _DAY), catalogue.on(edition.begins)
        if before.edition is None:
            continue
        for one in before.medicines:
            if one.id not in taken:
                continue
            new = _same_in(after, one)
            if new is None:
                not_found.append(one)
            elif _is_other(one, new):
                changes.append(MedicineChange(edition.begins, one, new))
    return EditionChanges(tuple(changes), tuple(not_found))


def _same_in(after: CatalogueOnDay, one: Medicine) -> Medicine | None:
    by_id = next((new for new in after.medicines if new.id == one.id), None)
    if by_id is not None:
        return by_id
    found = resolve(one.name, after)
    return found.medicines[0] if found.kind == "one" else None


def _is_other(old: Medicine, new: Medicine) -> bool:
    if old.payment_class != new.payment_class:
        return True
    # A file without a column for payment limits says nothing about them.
    return old.scope_recorded and new.scope_recorded and _limit(old) != _limit(new)


def _limit(one: Medicine) -> str:
    return _NO_SIGN.sub("", one.restriction.text["zh"]) if one.restriction else ""
