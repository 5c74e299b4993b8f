"""From what somebody wrote to medicines: one, several or none.

Only an exact name, alias, brand, English name, salt-free name, dosage form or insurance code
may resolve. What a reader would not guess: a name that is known in another form or with
another numeral resolves to nothing here; those rows are only offered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from askdoc.medicines.candidates import MOST_OFFERED, Candidate, Why, offer_similar
from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.codes import (
    category_part,
    form_part,
    is_code,
    looks_like_code,
    medicine_part,
    tidy_code,
)
from askdoc.medicines.fitting import Misfit, fitting
from askdoc.medicines.forms import SaidForm, split_exclusion
from askdoc.medicines.joined_names import side_by_side, without_talk
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.names import Name, is_numeral, parse_listed_for_group, readings
from askdoc.medicines.printed_names import printed_names
from askdoc.medicines.shelf import Entry, How, Shelf

MatchedBy = Literal["exact", "alias", "brand", "english", "salt", "form", "code"]
Problem = Literal[
    "empty",
    "not_recorded",
    "form_not_listed",
    "numeral_not_listed",
    "malformed_code",
    "unknown_code",
]
_LONGEST_NAME = 200
_ORDER: tuple[How, ...] = ("exact", "alias", "brand", "english", "salt")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name stands for on a day.

    `medicines` holds one for `one`, at least two for `several` and none for `none`; then
    `problem` says why, and `candidates` (at most five, best first) may only be offered.
    `form_said` is the dosage form inside the query.
    """

    kind: Literal["one", "several", "none"]
    query: str
    medicines: tuple[Medicine, ...] = ()
    matched_by: MatchedBy | None = None
    candidates: tuple[Candidate, ...] = ()
    form_said: str | None = None
    problem: Problem | None = None


def resolve(query: str, on: CatalogueOnDay) -> Resolution:
    """The medicines that `query` names; never raises for any text."""
    if len(query) > _LONGEST_NAME:
        return Resolution("none", query, problem="not_recorded")
    if looks_like_code(query):
        return _resolve_code(query, on.shelf)
    alone = _resolve_alone(query, on)
    return alone if alone.kind != "none" else _resolve_joined(query, on) or alone


def _resolve_alone(query: str, on: CatalogueOnDay) -> Resolution:
    """The medicines that the whole query names."""
    read = readings(query, on.shelf.forms)
    name = read[-1]
    if not name.key:
        return Resolution("none", query, problem="empty")
    said = name.form.word if name.form else None
    misfit: Misfit | None = None
    whole = on.shelf.by_key.get(name.key) or _form_said_twice(name, on.shelf)
    if own := [entry for entry in whole if entry.how == "exact"]:
        return _resolved(query, _with_other_classes(own, name, on.shelf), "exact", said, on.shelf)
    for how in _ORDER:
        if hits := [entry for entry in whole if entry.how == how]:
            return _resolved(query, hits, how, said, on.shelf)
        for reading in read:
            entries = _entries(reading, how, on.shelf)
            found = fitting(entries, reading, on.shelf)
            if isinstance(found, Misfit):
                misfit = misfit or found
            elif found:
                by = _matched_by(found, reading, how)
                if how == "exact" and reading.form is not None:
                    found = _with_other_classes(found, reading, on.shelf)
                return _resolved(query, found, by, said, on.shelf)
    return _unresolved(query, name, misfit, on.shelf)


def find(name: str, form: str | None, on: CatalogueOnDay) -> tuple[Medicine, ...]:
    """The medicines of a printed entry of the list: its name as printed, and its form column.

    `form` is None or empty where the entry's name holds the form itself.
    """
    shelf = on.shelf
    found: dict[str, Medicine] = {}
    wanted = shelf.forms.of_word(split_exclusion(form)[0]) if form else None
    for printed in printed_names(name, shelf.forms):
        listed = parse_listed_for_group(printed.name)
        if wanted is None:
            entries = [entry for entry in shelf.by_key.get(listed.key, ()) if entry.how == "exact"]
        else:
            entries = [
                entry
                for entry in shelf.named(listed.stem, "exact")
                if entry.name.qualifiers == listed.qualifiers
                and wanted.is_same_word(entry.medicine.form)
            ] or [
                entry
                for entry in shelf.by_key.get(listed.key, ())
                if entry.how == "exact" and shelf.agrees(entry.medicine, wanted)
            ]
        found |= {entry.medicine.id: entry.medicine for entry in entries}
    return tuple(found.values())


def _entries(reading: Name, how: How, shelf: Shelf) -> list[Entry]:
    if how == "salt":
        return shelf.salted(reading.stem)
    named = shelf.named(reading.stem, how)
    # A bare name stands for every row of the substance, also for those printed with a salt.
    if how == "exact" and reading.form is None and named:
        return [*named, *shelf.salted(reading.stem)]
    return named


def _with_other_classes(own: list[Entry], name: Name, shelf: Shelf) -> list[Entry]:
    """With them, rows of the same name that are of another class and may be meant as well.

    That is any form where none was said (云南白药), and the row of a form group (颠茄片 is the
    name of one product and a form of 颠茄). A negotiated product is listed by its whole name.
    """
    classes = {entry.medicine.payment_class for entry in own}
    if name.form is not None and classes & {"negotiated", "off_catalogue"}:
        return own
    others = [
        entry
        for entry in shelf.named(name.stem, "exact")
        if entry.medicine.payment_class not in classes
        and entry.name.qualifiers == name.qualifiers
        and (name.form is None or _is_beside(entry.medicine, name.form, shelf))
    ]
    return [*own, *others]


def _is_beside(medicine: Medicine, said: SaidForm, shelf: Shelf) -> bool:
    return medicine.form_stands_beside and shelf.agrees(medicine, said) is not None


def _form_said_twice(name: Name, shelf: Shelf) -> list[Entry]:
    """「甲状腺片口服常释剂型」: the product's own name with its form once more."""
    if name.form is None:
        return []
    return [
        entry
        for entry in shelf.by_key.get(name.stem, ())
        if entry.how == "exact" and shelf.agrees(entry.medicine, name.form)
    ]


def _with_unpaid_twins(found: list[Medicine], shelf: Shelf) -> list[Medicine]:
    """With them, rows of the same name that are not paid in one strength or for one purpose.

    Such a product is called by the plain name too; only a payment scope tells the two apart.
    """
    twins: list[Medicine] = []
    for medicine in found:
        if medicine.restriction is not None or medicine.payment_class == "off_catalogue":
            continue
        own = shelf.own_name(medicine)
        if own.qualifiers or own.strength:
            continue
        twins += [
            entry.medicine
            for entry in shelf.named(own.stem, "exact")
            if entry.medicine.payment_class == "off_catalogue"
            and entry.medicine.group == medicine.group
            and (entry.name.strength or entry.name.qualifiers)
            and not any(map(is_numeral, entry.name.qualifiers))
        ]
    return [*found, *twins]


def _resolved(
    query: str, found: Iterable[Entry], by: MatchedBy, said: str | None, shelf: Shelf
) -> Resolution:
    medicines = list({entry.medicine.id: entry.medicine for entry in found}.values())
    strength = readings(query, shelf.forms)[-1].strength
    if strength is None:
        medicines = _with_unpaid_twins(medicines, shelf)
    unique = tuple({medicine.id: medicine for medicine in medicines}.values())
    return Resolution("one" if len(unique) == 1 else "several", query, unique, by, form_said=said)


def _matched_by(found: list[Entry], reading: Name, how: How) -> MatchedBy:
    if how != "exact":
        return how
    if any(entry.name.key == reading.key for entry in found):
        return "exact"
    said = reading.form
    if said and any(said.is_same_word(entry.medicine.form) for entry in found):
        return "exact"
    return "form"


def _resolve_joined(query: str, on: CatalogueOnDay) -> Resolution | None:
    """A name with a description, or two names of one medicine side by side."""
    plain = without_talk(query, on.shelf)
    if plain is not None:
        return replace(resolve(plain, on), query=query)
    for pair in side_by_side(query, on.shelf):
        found = [_resolve_alone(name, on) for name in pair]
        shared = [one for one in found[0].medicines if one in found[1].medicines]
        if shared and {one.matched_by for one in found} != {"brand"}:
            return _both(query, found, shared)
    return _same_in_brackets(query, on)


def _same_in_brackets(query: str, on: CatalogueOnDay) -> Resolution | None:
    """「立普妥(阿托伐他汀钙)片」: the medicines that both names mean, or else all of them."""
    names = printed_names(query, on.shelf.forms)
    if len(names) != 1 or not names[0].aliases or names[0].name == query:
        return None
    found = [resolve(name, on) for name in (names[0].name, *names[0].aliases)]
    if any(one.kind == "none" for one in found):
        return None
    every = list(dict.fromkeys(medicine for one in found for medicine in one.medicines))
    shared = [one for one in every if all(one in other.medicines for other in found)] or every
    return _both(query, found, shared)


def _both(query: str, found: list[Resolution], shared: list[Medicine]) -> Resolution:
    kind: Literal["one", "several"] = "one" if len(shared) == 1 else "several"
    said = found[-1].form_said or found[0].form_said
    return Resolution(kind, query, tuple(shared), found[0].matched_by, form_said=said)


def _unresolved(query: str, name: Name, misfit: Misfit | None, shelf: Shelf) -> Resolution:
    said = name.form.word if name.form else None
    if misfit is None:
        offered = offer_similar(name, shelf)
        return Resolution("none", query, candidates=offered, form_said=said, problem="not_recorded")
    why: Why = "other_form" if misfit.problem == "form_not_listed" else "other_numeral"
    medicines = {entry.medicine.id: entry.medicine for entry in misfit.entries}
    offered = tuple(Candidate(one.name, one, why) for one in medicines.values())[:MOST_OFFERED]
    return Resolution("none", query, candidates=offered, form_said=said, problem=misfit.problem)


def _resolve_code(query: str, shelf: Shelf) -> Resolution:
    code = tidy_code(query)
    if not is_code(code):
        return Resolution("none", query, problem="malformed_code")
    of_medicine = shelf.by_code.get(medicine_part(code), [])
    form = form_part(code)
    found = [
        medicine
        for medicine in of_medicine
        if form is None or any(own.startswith(form) for own in medicine.codes)
    ]
    if found:
        kind: Literal["one", "several"] = "one" if len(found) == 1 else "several"
        return Resolution(kind, query, tuple(found), "code")
    if of_medicine:
        others = tuple(Candidate(one.name, one, "other_form") for one in of_medicine)
        return Resolution(
            "none", query, candidates=others[:MOST_OFFERED], problem="form_not_listed"
        )
    category = category_part(code)
    same = [one for one in shelf.medicines if one.atc and one.atc.startswith(category)]
    offered = tuple(Candidate(one.name, one, "same_category") for one in same[:MOST_OFFERED])
    return Resolution("none", query, candidates=offered, problem="unknown_code")
