"""Lines of text on PDF pages: words side by side, without what every page repeats."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askdoc.library.reading.blocks import tidy
from askdoc.library.reading.han import is_han

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

    from askdoc.library.reading.pdf_pages import Page
    from askdoc.library.reading.pdf_tables import Grid

# Words whose middles are nearer than this part of their height stand on one line.
SAME_LINE = 0.5
# A gap wider than this many letters parts columns of an unruled table; a smaller one is a blank.
# Lines of even length spread Chinese letters a little, and layouts keep them a little apart from
# digits and Latin letters: neither is a blank.
COLUMN_GAP = 2.0
WORD_GAP = 0.15
BLANK_GAP_OF_HAN = 0.4
# Headers and footers stand in the outer eighth of the page, at most this many lines of them.
MARGIN = 0.125
MARGIN_LINES = 3
# A line is running text of the margin when so many pages have it; in a short file, half of them.
REPEATED_PAGES = 3
_PAGE_NUMBER = re.compile(
    r"[-—–―\s·~]*(?:第\s*)?[0-9０-９]{1,4}\s*页?(?:\s*[/，,]?\s*共?\s*[0-9０-９]{1,4}\s*页?)?[-—–―\s·~]*"
    r"|[Pp]age\s*\d+(?:\s*(?:of|/)\s*\d+)?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line and where it stands; `is_spread` when wide gaps part it like a table row."""

    text: str
    x0: float
    x1: float
    top: float
    size: float
    is_spread: bool


def lines_of(page: "PdfPage", grids: Sequence["Grid"]) -> list[Line]:
    """The lines of a page outside its tables, from the top down."""
    words = page.dedupe_chars().extract_words(
        x_tolerance_ratio=WORD_GAP, y_tolerance=3, extra_attrs=["size"], use_text_flow=False
    )
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=_middle):
        if any(grid.holds((word["x0"] + word["x1"]) / 2, _middle(word)) for grid in grids):
            continue
        height = word["bottom"] - word["top"]
        if rows and _middle(word) - _middle(rows[-1][0]) < SAME_LINE * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = (_line(sorted(row, key=lambda word: float(word["x0"]))) for row in rows)
    return [line for line in lines if line.text]


def _middle(word: dict[str, Any]) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _line(words: list[dict[str, Any]]) -> Line:
    size = Counter(round(float(word["size"]) * 2) / 2 for word in words).most_common(1)[0][0]
    text, wide = words[0]["text"], 0
    for before, word in itertools.pairwise(words):
        gap = word["x0"] - before["x1"]
        wide += gap > COLUMN_GAP * size
        beside_han = is_han(before["text"][-1]) or is_han(word["text"][0])
        is_blank = gap > (BLANK_GAP_OF_HAN if beside_han else WORD_GAP) * size
        text += f" {word['text']}" if is_blank else word["text"]
    return Line(
        text=tidy(text),
        x0=float(words[0]["x0"]),
        x1=float(words[-1]["x1"]),
        top=float(min(word["top"] for word in words)),
        size=size,
        is_spread=wide > 1,
    )


def body_size(lines: Iterable[Line]) -> float:
    """The letter size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_running_lines(pages: list["Page"]) -> list["Page"]:
    """The pages without headers, footers and page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in _margin(page)})
    often = max(2, min(REPEATED_PAGES, len(pages) / 2))
    for page in pages:
        dropped = [
            line
            for line in _margin(page)
            if _PAGE_NUMBER.fullmatch(line.text) or seen[_shape(line)] >= often
        ]
        page.lines = [line for line in page.lines if line not in dropped]
    return pages


def _margin(page: "Page") -> list[Line]:
    above = [line for line in page.lines[:MARGIN_LINES] if line.top < MARGIN * page.height]
    below = [line for line in page.lines[-MARGIN_LINES:] if line.top > (1 - MARGIN) * page.height]
    return above + below


def _shape(line: Line) -> str:
    """A line with its numbers left open, so that 第3页 and 第4页 are one."""
    return re.sub(r"[0-9０-９]+", "#", line.text)
