"""Medicines on a bill: looked up by name, then paid by their class and payment scope.

Only a name that stands for one medicine is taken; anything else is asked about, because two
forms of one medicine may be paid differently.
"""

from dataclasses import replace
from decimal import Decimal

from askdoc.benefits.case import ZERO, Case, Item, fen
from askdoc.medicines import (
    Catalogue,
    CatalogueOnDay,
    Decision,
    Medicine,
    Resolution,
    ScopeFacts,
    decide,
    resolve,
)
from askdoc.wording import AskdocError, Lang, phrase


class MedicineUnknown(AskdocError):
    """A name on a bill stands for no medicine, or for several. Field: the `resolution`."""

    code = "benefits.medicine_unknown"

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(name=resolution.query)
        self.resolution = resolution

    def sentence(self, lang: Lang) -> str:
        offered = self.resolution.medicines or tuple(
            one.medicine for one in self.resolution.candidates
        )
        names = phrase("medicines.list_mark", lang).join(one.name for one in offered)
        hint = phrase(f"benefits.hint.{'several' if names else 'none'}", lang, names=names)
        name = self.resolution.query
        return phrase("benefits.error.medicine_unknown", lang, name=name, hint=hint)


def scope_facts(case: Case) -> ScopeFacts:
    """What a case says that payment scopes ask for."""
    person, visit = case.person, case.visit
    diagnoses = frozenset((*(visit.diagnoses or ()), *([visit.disease] if visit.disease else ())))
    return ScopeFacts(
        age=person.age,
        sex=person.sex,
        scheme=person.scheme,
        tier=visit.tier,
        setting=visit.setting,
        diagnoses=diagnoses or None,
    )


def look_up_items(case: Case, catalogue: Catalogue) -> tuple[Case, tuple[str, ...]]:
    """The case with its medicines looked up, and names of what that took for granted.

    Raises MedicineUnknown when a name does not stand for exactly one medicine.
    """
    on = catalogue.on(case.visit.day)
    facts = scope_facts(case)
    taken: dict[str, None] = {}
    items = tuple(
        item if item.medicine is None else _looked_up(item, on, facts, taken) for item in case.items
    )
    return replace(with_disease_kinds(case, catalogue), items=items), tuple(taken)


def with_disease_kinds(case: Case, catalogue: Catalogue) -> Case:
    """The case with what its disease is a kind of; an unknown disease stays as it is."""
    if case.visit.disease is None:
        return case
    known = catalogue.conditions.recognise(case.visit.disease)
    if known is None:
        return case
    kinds = tuple(sorted(catalogue.conditions.with_wider(known)))
    return replace(case, visit=replace(case.visit, disease=known, disease_is_a=kinds))


def _looked_up(item: Item, on: CatalogueOnDay, facts: ScopeFacts, taken: dict[str, None]) -> Item:
    resolution = resolve(str(item.medicine), on)
    if resolution.kind != "one":
        raise MedicineUnknown(resolution)
    medicine = resolution.medicines[0]
    decision = decide(medicine, facts, on.day, on)
    over = _over_standard(item, medicine)
    if over is None and not item.over_standard:
        taken["price_within_standard"] = None
    return replace(
        item,
        item_class=item.item_class or medicine.payment_class,
        medicine=medicine.id,
        substance="+".join(sorted(medicine.ingredients)) or medicine.id,
        over_standard=item.over_standard or over or ZERO,
        scope_met=_scope_met(item, decision),
    )


def _scope_met(item: Item, decision: Decision) -> bool | None:
    """What the case says against the scope stands; otherwise what the catalogue finds."""
    if item.scope_met is False:
        return False
    if decision.outcome in ("conditional", "indeterminate"):
        return None
    return decision.outcome == "covered"


def _over_standard(item: Item, medicine: Medicine) -> Decimal | None:
    """The part of the amount above a public payment standard, for a price per the same unit.

    None when there is no single standard, or the unit of the price is not said.
    """
    standard = medicine.payment_standard
    if standard is None or len(standard.amounts) != 1:
        return None
    if item.unit_price is None or item.quantity is None or item.unit != standard.amounts[0].per:
        return None
    return fen(max(ZERO, item.unit_price - standard.amounts[0].amount) * item.quantity)
