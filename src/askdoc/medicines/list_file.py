"""The tables inside a CSV or Excel file, as text."""

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from askdoc.medicines.errors import ImportEmpty, ImportUnreadable

_EXCEL = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; its name is empty for a CSV."""

    name: str
    rows: list[list[str]]


def read_tables(file: Path) -> list[Table]:
    """All tables of a file.

    Raises ImportUnreadable for what is neither CSV nor Excel, ImportEmpty for a file without rows.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError as failed:
        raise ImportUnreadable(file=file.name, reason="no_file") from failed
    except IsADirectoryError as failed:
        raise ImportUnreadable(file=file.name, reason="is_folder") from failed
    except PermissionError as failed:
        raise ImportUnreadable(file=file.name, reason="not_allowed") from failed
    if not content.strip():
        raise ImportEmpty(file=file.name)
    if file.suffix.lower() in _EXCEL or content.startswith(b"PK\x03\x04"):
        tables = _read_excel(file.name, content)
    else:
        tables = [Table("", _read_csv(file.name, content))]
    if not any(cell for table in tables for row in table.rows for cell in row):
        raise ImportEmpty(file=file.name)
    return tables


def _read_csv(name: str, content: bytes) -> list[list[str]]:
    if b"\x00" in content:
        raise ImportUnreadable(file=name, reason="binary")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [
                [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))
            ]
        except csv.Error as failed:
            raise ImportUnreadable(file=name, reason="not_csv") from failed
    raise ImportUnreadable(file=name, reason="encoding")


def _read_excel(name: str, content: bytes) -> list[Table]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            Table(sheet.title, [[_cell(cell) for cell in row] for row in sheet.values])
            for sheet in book.worksheets
        ]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as failed:
        raise ImportUnreadable(file=name, reason="not_excel") from failed


def _cell(found: object) -> str:
    if found is None:
        return ""
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    return str(found).strip()
