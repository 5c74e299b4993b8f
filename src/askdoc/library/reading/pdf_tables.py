"""Ruled tables on PDF pages: merged cells filled, rows of the next page joined on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from askdoc.library.reading.blocks import Paragraph, Table, join_lines, table_of, tidy
from askdoc.library.reading.pdf_lines import WORD_GAP, Line

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pdfplumber.table import Table as PdfTable

    from askdoc.library.reading.pdf_pages import Page

# Two tables are one over a page end when their column edges differ by no more points than this.
SAME_EDGE = 4.0
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Grid:
    """A table as filled cells, with its place and the left edges of its columns."""

    cells: list[list[str]]
    box: Box
    edges: list[float]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside the table."""
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]

    def table(self) -> Table | Paragraph | None:
        """The table, or a paragraph where it only frames text."""
        return table_of(self.cells)

    def continues(self, other: "Grid") -> bool:
        """Whether this table has the columns of another."""
        return len(self.edges) == len(other.edges) and all(
            abs(mine - theirs) <= SAME_EDGE
            for mine, theirs in zip(self.edges, other.edges, strict=True)
        )

    def take_on(self, other: "Grid") -> None:
        """Add the rows of the next page, without its repeated header.

        A first cell left blank at the top of a page goes on from the page before.
        """
        rows = other.cells
        heads = 0
        while heads < min(len(rows), len(self.cells)) and rows[heads] == self.cells[heads]:
            heads += 1
        for row in rows[heads:]:
            if row[0] or not any(row):
                break
            row[0] = self.cells[-1][0]
        self.cells.extend(rows[heads:])


def grids_of(page: "PdfPage") -> list[Grid]:
    """The ruled tables of a page with more than one cell, from the top down."""
    grids = [_grid(table) for table in page.find_tables()]
    kept = [grid for grid in grids if len(grid.edges) > 1 or len(grid.cells) > 1]
    return sorted(kept, key=lambda grid: grid.box[1])


def _grid(table: "PdfTable") -> Grid:
    rows = list(zip(table.rows, table.extract(x_tolerance_ratio=WORD_GAP), strict=True))
    boxes = [
        (box, text)
        for row, said in rows
        for box, text in zip(row.cells, said, strict=True)
        if box is not None
    ]
    edges = sorted({box[0] for box, _ in boxes})
    cells = [
        [
            _lines(text) if text is not None else _covering(boxes, edge + 1, row.bbox[1] + 1)
            for edge, text in zip(edges, said, strict=True)
        ]
        for row, said in rows
    ]
    return Grid(cells, table.bbox, edges)


def _covering(boxes: Sequence[tuple[Box, str | None]], x: float, y: float) -> str:
    """The text of the merged cell that covers a place of the grid."""
    for box, text in boxes:
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return _lines(text)
    return ""


def _lines(text: str | None) -> str:
    """The text of a cell, its lines joined."""
    joined = ""
    for line in (text or "").split("\n"):
        joined = join_lines(joined, tidy(line))
    return joined


def carried_over(pages: Sequence["Page"]) -> Iterator[Grid | list[Line]]:
    """Tables and the lines between them in reading order, both whole over page ends."""
    waiting: list[Line] = []
    last: Grid | None = None
    for page in pages:
        below = page.lines
        for grid in page.grids:
            above = [line for line in below if line.top < grid.box[1]]
            below = below[len(above) :]
            if last is not None and not waiting and not above and grid.continues(last):
                last.take_on(grid)
                continue
            if last is not None:
                yield last
            yield waiting + above
            waiting, last = [], grid
        if below and last is not None:
            yield last
            last = None
        waiting += below
    if last is not None:
        yield last
    yield waiting
