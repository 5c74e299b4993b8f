"""What is modelled and how well, and our own product defaults: two small registers.

Outside what is modelled askdoc says that it does not know.
"""

from dataclasses import dataclass
from pathlib import Path

from askdoc.policy.book import Book
from askdoc.policy.dimensions import MEMBERS
from askdoc.policy.strict_yaml import SheetError, read_sheet
from askdoc.policy.units import UNITS, Content, read_content
from askdoc.wording import Lang

HOW = ("computed", "partly", "not_modelled")


@dataclass(frozen=True, slots=True)
class Modelled:
    """How well one region's rules for a scheme and a setting are recorded, and what lacks."""

    how: str
    note: dict[Lang, str]


Coverage = dict[tuple[str, str, str], Modelled]


def load_modelled(knowledge: Path, book: Book) -> Coverage:
    """The register `modelled.yaml`. Raises SheetError naming file and line."""
    found: Coverage = {}
    for row in read_sheet(knowledge / "modelled.yaml").only("modelled").rows("modelled").maps():
        row.only("region", "scheme", "setting", "how", "note")
        key = (
            row.scalar("region").one_of(tuple(book.regions)),
            row.scalar("scheme").one_of(MEMBERS["scheme"]),
            row.scalar("setting").one_of(MEMBERS["setting"]),
        )
        if key in found:
            raise SheetError(row.place, "duplicate_id", id=" ".join(key))
        found[key] = Modelled(row.scalar("how").one_of(HOW), row.both_languages("note"))
    return found


def coverage_of(coverage: Coverage, region: str, scheme: str, setting: str) -> Modelled | None:
    """How well a region is modelled: its own entry, else that of the region around it."""
    parts = region.split("/")
    for count in range(len(parts), 0, -1):
        found = coverage.get(("/".join(parts[:count]), scheme, setting))
        if found is not None:
            return found
    return None


def load_defaults(knowledge: Path, book: Book) -> dict[str, Content]:
    """askdoc's own settings by name; never shown as policy. Raises SheetError."""
    sheet = read_sheet(knowledge / "defaults.yaml").only("defaults").map("defaults")
    found: dict[str, Content] = {}
    for name in sheet:
        row = sheet.map(name).only("value", "unit", "description", "source", "note")
        row.both_languages("description")
        row.scalar("source").one_of(tuple(book.sources))
        found[name] = read_content(row.node("value"), row.scalar("unit").one_of(UNITS), ())
    return found
