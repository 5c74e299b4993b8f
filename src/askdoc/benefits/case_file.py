"""A case from a YAML or JSON file; every refusal names file and line.

A left-out fact stays unsaid (None) where the rules may or may not need it; only what is
always needed is required.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from askdoc.benefits.case import ITEM_CLASSES, ZERO, Case, Item, ItemClass, Person, Visit, Year
from askdoc.policy import Book, Content
from askdoc.policy.dimensions import MEMBERS, STATUSES
from askdoc.policy.strict_yaml import Map, Scalar, SheetError, read_sheet
from askdoc.policy.units import read_content

Found = TypeVar("Found")
OLDEST = 130
ELSEWHERE = "elsewhere"


def read_case(file: Path, book: Book) -> Case:
    """The case in a file. Raises SheetError naming file and line."""
    return case_from(read_sheet(file), book)


def case_from(sheet: Map, book: Book) -> Case:
    """A case from the nodes of a file."""
    sheet.only("person", "visit", "items", "year", "assume")
    rows = sheet.rows("items")
    if not len(rows):
        raise SheetError(rows.place, "case_no_items")
    return Case(
        person=_person(sheet.map("person"), book),
        visit=_visit(sheet.map("visit"), book),
        items=tuple(_item(row) for row in rows.maps()),
        year=_year(sheet.map("year")) if "year" in sheet else Year(),
        assume=_assume(sheet.map("assume"), book) if "assume" in sheet else {},
    )


def _optional(row: Map, key: str, read: Callable[[Scalar], Found]) -> Found | None:
    return read(row.scalar(key)) if key in row else None


def _member(row: Map, key: str, dimension: str) -> str | None:
    return _optional(row, key, lambda said: said.one_of(MEMBERS[dimension]))


def _person(row: Map, book: Book) -> Person:
    row.only(
        "region",
        "scheme",
        "grade",
        "status",
        "age",
        "sex",
        "retired_year",
        "contracted",
        "groups",
    )
    scheme = row.scalar("scheme").one_of(MEMBERS["scheme"])
    groups = row.rows("groups").scalars() if "groups" in row else []
    return Person(
        region=_region(row.scalar("region"), book),
        scheme=scheme,
        status=row.scalar("status").one_of(STATUSES[scheme]),
        grade=_member(row, "grade", "grade"),
        age=_optional(row, "age", _age),
        sex=_optional(row, "sex", lambda said: said.one_of(("female", "male"))),
        retired_year=_optional(row, "retired_year", _year_number),
        contracted=_optional(row, "contracted", Scalar.flag),
        groups=tuple(
            said.one_of(tuple(name for name in MEMBERS["group"] if name != "none"))
            for said in groups
        ),
    )


def _region(said: Scalar, book: Book) -> str:
    if said.content not in book.regions:
        raise said.wrong("case_region", known=", ".join(sorted(book.regions)))
    return said.content


def _age(said: Scalar) -> int:
    age = said.whole()
    if age > OLDEST:
        raise said.wrong("case_age", oldest=OLDEST)
    return age


def _year_number(said: Scalar) -> int:
    year = said.whole()
    if not 1900 <= year <= 2200:
        raise said.wrong("case_year")
    return year


def _visit(row: Map, book: Book) -> Visit:
    row.only(
        "day",
        "setting",
        "tier",
        "institution",
        "place",
        "disease",
        "diagnoses",
        "referral",
        "filed",
    )
    return Visit(
        day=row.scalar("day").day(),
        setting=row.scalar("setting").one_of(MEMBERS["setting"]),
        tier=row.scalar("tier").one_of(MEMBERS["tier"]),
        institution=_member(row, "institution", "institution"),
        place=_optional(
            row,
            "place",
            lambda said: ELSEWHERE if said.content == ELSEWHERE else _region(said, book),
        ),
        disease=_optional(row, "disease", Scalar.text),
        diagnoses=row.texts("diagnoses") if "diagnoses" in row else None,
        referral=_member(row, "referral", "referral") or "none",
        filed=_member(row, "filed", "filed") or "none",
    )


def _item(row: Map) -> Item:
    row.only(
        "class",
        "medicine",
        "amount",
        "quantity",
        "unit_price",
        "unit",
        "over_standard",
        "first_pay_share",
        "scope_met",
    )
    if "class" not in row and "medicine" not in row:
        raise SheetError(row.place, "case_item_what")
    priced = "quantity" in row and "unit_price" in row
    if ("amount" in row) == priced or ("amount" in row and "quantity" in row):
        raise SheetError(row.place, "case_item_price")
    item = Item(
        item_class=_optional(row, "class", _item_class),
        amount=_optional(row, "amount", Scalar.amount),
        quantity=_optional(row, "quantity", _quantity),
        unit_price=_optional(row, "unit_price", _unit_price),
        unit=_optional(row, "unit", Scalar.text),
        medicine=_optional(row, "medicine", Scalar.text),
        over_standard=_optional(row, "over_standard", Scalar.amount) or ZERO,
        first_pay_share=_optional(row, "first_pay_share", Scalar.share),
        scope_met=_scope(row),
    )
    if item.over_standard > item.total:
        raise row.scalar("over_standard").wrong("case_over_standard", total=item.total)
    return item


def _item_class(said: Scalar) -> ItemClass:
    name = said.one_of(ITEM_CLASSES)
    return next(known for known in ITEM_CLASSES if known == name)


def _quantity(said: Scalar) -> Decimal:
    quantity = said.number()
    if quantity <= 0 or quantity > 100_000:
        raise said.wrong("case_quantity")
    return quantity


def _unit_price(said: Scalar) -> Decimal:
    price = said.number()
    if price < 0 or price > 10_000_000:
        raise said.wrong("not_amount")
    return price


def _scope(row: Map) -> bool | None:
    if "scope_met" not in row:
        return True
    said = row.scalar("scope_met").one_of(("true", "false", "unknown"))
    return None if said == "unknown" else said == "true"


def _year(row: Map) -> Year:
    row.only(
        "deductible_used",
        "fund_paid",
        "in_scope_self_pay",
        "admissions",
        "aid_used",
        "quota_used",
        "account_current",
        "account_past",
    )
    quota = row.map("quota_used") if "quota_used" in row else None
    return Year(
        deductible_used=_optional(row, "deductible_used", Scalar.amount),
        fund_paid=_optional(row, "fund_paid", Scalar.amount) or ZERO,
        in_scope_self_pay=_optional(row, "in_scope_self_pay", Scalar.amount) or ZERO,
        admissions=_optional(row, "admissions", Scalar.whole) or 0,
        aid_used=_optional(row, "aid_used", Scalar.amount) or ZERO,
        quota_used={name: quota.scalar(name).amount() for name in quota} if quota else {},
        account_current=_optional(row, "account_current", Scalar.amount),
        account_past=_optional(row, "account_past", Scalar.amount),
    )


def _assume(row: Map, book: Book) -> dict[str, Content]:
    assumed: dict[str, Content] = {}
    for name in row:
        node = row.node(name)
        if name not in book.parameters:
            raise SheetError(node.place, "case_assume", name=name)
        parameter = book.parameters[name]
        assumed[name] = read_content(node, parameter.unit, parameter.choices)
    return assumed
