"""A medicine in other dosage forms: one named alone (普瑞巴林胶囊 … 缓释片, 缓释的), or all."""

from collections.abc import Iterator

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.fold import fold_text
from askdoc.medicines.medicine import Medicine
from askdoc.medicines.resolve import Resolution, resolve

# Letters that tell a form without its body (缓释 of 缓释片), and the least of a whole form word
# that nothing but a form can be.
_STEM, _WHOLE = 2, 3


def in_other_form(medicine: Medicine, text: str, on: CatalogueOnDay) -> Resolution | None:
    """The same name with another form that the text names; None where no row has it."""
    forms = (one for _, one in _in_forms(medicine, text, on) if one.kind == "one")
    return next((one for one in forms if one.medicines[0].id != medicine.id), None)


def in_form_said(medicine: Medicine, text: str, on: CatalogueOnDay) -> Resolution | None:
    """The same name with the form that the text names, also where one row lists both forms."""
    forms = (one for _, one in _in_forms(medicine, text, on) if one.kind == "one")
    return next(forms, None)


def form_not_listed(medicine: Medicine, text: str, on: CatalogueOnDay) -> Resolution | None:
    """The name with a whole form word that the text names and no row has: 口崩片."""
    return next(
        (
            one
            for word, one in _in_forms(medicine, text, on)
            if one.kind == "none" and len(word) >= _WHOLE and word in text
        ),
        None,
    )


def same_in_other_forms(named: tuple[Medicine, ...], on: CatalogueOnDay) -> tuple[Medicine, ...]:
    """The other rows of the list with just the same ingredients; none where those are unknown."""
    ids, own = {one.id for one in named}, {frozenset(one.ingredients) for one in named}
    return tuple(
        one
        for one in on.shelf.medicines
        if one.ingredients and one.id not in ids and frozenset(one.ingredients) in own
    )


def _in_forms(
    medicine: Medicine, text: str, on: CatalogueOnDay
) -> Iterator[tuple[str, Resolution]]:
    """The name with each form that the text names, the likest to its own form first."""
    own = on.shelf.forms.ends_in_form(medicine.name)
    if own is None:
        return
    said = fold_text(text).text
    at = 0
    while at < len(said):
        words = _forms_at(said, at, own[0], on)
        for word in words:
            yield word, resolve(medicine.name[: own.start()] + word, on)
        # 片 inside 口崩片 names no form.
        at += len(words[0]) if words and said.startswith(words[0], at) else 1


def _forms_at(said: str, at: int, own: str, on: CatalogueOnDay) -> list[str]:
    """The form word that begins there; else all that begin with its first letters: 缓释的."""
    forms = on.shelf.forms
    end = forms.at(said, at)
    if end > at:
        return [said[at:end]]
    stem = said[at : at + _STEM]
    found = [
        word for word in forms.words if len(word) > _STEM == len(stem) and word.startswith(stem)
    ]
    return sorted(found, key=lambda word: (word[-1] != own[-1], len(word), word))
