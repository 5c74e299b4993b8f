"""What every format is first turned into: headings, paragraphs and tables in reading order."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the format itself marks; level 1 is the outermost."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or list item; line ends inside it are already joined."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table without merged cells: what spanned several is repeated in each."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Contents:
    """What one file holds; an empty title means that the file does not name itself."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    front_matter: str | None = None


# Characters without a glyph that formats leave between letters: soft hyphen, zero-width space
# and joiners, direction marks, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Radicals and compatibility forms that PDF fonts give instead of the plain character.
_LOOKALIKES = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
# Bullets of the Symbol and Wingdings fonts, which Word stores as private-use characters.
_BULLET = re.compile("^[\uf020-\uf0ff](?=.)")
# 总 则, 合 计: a word that the layout spread over the room it had.
_SPREAD = re.compile("(?<!\\S)(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff](?!\\S)")
_BLANKS = re.compile(r"[^\S\n]+")


def tidy(text: str) -> str:
    """One line of text with plain blanks, plain characters and nothing invisible."""
    plain = _INVISIBLE.sub("", text.replace("\n", " "))
    plain = _LOOKALIKES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain)
    plain = _BULLET.sub("", _BLANKS.sub(" ", plain).strip()).strip()
    return _SPREAD.sub(lambda found: found[0].replace(" ", ""), plain)


def join_lines(before: str, after: str) -> str:
    """Two lines of one paragraph: Chinese without a space, a hyphenated word mended."""
    if not before or not after:
        return before + after
    if re.search(r"[A-Za-z]-$", before) and re.match(r"[a-z]", after):
        return before[:-1] + after
    apart = before[-1].isascii() and after[0].isascii()
    return f"{before} {after}" if apart else before + after


# Circulars name their columns in one to three rows.
_MOST_HEADER_ROWS = 3
_DIGIT = re.compile(r"[0-9０-９]")


def table_of(grid: Sequence[Sequence[str]], caption: str = "") -> Table | Paragraph | None:
    """A table from a grid in which merged cells are repeated.

    A first row of one text is the caption, not the header. What has one column or one row is
    no table but text: pages and forms are laid out like that.
    """
    rows = [tuple(tidy(cell) for cell in row) for row in grid]
    width = max((len(row) for row in rows), default=0)
    rows = [row + ("",) * (width - len(row)) for row in rows if any(row)]
    while len(rows) > 1 and width > 1 and len(set(rows[0])) == 1:
        caption = f"{caption} {rows.pop(0)[0]}".strip()
    if width < 2 or len(rows) < 2:
        texts = [caption, *(cell for row in rows for cell in dict.fromkeys(row))]
        said = " ".join(text for text in texts if text)
        return Paragraph(said) if said else None
    head = _header_rows(rows)
    columns = zip(*rows[:head], strict=True)
    names = (" / ".join(dict.fromkeys(filter(None, column))) for column in columns)
    return Table(caption, tuple(names), tuple(rows[head:]))


def _header_rows(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows name the columns: a merged name goes on below, or is divided there."""
    count = 1
    while count < min(_MOST_HEADER_ROWS, len(rows) - 1):
        above, below = rows[count - 1], rows[count]
        goes_on = any(name and name == under for name, under in zip(above, below, strict=True))
        divided = any(
            above[x] and above[x] == above[x + 1] and below[x] != below[x + 1]
            for x in range(len(above) - 1)
        )
        if not (goes_on or divided) or any(_DIGIT.search(name) for name in below):
            break
        count += 1
    return count
