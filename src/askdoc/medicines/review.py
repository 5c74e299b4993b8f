"""What somebody should look at in the catalogue: weak values and days that run out.

None of these stops askdoc; what stops it is refused while loading.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from askdoc.medicines.alternatives import find_alternatives
from askdoc.medicines.catalogue import Catalogue
from askdoc.medicines.fold import name_key
from askdoc.medicines.medicine import Medicine
from askdoc.wording import Lang, phrase

Kind = Literal[
    "edition_ends",
    "class_unverified",
    "agreement_ends",
    "prices_illustrative",
    "name_shared",
    "alternative_not_recorded",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: what kind, which medicine or edition, and the fields of its phrase."""

    kind: Kind
    about: str
    fields: dict[str, object]

    def sentence(self, lang: Lang) -> str:
        return phrase(f"medicines.review.{self.kind}", lang, about=self.about, **self.fields)


def review(catalogue: Catalogue, day: date, months: int) -> tuple[Finding, ...]:
    """Findings on the edition of `day`; agreements count when they end within `months`."""
    on = catalogue.on(day)
    until = _months_later(day, months)
    found: list[Finding] = []
    if on.edition and on.edition.ends and on.edition.ends <= until:
        found.append(Finding("edition_ends", on.edition.id, {"day": on.edition.ends.isoformat()}))
    for medicine in on.medicines:
        if medicine.confidence == "unverified":
            found.append(Finding("class_unverified", medicine.name, {}))
        agreement = medicine.agreement
        if agreement is not None and agreement.ends <= until:
            ends = agreement.ends.isoformat()
            found.append(Finding("agreement_ends", medicine.name, {"day": ends}))
    priced = [one for one in on.medicines if one.price is not None]
    illustrative = [one for one in priced if one.price and "illustrative" in one.price.basis]
    if illustrative:
        counts: dict[str, object] = {"count": len(illustrative), "of": len(priced)}
        found.append(Finding("prices_illustrative", "", counts))
    found += _shared_names(on.medicines)
    for medicine in on.medicines:
        for alternative in find_alternatives(medicine, on):
            for part in alternative.parts:
                if not part.is_recorded:
                    name: dict[str, object] = {"name": part.name}
                    found.append(Finding("alternative_not_recorded", medicine.name, name))
    return tuple(found)


def _shared_names(medicines: tuple[Medicine, ...]) -> list[Finding]:
    """Brands and aliases of medicines with different ingredients, imported rows included."""
    known: dict[str, Medicine] = {}
    found: list[Finding] = []
    for medicine in medicines:
        for text in (*medicine.brands, *medicine.aliases):
            other = known.setdefault(name_key(text), medicine)
            both_known = other.ingredients and medicine.ingredients
            if both_known and set(other.ingredients) != set(medicine.ingredients):
                fields: dict[str, object] = {"text": text, "other": other.name}
                found.append(Finding("name_shared", medicine.name, fields))
    return found


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
