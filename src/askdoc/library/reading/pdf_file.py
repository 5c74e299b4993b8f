"""PDF → blocks: lines put together to paragraphs, tables carried over page ends.

What a reader would not guess: the parser accepts nearly any damage in silence, so the end of
the file and the number of pages are checked against what the file itself says.
"""

import itertools
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from askdoc.library.reading.blocks import Block, Contents, Heading, Paragraph, join_lines
from askdoc.library.reading.errors import PdfDamaged, PdfEncrypted, PdfScanned, PdfTruncated
from askdoc.library.reading.outline import begins_anew, is_title
from askdoc.library.reading.pdf_lines import Line, body_size, without_running_lines
from askdoc.library.reading.pdf_pages import Page, read_pages
from askdoc.library.reading.pdf_tables import Grid, carried_over

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

# The end mark stands in the last kilobyte; some programs leave blanks or a short trailer after it.
_END_WITHIN = 2048
# A page with fewer signs than this and a picture is a scan, with at most a stamped page number.
SCANNED_SIGNS = 12
# A line that ends so far from the right edge of the text, in heights of its letters, ends its
# paragraph; one that starts so far from the left edge begins one.
SHORT_OF_EDGE = 2.5
# Lines of Latin letters end where a word does.
RAGGED_EDGE = 6.0
INDENT = 1.2
# Lines further apart than this many times the usual distance are different paragraphs.
PARAGRAPH_GAP = 1.6
# Letters so much larger than those of the body are a heading.
HEADING_SIZE = 1.12


def read_pdf(name: str, content: bytes) -> Contents:
    """The blocks of a PDF.

    Raises PdfTruncated, PdfEncrypted, PdfScanned or PdfDamaged.
    """
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    tail = content.rstrip(b"\x00 \t\r\n")[-_END_WITHIN:]
    if b"%%EOF" not in tail:
        raise PdfTruncated(file=name)
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            _check_count(name, pdf)
            pages = read_pages(pdf)
    except (PdfminerException, PDFException, PSException) as failed:
        raise _reason(name, failed) from failed
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as failed:
        raise PdfDamaged(file=name) from failed
    _check_scanned(name, pages)
    return _contents(pages)


def _reason(name: str, failed: Exception) -> PdfEncrypted | PdfDamaged:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    causes = [failed, *failed.args]
    locked = any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in causes)
    return PdfEncrypted(file=name) if locked else PdfDamaged(file=name)


def _check_count(name: str, pdf: "PDF") -> None:
    from pdfminer.pdftypes import resolve1

    tree = resolve1(pdf.doc.catalog.get("Pages"))
    told = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    if not pdf.pages or (isinstance(told, int) and len(pdf.pages) < told):
        raise PdfTruncated(file=name)


def _check_scanned(name: str, pages: list[Page]) -> None:
    """One page without text may hold the very exception that matters, so one is enough."""
    scanned = [
        str(number)
        for number, page in enumerate(pages, 1)
        if page.has_picture
        and not page.grids
        and sum(len(line.text) for line in page.lines) < SCANNED_SIGNS
    ]
    if scanned:
        raise PdfScanned(file=name, pages="、".join(scanned))


def _contents(pages: list[Page]) -> Contents:
    pages = without_running_lines(pages)
    lines = [line for page in pages for line in page.lines]
    body = body_size(lines)
    sizes = sorted({line.size for line in lines if line.size > HEADING_SIZE * body}, reverse=True)
    title = _title(pages[0].lines, sizes)
    blocks: list[Block] = []
    for part in carried_over(pages):
        if isinstance(part, Grid):
            table = part.table()
            blocks.extend([table] if table else [])
        else:
            blocks.extend(_paragraphs(part, sizes))
    return Contents(title, list(_mended(blocks)))


def _title(first: list[Line], sizes: list[float]) -> str:
    """The lines in the largest letters at the head of the first page; they are taken out."""
    largest = max((line.size for line in first), default=0.0)
    taken = 0
    while largest in sizes and taken < min(4, len(first)) and first[taken].size == largest:
        taken += 1
    title = ""
    for line in first[:taken]:
        title = join_lines(title, line.text)
    del first[:taken]
    return title


def _paragraphs(lines: list[Line], sizes: list[float]) -> Iterator[Block]:
    """The lines between two tables, over page ends."""
    if not lines:
        return
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gaps = sorted(b.top - a.top for a, b in itertools.pairwise(lines) if b.top > a.top)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    text, before = "", lines[0]
    for line in lines:
        if line.size in sizes and is_title(line.text):
            yield from _said(text)
            yield Heading(line.text, min(6, 1 + sizes.index(line.size)))
            text = ""
        elif text and not _goes_on(before, line, (left, right, usual), text):
            yield from _said(text)
            text = line.text
        else:
            text = join_lines(text, line.text)
        before = line
    yield from _said(text)


def _said(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph(text)


def _goes_on(before: Line, line: Line, edges: tuple[float, float, float], text: str) -> bool:
    left, right, usual = edges
    short = RAGGED_EDGE if before.text[-1].isascii() else SHORT_OF_EDGE
    if before.x1 < right - short * before.size or line.is_spread or before.is_spread:
        return False
    if line.x0 > left + INDENT * line.size or begins_anew(text, line.text):
        return False
    return not 0 < PARAGRAPH_GAP * usual < line.top - before.top


def _mended(blocks: list[Block]) -> Iterator[Block]:
    """Headings that the page broke into two lines, as one."""
    kept: Block | None = None
    for block in blocks:
        if (
            isinstance(kept, Heading)
            and isinstance(block, Heading)
            and kept.level == block.level
            and re.search(r"[关于的和与、（(《]$", kept.text)
        ):
            kept = Heading(join_lines(kept.text, block.text), kept.level)
            continue
        if kept is not None:
            yield kept
        kept = block
    if kept is not None:
        yield kept
