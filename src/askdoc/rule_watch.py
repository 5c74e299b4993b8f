"""Finds by itself what changes for a clinic's residents, and lays it before their doctor.

An edition of the list or a value of the book that begins within a window around today is compared
with what held the day before. What is found is proposed under an id made of what it says: looking
again changes nothing, and a value that was corrected before anybody decided replaces its proposal.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

from askdoc.assistant.answers import telling
from askdoc.bootstrap import House
from askdoc.care.kinds import kinds_of
from askdoc.care.rule_changes import SAID, Change
from askdoc.care.rules import whole
from askdoc.medicines import Medicine
from askdoc.medicines.edition_changes import edition_changes
from askdoc.policy.history import Changed, Dated, changes
from askdoc.storage.database import Database
from askdoc.storage.rule_changes import FOUND, Watched, propose_found, watched
from askdoc.wording import Lang, phrase

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found: the changes, and medicines of which the new edition says nothing sure."""

    changes: tuple[Change, ...]
    not_found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touching:
    """Where a change counts: a clinic, a medicine (empty: all), the day from which it holds, and
    the kinds of residents whom it touches (none: all)."""

    clinic: str
    medicine: str
    day: date
    whom: tuple[dict[str, str], ...] = ()


def watch(house: House, database: Database, today: date) -> int:
    """Look for every clinic and propose what is new; how many proposals are."""
    with database.reading() as kept:
        clinics = watched(kept, today)
    return sum(watch_clinic(house, database, one, today)[1] for one in clinics)


def watch_clinic(
    house: House, database: Database, clinic: Watched, today: date
) -> tuple[Looked, int]:
    """Look for one clinic and propose what is new; what was found, and how much of it is new."""
    first, last = window(house, today)
    found = look(house, clinic, first, last)
    with database.writing() as kept:
        return found, propose_found(kept, clinic.id, found.changes, (first, last))


def window(house: House, today: date) -> tuple[date, date]:
    """The days between which something must begin to be told."""
    back, ahead = (
        whole(house.defaults, name) for name in ("rule_change_back_days", "rule_change_ahead_days")
    )
    return today - back * _DAY, today + ahead * _DAY


def look(house: House, clinic: Watched, first: date, last: date) -> Looked:
    """What begins after `first`, up to `last`, and touches the clinic's prescriptions."""
    found = edition_changes(house.catalogue, clinic.medicines, first, last)
    by_edition = [
        _change(
            Touching(clinic.id, one.before.id, one.day),
            partial(_of_edition, house, one.before, one.after),
        )
        for one in found.changes
    ]
    return Looked(
        (*by_edition, *_by_values(house, clinic, first, last)),
        tuple(one.name for one in found.not_found),
    )


def _by_values(house: House, clinic: Watched, first: date, last: date) -> Iterator[Change]:
    if clinic.region not in house.book.regions:
        return
    names = house.defaults["rule_change_parameters"]
    starts = tuple(str(one) for one in names) if isinstance(names, tuple) else ()
    for day in _days_of_change(house, clinic.region, first, last):
        by_name: dict[str, list[Changed]] = {}
        for one in changes(house.book, clinic.region, day - _DAY, day):
            if one.parameter.startswith(starts):
                by_name.setdefault(one.parameter, []).append(one)
        for name, rows in by_name.items():
            yield _change(
                Touching(clinic.id, "", day, kinds_of(name, (one.conditions for one in rows))),
                partial(_of_values, house, clinic.region, name, rows),
            )


def _of_values(
    house: House, region: str, name: str, rows: list[Changed], lang: Lang
) -> tuple[str, ...]:
    """What a parameter is about, its values before and after, and where they are written."""
    return (
        house.book.parameters[name].description[lang],
        _told(house, rows, True, lang),
        _told(house, rows, False, lang),
        _written(house, rows, lang) or region,
    )


def _of_edition(house: House, before: Medicine, after: Medicine, lang: Lang) -> tuple[str, ...]:
    """What a medicine is called, how it was listed and will be, and by which edition."""
    words = _name(before, lang), _words(before, lang), _words(after, lang)
    return *words, _edition(house, after, lang)


def _written(house: House, rows: Iterable[Changed], lang: Lang) -> str:
    """Where the new values are written."""
    leaves = (one.after.leaf for one in rows if one.after is not None)
    named = [house.book.sources[leaf.source].named(lang) for leaf in leaves if leaf is not None]
    return phrase("rule_changes.between", lang).join(dict.fromkeys(named))


def _days_of_change(house: House, region: str, first: date, last: date) -> list[date]:
    """The days in the window on which any value of the region or of those around it begins."""
    return sorted(
        {
            entry.begins
            for pages in house.book.chain(region)
            for entries in pages.entries.values()
            for entry in entries
            if entry.begins is not None and first < entry.begins <= last
        }
    )


def _change(touching: Touching, say: Callable[[Lang], tuple[str, ...]]) -> Change:
    """A change in both languages, under an id made of what it says in Chinese."""
    told = dict(zip(SAID, say("zh"), strict=True))
    of = {"clinic": touching.clinic, "medicine": touching.medicine, "day": touching.day}
    if touching.whom:
        of["whom"] = json.dumps(touching.whom, sort_keys=True)
    named = "\0".join(f"{name}={one}" for name, one in sorted({**told, **of}.items()))
    return Change(
        id=f"{FOUND}{sha256(named.encode()).hexdigest()[:32]}",
        clinic=touching.clinic,
        medicine=touching.medicine,
        day=touching.day,
        **told,
        english=dict(zip(SAID, say("en"), strict=True)),
        whom=touching.whom,
    )


def _name(medicine: Medicine, lang: Lang) -> str:
    return phrase("rule_changes.of_medicine", lang, name=medicine.name)


def _words(medicine: Medicine, lang: Lang) -> str:
    listed = phrase(f"medicines.class.{medicine.payment_class}", lang)
    if not medicine.scope_recorded:
        return listed
    limit = medicine.restriction.text[lang] if medicine.restriction else ""
    key = "limited" if limit else "not_limited"
    return phrase(f"rule_changes.{key}", lang, listed=listed, limit=limit)


def _edition(house: House, medicine: Medicine, lang: Lang) -> str:
    found = house.catalogue.edition(medicine.edition)
    return found.name[lang] if found else medicine.edition


def _told(house: House, rows: Iterable[Changed], before: bool, lang: Lang) -> str:
    """All values of a parameter that change, on one side, with their conditions."""
    return phrase("rule_changes.between", lang).join(
        _value(house, one, one.before if before else one.after, lang) for one in rows
    )


def _value(house: House, changed: Changed, one: Dated | None, lang: Lang) -> str:
    unit = house.book.parameters[changed.parameter].unit
    leaf = one.leaf if one else None
    if leaf is None:
        said = phrase("rule_changes.none", lang)
    elif leaf.readings:
        said = " / ".join(telling.content(two.content, unit, lang) for two in leaf.readings)
    elif leaf.standing != "set":
        said = phrase(f"pages.standing.{leaf.standing}", lang)
    else:
        said = telling.content(leaf.content, unit, lang)
    where = "·".join(telling.condition(name, told, lang) for name, told in changed.conditions)
    return f"{where} {said}" if where else said
