"""A published list (CSV or Excel) as medicines, with every refused row and its reason.

What a reader would not guess: a row of the negotiated and bid parts is printed as class B and
is `negotiated` all the same; herbal pieces are kept apart, because they are no medicines.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from askdoc.medicines.codes import is_code, tidy_code
from askdoc.medicines.errors import ImportNoHeader, ImportNothingTaken
from askdoc.medicines.fold import name_key
from askdoc.medicines.forms import Forms, SaidForm, is_listed_for_all, split_exclusion
from askdoc.medicines.imported import HerbalPiece, Imported, RefusedRow
from askdoc.medicines.list_columns import Column, class_word, find_header
from askdoc.medicines.list_file import Table, read_tables
from askdoc.medicines.medicine import (
    Agreement,
    Medicine,
    PaymentClass,
    PaymentStandard,
    Restriction,
    UnitAmount,
)
from askdoc.medicines.names import parse_name
from askdoc.medicines.printed_names import PrintedName, printed_names

Reason = Literal[
    "no_name",
    "no_class",
    "unknown_class",
    "unknown_part",
    "unknown_form",
    "unknown_code",
    "agreement_unread",
    "standard_unread",
    "duplicate",
    "class_conflict",
    "sheet_without_header",
]
_NEGOTIATED_PARTS = re.compile(r"^(?:西药|中成药)$|谈判|协议期内|竞价")
_ORDINARY_PARTS = re.compile(r"^(?:西药|中成药)部分$|^(?:凡例)?常规")
_PIECES = re.compile(r"饮片")
_NOT_PAID = re.compile(r"不得|不予")
_DAY = re.compile(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_STANDARD = re.compile(
    r"(\d+(?:\.\d{1,2})?)\s*元?\s*[(（]\s*([^()（）/]+?)\s*/\s*([^()（）/]+?)\s*[)）]"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row below a header."""

    number: int
    cells: Mapping[Column, str]

    def said(self, column: Column) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class _Listing:
    """How a row lists its names: the class, and the form column with what it leaves out."""

    payment_class: PaymentClass
    printed_form: str
    form: SaidForm | None
    excluded: tuple[str, ...]


@dataclass(slots=True)
class _Tray:
    """What has been taken so far."""

    forms: Forms
    medicines: dict[int, list[Medicine]] = field(default_factory=dict)
    pieces: list[HerbalPiece] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unread: list[RefusedRow] = field(default_factory=list)
    first: dict[tuple[str, str], _Row] = field(default_factory=dict)

    def refuse(self, row: _Row, reason: Reason, said: str) -> None:
        self.refused.append(RefusedRow(row.number, reason, said))


def read_edition(file: Path, forms: Forms) -> Imported:
    """The medicines of a published list.

    Raises ImportUnreadable, ImportEmpty, ImportNoHeader, or ImportNothingTaken when every row
    is refused. The medicines carry no edition yet: `store_edition` gives them one.
    """
    tray = _Tray(forms)
    tables = read_tables(file)
    headers = [find_header(table.rows) for table in tables]
    if not any(headers):
        raise ImportNoHeader(file=file.name)
    count = 0
    for table, header in zip(tables, headers, strict=True):
        if header is None:
            if any(any(row) for row in table.rows):
                tray.refused.append(RefusedRow(0, "sheet_without_header", table.name))
            continue
        for row in _rows_below(table, *header):
            count += 1
            _take(row, tray)
    if not tray.medicines and not tray.pieces:
        raise ImportNothingTaken(file=file.name, refused=len(tray.refused))
    return Imported(
        tuple(medicine for taken in tray.medicines.values() for medicine in taken),
        tuple(tray.pieces),
        tuple(sorted(tray.refused, key=lambda one: one.row)),
        tuple(tray.unread),
        count,
    )


def _rows_below(table: Table, header: int, columns: Mapping[Column, int]) -> Iterator[_Row]:
    for at, cells in enumerate(table.rows[header + 1 :], start=header + 2):
        said = {
            column: cells[position] if position < len(cells) else ""
            for column, position in columns.items()
        }
        if any(said.values()):
            yield _Row(at, said)


def _take(row: _Row, tray: _Tray) -> None:
    name = row.said("name")
    if not name:
        return tray.refuse(row, "no_name", " ".join(row.cells.values()))
    part = row.said("part")
    if _PIECES.search(part):
        tray.pieces.append(HerbalPiece(name, _NOT_PAID.search(part) is None))
        return None
    if part and not _ORDINARY_PARTS.search(part) and not _NEGOTIATED_PARTS.search(part):
        return tray.refuse(row, "unknown_part", part)
    printed_class = class_word(row.said("class"))
    if printed_class is None:
        reason: Reason = "unknown_class" if row.said("class") else "no_class"
        return tray.refuse(row, reason, row.said("class") or name)
    printed_form, excluded = split_exclusion(row.said("form"))
    form = tray.forms.of_word(printed_form) if printed_form else None
    if printed_form and form is None:
        return tray.refuse(row, "unknown_form", row.said("form"))
    if not _is_new(row, printed_class, tray):
        return None
    listing = _Listing(printed_class, printed_form, form, excluded)
    tray.medicines[row.number] = [
        _medicine(row, f"{row.number}.{at}", printed, listing, tray)
        for at, printed in enumerate(printed_names(name, tray.forms), start=1)
    ]
    _note_unread(row, tray)
    return None


def _is_new(row: _Row, printed_class: PaymentClass, tray: _Tray) -> bool:
    """Whether no earlier row holds this name and form; rows that disagree are both refused."""
    first = tray.first.setdefault((name_key(row.said("name")), row.said("form")), row)
    if first is row:
        return True
    if class_word(first.said("class")) == printed_class and first.said("part") == row.said("part"):
        tray.refuse(row, "duplicate", row.said("name"))
        return False
    for one in (first, row):
        if one is row or first.number in tray.medicines:
            tray.refuse(one, "class_conflict", one.said("name"))
    tray.medicines.pop(first.number, None)
    return False


def _medicine(
    row: _Row, name: str, printed: PrintedName, listing: _Listing, tray: _Tray
) -> Medicine:
    column = listing.form
    own = parse_name(printed.name, tray.forms).form
    # Some lists print the product's name and repeat its form in the column.
    stands_beside = column is not None and (own is None or own.group != column.group)
    form = column if stands_beside else own
    negotiated = _NEGOTIATED_PARTS.search(row.said("part")) or row.said("agreement")
    limit = row.said("remark")
    return Medicine(
        id=name,
        edition="",
        name=printed.name,
        form=(listing.printed_form if stands_beside else own.word if own else None),
        group=form.group if form else None,
        payment_class="negotiated" if negotiated else listing.payment_class,
        confidence="secondary",
        source="",
        place=str(row.number),
        form_stands_beside=stands_beside,
        listed_by_group=column is not None and is_listed_for_all(listing.printed_form),
        excluded_forms=listing.excluded,
        aliases=printed.aliases,
        restriction=Restriction({"zh": limit, "en": limit}, ()) if limit else None,
        scope_recorded="remark" in row.cells,
        agreement=_agreement(row.said("agreement")),
        payment_standard=_standard(row.said("standard")),
        codes=tuple(code for code in _codes(row) if is_code(code)),
        imported=True,
    )


def _note_unread(row: _Row, tray: _Tray) -> None:
    """Notes the cells that say something and could not be read."""
    if row.said("agreement") and _agreement(row.said("agreement")) is None:
        tray.unread.append(RefusedRow(row.number, "agreement_unread", row.said("agreement")))
    if row.said("standard") and _standard(row.said("standard")) is None:
        tray.unread.append(RefusedRow(row.number, "standard_unread", row.said("standard")))
    for code in _codes(row):
        if not is_code(code):
            tray.unread.append(RefusedRow(row.number, "unknown_code", code))


def _agreement(said: str) -> Agreement | None:
    try:
        days = [date(*map(int, found)) for found in _DAY.findall(said)]
    except ValueError:
        return None
    return Agreement(*days) if len(days) == 2 and days[0] <= days[1] else None


def _standard(said: str) -> PaymentStandard | None:
    if said in ("*", "＊"):
        return PaymentStandard(())
    found = _STANDARD.findall(said)
    amounts = tuple(UnitAmount(Decimal(amount), per, of) for amount, of, per in found)
    return PaymentStandard(amounts) if amounts else None


def _codes(row: _Row) -> list[str]:
    said = re.split(r"[\s,;，；、]+", row.said("code").strip())
    return [tidy_code(code) for code in said if code]
