"""One page of a PDF as lines and grids with their places, and whether it holds a picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askdoc.library.reading.pdf_lines import Line, lines_of
from askdoc.library.reading.pdf_tables import Grid, grids_of

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

# A picture over so much of the page is the page.
PICTURE_SHARE = 0.3


@dataclass(slots=True)
class Page:
    """Lines outside tables and the tables, each from the top down."""

    lines: list[Line]
    grids: list[Grid]
    height: float
    has_picture: bool


def read_pages(pdf: "PDF") -> list[Page]:
    """All pages; what was read of one is let go before the next, for the memory."""
    pages = []
    for page in pdf.pages:
        grids = grids_of(page)
        area = max(1.0, float(page.width) * float(page.height))
        covered = sum(
            max(0.0, image["x1"] - image["x0"]) * max(0.0, image["bottom"] - image["top"])
            for image in page.images
        )
        pages.append(
            Page(lines_of(page, grids), grids, float(page.height), covered > PICTURE_SHARE * area)
        )
        page.close()
    return pages
