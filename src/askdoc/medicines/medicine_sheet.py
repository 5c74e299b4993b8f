"""One medicine from a row of `knowledge/medicines/<edition>/<group>.yaml`.

What a reader would not guess: an ordinary Western medicine of class A or B is listed for the
whole form group, whatever form its row names; a negotiated one or a Chinese patent medicine is
listed for its own form alone.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from askdoc.medicines.codes import is_code
from askdoc.medicines.conditions import Conditions
from askdoc.medicines.forms import Forms
from askdoc.medicines.knowledge_sheet import CatalogueSheetError, chosen
from askdoc.medicines.medicine import (
    Agreement,
    ListNumber,
    LongPrescription,
    Medicine,
    NotCovered,
    PaymentClass,
    PaymentStandard,
    Price,
    UnitAmount,
)
from askdoc.medicines.restriction_sheet import read_restriction
from askdoc.policy.confidence import CONFIDENCES
from askdoc.policy.strict_yaml import Map, Rows, Scalar

CLASSES: tuple[PaymentClass, ...] = ("A", "B", "negotiated", "off_catalogue")
LONG: tuple[LongPrescription, ...] = ("yes", "no", "local_rule")
PARTS = ("western", "chinese_patent", "negotiated_western", "negotiated_chinese", "commercial")
REASONS = ("absent", "excluded_purpose", "commercial_list", "vaccine", "removed", "other")
_ATC = re.compile(r"[A-Z]\d{2}(?:[A-Z](?:[A-Z](?:[A-Z0-9]{1,2})?)?)?")
_KEYS = (
    *("id", "name", "english", "ingredients", "form", "class", "number", "brands", "aliases"),
    *("atc", "atc_prefix", "indications", "alternatives", "restriction", "agreement"),
    *("payment_standard", "price", "bulk_purchased", "confidence", "source"),
    *("long_prescription", "codes", "code_source", "note", "not_covered"),
)


@dataclass(frozen=True, slots=True)
class Tables:
    """What rows refer to: conditions, forms, and the ids of other lists."""

    conditions: Conditions
    forms: Forms
    lists: Collection[str]


def read_medicine(row: Map, edition: str, tables: Tables) -> Medicine:
    """One medicine; raises SheetError with file and line for anything out of order."""
    row.only(*_KEYS)
    name = row.scalar("id").text()
    form = tables.forms.of_word(row.scalar("form").text())
    if form is None:
        raise CatalogueSheetError(
            row.scalar("form").place, "unknown_form", found=row.scalar("form").content
        )
    payment_class = chosen(row.scalar("class"), CLASSES)
    number = _number(row.map("number")) if "number" in row else None
    ordinary = payment_class in ("A", "B") and number is not None and number.part == "western"
    return Medicine(
        id=name,
        edition=edition,
        name=row.scalar("name").text(),
        form=row.scalar("form").content,
        group=form.group,
        payment_class=payment_class,
        confidence=chosen(row.scalar("confidence"), CONFIDENCES),
        source=row.scalar("source").text(),
        place=row.place,
        english=row.scalar("english").text(),
        ingredients=_filled(row.rows("ingredients")),
        listed_by_group=ordinary or form.is_group,
        number=number,
        brands=row.texts("brands"),
        aliases=row.texts("aliases"),
        atc=_atc(row),
        indications=_indications(row, tables.conditions),
        alternatives=row.texts("alternatives"),
        restriction=(
            read_restriction(row.map("restriction"), name, tables.conditions)
            if "restriction" in row
            else None
        ),
        agreement=_agreement(row.map("agreement")) if "agreement" in row else None,
        payment_standard=_payment_standard(row),
        price=_price(row.map("price")) if "price" in row else None,
        bulk_purchased="bulk_purchased" in row and _yes(row.scalar("bulk_purchased")),
        long_prescription=chosen(row.scalar("long_prescription"), LONG),
        codes=_codes(row),
        code_source=row.scalar("code_source").text() if "code_source" in row else None,
        note=row.both_languages("note") if "note" in row else None,
        not_covered=_not_covered(row, payment_class, tables.lists),
    )


def _filled(found: Rows) -> tuple[str, ...]:
    if not len(found):
        raise CatalogueSheetError(found.place, "ingredients_empty")
    return found.texts()


def _yes(found: Scalar) -> bool:
    return found.one_of(("yes", "no")) == "yes"


def _number(row: Map) -> ListNumber:
    row.only("part", "no", "repeat", "edition", "inferred")
    return ListNumber(
        part=row.scalar("part").one_of(PARTS),
        no=row.scalar("no").text(),
        repeat="repeat" in row and row.scalar("repeat").flag(),
        edition=row.scalar("edition").text() if "edition" in row else None,
        inferred="inferred" in row and row.scalar("inferred").flag(),
    )


def _atc(row: Map) -> str:
    if "atc" in row and "atc_prefix" in row:
        raise CatalogueSheetError(row.place, "atc_twice")
    key = "atc" if "atc" in row else "atc_prefix"
    if key not in row:
        return ""
    if not _ATC.fullmatch(row.scalar(key).content):
        raise CatalogueSheetError(row.scalar(key).place, "not_atc", found=row.scalar(key).content)
    return row.scalar(key).content


def _indications(row: Map, conditions: Conditions) -> tuple[str, ...]:
    if "indications" not in row:
        return ()
    for one in row.rows("indications").scalars():
        if one.text() not in conditions.by_id:
            raise CatalogueSheetError(one.place, "unknown_condition", found=one.content)
    return row.texts("indications")


def _agreement(row: Map) -> Agreement:
    row.only("from", "to")
    begins, ends = row.scalar("from").day(), row.scalar("to").day()
    if ends < begins:
        raise CatalogueSheetError(row.place, "ends_before_begin")
    return Agreement(begins, ends)


def _payment_standard(row: Map) -> PaymentStandard | None:
    if "payment_standard" not in row:
        return None
    found = row.node("payment_standard")
    if isinstance(found, Scalar):
        found.one_of(("confidential",))
        return PaymentStandard(())
    standard = row.map("payment_standard").only("amount", "per", "of", "others")
    others = standard.rows("others").maps() if "others" in standard else []
    amounts = [standard, *(one.only("amount", "per", "of") for one in others)]
    return PaymentStandard(tuple(_unit_amount(one) for one in amounts))


def _unit_amount(row: Map) -> UnitAmount:
    return UnitAmount(
        row.scalar("amount").amount(), row.scalar("per").text(), row.scalar("of").text()
    )


def _price(row: Map) -> Price:
    row.only("amount", "per", "pack", "basis", "confidence")
    return Price(
        row.scalar("amount").amount(),
        row.scalar("per").text(),
        row.scalar("pack").text(),
        row.scalar("basis").text(),
        chosen(row.scalar("confidence"), CONFIDENCES),
    )


def _codes(row: Map) -> tuple[str, ...]:
    for one in row.rows("codes").scalars() if "codes" in row else ():
        if not is_code(one.text()):
            raise CatalogueSheetError(one.place, "not_code", found=one.content)
    if row.texts("codes") and "code_source" not in row:
        raise CatalogueSheetError(row.place, "code_source_missing")
    return row.texts("codes")


def _not_covered(
    row: Map, payment_class: PaymentClass, lists: Collection[str]
) -> NotCovered | None:
    if (payment_class == "off_catalogue") != ("not_covered" in row):
        raise CatalogueSheetError(row.place, "not_covered_mismatch")
    if "not_covered" not in row:
        return None
    said = row.map("not_covered").only("reason", "list", "text")
    listed_in = said.scalar("list").one_of(lists) if "list" in said else None
    return NotCovered(said.scalar("reason").one_of(REASONS), listed_in, said.both_languages("text"))
