"""Word (docx) → blocks, in reading order and with the numbers that Word itself only computes.

What a reader would not guess: the package is measured before it is unpacked, and text is taken
from the XML itself, because python-docx leaves out content controls and tracked insertions.
Deleted, struck-out and hidden text is not read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from askdoc.library.reading.blocks import (
    Block,
    Contents,
    Heading,
    Paragraph,
    Table,
    table_of,
    tidy,
)
from askdoc.library.reading.errors import PackedTooTight, WordDamaged
from askdoc.library.reading.limits import MEGABYTE
from askdoc.library.reading.word_numbers import Numbers

if TYPE_CHECKING:
    from docx.document import Document

# A circular with many pictures unpacks to some tens of megabytes; XML packs about 10:1, tables
# of one repeated value 50:1. A bomb packs 1000:1.
UNPACKED_LIMIT = 300 * MEGABYTE
RATIO_LIMIT = 150
# Below this size a high ratio is only a file of blanks.
RATIO_COUNTS_FROM = 10 * MEGABYTE
PARTS_LIMIT = 5000
# Sheets and slides inside a document are one level; nothing honest goes deeper.
DEPTH_LIMIT = 2

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "fldChar")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
# What the zip, XML and Word readers raise on a package with missing or spoilt parts.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(KeyError, ValueError, SyntaxError, RuntimeError),
)
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)


def read_word(name: str, content: bytes) -> Contents:
    """The blocks of a Word file.

    Raises PackedTooTight or WordDamaged.
    """
    try:
        _measure(name, content, 1)
        return _read(content)
    except _BROKEN as failed:
        raise WordDamaged(file=name) from failed


def _measure(name: str, content: bytes, depth: int) -> None:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
        size = sum(part.file_size for part in parts)
        tight = size > RATIO_LIMIT * max(1, len(content)) and size > RATIO_COUNTS_FROM
        if size > UNPACKED_LIMIT or tight or len(parts) > PARTS_LIMIT:
            raise PackedTooTight(file=name)
        for part in parts:
            with packed.open(part) as opened:
                if opened.read(4) != b"PK\x03\x04":
                    continue
            if depth == DEPTH_LIMIT:
                raise PackedTooTight(file=name)
            _measure(name, packed.read(part), depth + 1)


def _read(content: bytes) -> Contents:
    from docx import Document

    document = Document(BytesIO(content))
    numbers = Numbers(document)
    styles = {one.style_id: one.name or "" for one in document.styles}
    title = ""
    blocks: list[Block] = []
    for element in _elements(document.element.body):
        if element.tag == f"{_W}tbl":
            table = _table(element, document)
            blocks.extend([table] if table else [])
            continue
        style = styles.get(element.style, "")
        text = tidy(numbers.before(element) + _text(element))
        if not text or style.lower().startswith("toc"):
            continue
        heading = _HEADING.match(style)
        if style == "Title" and not blocks:
            title = f"{title}{text}"
        else:
            blocks.append(Heading(text, int(heading[1])) if heading else Paragraph(text))
    return Contents(title, blocks)


def _elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables under the body, also those inside content controls."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _elements(element)


def _text(element: Any) -> str:
    """The text of a paragraph that is shown and holds."""
    if element.tag in _LEFT_OUT or _is_void(element):
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
        return " "
    if element.tag == f"{_W}noBreakHyphen":
        return "-"
    between = " " if element.tag == f"{_W}txbxContent" else ""
    return between + "".join(_text(one) for one in element if isinstance(one.tag, str))


def _is_void(element: Any) -> bool:
    """A run that is struck out or hidden."""
    if element.tag != f"{_W}r":
        return False
    look = element.find(f"{_W}rPr")
    if look is None:
        return False
    marks = (look.find(f"{_W}{name}") for name in ("strike", "dstrike", "vanish"))
    return any(
        mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off") for mark in marks
    )


def _table(element: Any, document: "Document") -> Table | Paragraph | None:
    from docx.table import Table as WordTable

    rows = WordTable(element, document).rows
    grid = [[_cell(cell._tc) for cell in row.cells] for row in rows]
    return table_of(grid)


def _cell(element: Any) -> str:
    return " ".join(filter(None, (tidy(_text(one)) for one in element.iter(f"{_W}p"))))
