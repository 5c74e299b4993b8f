"""What an imported file gave: medicines, herbal pieces, and every row that was refused.

Reading back a stored edition needs these and none of the readers of files.
"""

from dataclasses import dataclass

from askdoc.medicines.medicine import Medicine


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row (or a part of one) that was not taken: its number, why, and what stood there."""

    row: int
    reason: str
    said: str


@dataclass(frozen=True, slots=True)
class HerbalPiece:
    """A herbal piece that the fund pays, or does not pay."""

    name: str
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave.

    `rows` counts the rows below the headers, without empty ones. `unread` are single cells that
    could not be read in rows that were taken.
    """

    medicines: tuple[Medicine, ...]
    pieces: tuple[HerbalPiece, ...]
    refused: tuple[RefusedRow, ...]
    unread: tuple[RefusedRow, ...]
    rows: int
