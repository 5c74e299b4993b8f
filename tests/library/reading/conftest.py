"""Small real files for the tests of reading, written byte by byte where no library is at hand."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from askdoc.library.reading import Draft, UnreadableFile, read_file

Words = tuple[float, float, float, str]


@dataclass(frozen=True)
class PdfPage:
    """Lines as (x, y from the top, size, text), rules as boxes, and whether it is a scan."""

    lines: Sequence[Words] = ()
    rules: Sequence[tuple[float, float, float, float]] = field(default=())
    scanned: bool = False


_HEIGHT, _WIDTH = 842, 595
# The CJK font that every PDF program knows by name: no font file is needed.
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    " /DescendantFonts [ << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000"
    " /W [1 95 500] /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    " /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880"
    " /StemV 93 >> >> ] >>"
)


def pdf_bytes(pages: Sequence[PdfPage], trailer: str = "") -> bytes:
    """A PDF file; `trailer` adds entries to its trailer."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT.encode(),
    ]
    for number, page in enumerate(pages):
        drawn = _drawn(page)
        image = "/XObject << /Scan << >> >>" if page.scanned else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}]"
            f" /Contents {5 + 2 * number} 0 R /Resources << /Font << /F 3 0 R >> {image} >>"
            " >>".encode()
        )
        packed = zlib.compress(drawn)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + packed + b"\nendstream")
    return _file_of(objects, trailer)


def _drawn(page: PdfPage) -> bytes:
    parts = [
        f"BT /F {size} Tf {x} {_HEIGHT - y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for x, y, size, text in page.lines
    ]
    parts += [
        f"{left} {_HEIGHT - bottom} {right - left} {bottom - top} re S"
        for left, top, right, bottom in page.rules
    ]
    if page.scanned:
        parts.append(f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    return "\n".join(parts).encode("latin-1")


def _file_of(objects: Sequence[bytes], trailer: str) -> bytes:
    told, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(told))
        told += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        told
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer.encode())
        + b"startxref\n%d\n%%%%EOF\n" % len(told)
    )


def cells(rows: Sequence[Sequence[str | None]], top: float, width: float = 150) -> PdfPage:
    """A ruled table as lines and boxes; a cell of None belongs to the one above it."""
    lines, rules = [], []
    for y, row in enumerate(rows):
        left = 72.0
        for x, text in enumerate(row):
            if text is not None:
                tall = 1
                while y + tall < len(rows) and rows[y + tall][x] is None:
                    tall += 1
                edge = top + 24 * y
                rules.append((left, edge, left + width, edge + 24 * tall))
                lines.append((left + 4, edge + 16, 11, text))
            left += width
    return PdfPage(lines, rules)


@dataclass(frozen=True)
class Desk:
    """Writes files into the test's own folder and reads them."""

    folder: Path

    def read(self, name: str, content: bytes | str) -> Draft:
        """The draft of a file with this content."""
        file = self.folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(file)

    def refused(self, name: str, content: bytes | str) -> UnreadableFile:
        """The error for a file with this content, whose sentences both name the file."""
        with pytest.raises(UnreadableFile) as caught:
            self.read(name, content)
        for lang in ("zh", "en"):
            said = caught.value.sentence(lang)
            assert name in said
            assert str(self.folder) not in said
        return caught.value


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder of the test's own."""
    return Desk(tmp_path)


@dataclass(frozen=True)
class Press:
    """Makes PDF files."""

    page = PdfPage

    def pdf(self, *pages: PdfPage, trailer: str = "") -> bytes:
        """A PDF of these pages."""
        return pdf_bytes(pages, trailer)

    def text(self, *lines: str, top: float = 120, size: float = 11) -> list[Words]:
        """Lines of body text below each other."""
        return [(72, top + 1.8 * size * number, size, line) for number, line in enumerate(lines)]

    def table(self, rows: Sequence[Sequence[str | None]], top: float) -> PdfPage:
        """The lines and rules of a table; a cell of None belongs to the one above it."""
        return cells(rows, top)


@pytest.fixture
def press() -> Press:
    """Makes PDF files."""
    return Press()
