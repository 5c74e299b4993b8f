"""Printable sheets with one-time codes: a clinic hands each resident theirs.

A sheet shows how the resident is called and the code, as a square and in letters; no name, number
or illness, so that one left on a bench tells nothing.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from askdoc.care.patients import RELATIONS, relation_from
from askdoc.policy import Book
from askdoc.profile import NAMES, BadFact, read_facts
from askdoc.reception.enrolment import Enrolment
from askdoc.wording import AskdocError, Lang, phrase

_COLUMNS = {"resident", "label", "relation"}
_MOST_LABEL = 20


class BadRoster(AskdocError):
    """A row of the list of residents cannot be used. Fields `row` and `reason`."""

    code = "reception.bad_roster"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed for one resident."""

    label: str
    code: str


def read_roster(file: Path, staff: str, book: Book) -> list[Enrolment]:
    """Residents from a CSV with `resident`, `label`, `relation` and profile facts.

    Raises BadRoster naming the first row that is wrong; then nothing is made.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError, csv.Error) as failed:
        raise BadRoster(row=1, reason=type(failed).__name__) from failed
    return [_enrolment(number, row, staff, book) for number, row in enumerate(rows, 2)]


def _enrolment(number: int, row: dict[str, str | None], staff: str, book: Book) -> Enrolment:
    told = {name: (value or "").strip() for name, value in row.items() if name}
    if not told.get("resident"):
        raise BadRoster(row=number, reason="resident")
    unknown = set(told) - _COLUMNS - set(NAMES)
    if unknown or None in row:
        raise BadRoster(row=number, reason=", ".join(sorted(unknown)) or "columns")
    if told.get("relation", "") not in ("", *RELATIONS):
        raise BadRoster(row=number, reason="relation")
    label = told.get("label") or told["resident"]
    if len(label) > _MOST_LABEL:
        raise BadRoster(row=number, reason="label")
    try:
        profile = read_facts({name: told[name] for name in NAMES if told.get(name)}, book)
    except BadFact as failed:
        raise BadRoster(row=number, reason=failed.fields["fact"]) from failed
    return Enrolment(
        resident=told["resident"],
        label=label,
        relation=relation_from(told.get("relation") or "self"),
        made_by=staff,
        profile=profile,
    )


def page(sheets: Sequence[Sheet], link: str, clinic: str, lang: Lang) -> str:
    """A page for the printer, a sheet each; `link` is what a phone opens, with `{code}` in it."""
    shown = "\n".join(_sheet(one, link, clinic, lang) for one in sheets)
    title = escape(phrase("reception.sheet.title", lang, clinic=clinic))
    return f"""<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font-family: sans-serif; margin: 0; }}
section {{ page-break-after: always; padding: 20mm; font-size: 16pt; line-height: 1.6; }}
svg {{ width: 60mm; height: 60mm; }}
.code {{ font-family: monospace; font-size: 24pt; letter-spacing: 0.1em; }}
</style></head><body>
{shown}
</body></html>
"""


def _sheet(one: Sheet, link: str, clinic: str, lang: Lang) -> str:
    import segno

    square = segno.make(link.replace("{code}", one.code), error="m", micro=False)
    drawn = square.svg_inline(scale=4, border=4, omitsize=True)
    spaced = f"{one.code[:5]} {one.code[5:]}"
    lines = [escape(phrase(f"reception.sheet.{name}", lang, clinic=clinic)) for name in _LINES]
    told = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<section><h1>{escape(one.label)}</h1>{drawn}<p class="code">{spaced}</p>{told}</section>'
    )


_LINES = ("how", "family", "once")
