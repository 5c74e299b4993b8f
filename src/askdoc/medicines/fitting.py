"""Which rows behind a stem fit what else was said: qualifiers, strength and form.

What a reader would not guess: a wider word for a form (喷雾, 膏) fits only when a single row is
of that kind, because the list may class two of them apart.
"""

from dataclasses import dataclass
from typing import Literal

from askdoc.medicines.forms import SaidForm
from askdoc.medicines.names import Name
from askdoc.medicines.shelf import Entry, Shelf


@dataclass(frozen=True, slots=True)
class Misfit:
    """Rows of the right stem that differ in form or qualifier."""

    entries: tuple[Entry, ...]
    problem: Literal["form_not_listed", "numeral_not_listed"]


def fitting(entries: list[Entry], reading: Name, shelf: Shelf) -> list[Entry] | Misfit:
    """The entries that fit the reading's qualifiers, strength and form."""
    if not entries:
        return []
    fit = [entry for entry in entries if entry.name.qualifiers == reading.qualifiers]
    if reading.is_plain and (reading.form is None or not fit):
        # Several numerals can be asked about; a single one may be another product.
        everything = _in_form(entries, reading.form, shelf)
        if fit or len({entry.medicine.id for entry in everything}) > 1:
            fit = entries
    if not fit:
        return Misfit(tuple(entries), "numeral_not_listed")
    fit = _of_strength(fit, reading.strength)
    in_form = _in_form(fit, reading.form, shelf) or _of_a_kind(fit, entries, reading, shelf)
    return in_form or Misfit(tuple(fit), "form_not_listed")


def _in_form(entries: list[Entry], said: SaidForm | None, shelf: Shelf) -> list[Entry]:
    if said is None:
        return entries
    same = [entry for entry in entries if shelf.agrees(entry.medicine, said) == "same"]
    return same or [entry for entry in entries if shelf.agrees(entry.medicine, said) == "group"]


def _of_a_kind(fit: list[Entry], named: list[Entry], reading: Name, shelf: Shelf) -> list[Entry]:
    """The entries of the one row that a wider word can mean.

    Rows that differ in a salt or a numeral count as well: any of them may be meant.
    """
    said = reading.form
    if said is None:
        return []
    rivals = {
        entry.medicine.id
        for entry in (*named, *shelf.salted(reading.stem))
        if shelf.forms.can_mean(said, entry.medicine.form)
    }
    found = [entry for entry in fit if shelf.forms.can_mean(said, entry.medicine.form)]
    return found if len(rivals) == 1 else []


def _of_strength(entries: list[Entry], strength: str | None) -> list[Entry]:
    if strength is None:
        return entries
    same = [entry for entry in entries if entry.name.strength == strength]
    return same or [entry for entry in entries if entry.name.strength is None]
