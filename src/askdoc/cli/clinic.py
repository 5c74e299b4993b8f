"""`askdoc clinic`: a clinic's records in, and who needs what."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.care.feed import Feed, Reading, Resolve, Unresolved, read_table
from askdoc.care.fhir_feed import read_fhir
from askdoc.cli.clinic_lists import LISTS, Asked, asked_of
from askdoc.cli.tables import lines, table
from askdoc.cli.words import BadOption, print_json
from askdoc.medicines import resolve
from askdoc.medicines.list_file import read_tables
from askdoc.storage.database import Database, connect
from askdoc.storage.feeds import Kept, keep_feed
from askdoc.storage.migrating import migrate
from askdoc.storage.refill_answers import close_task
from askdoc.wording import Lang, phrase

_FHIR = (".json", ".ndjson")


def import_records(
    house: House, file: Path, clinic: str, until: str | None, lang: Lang, json: bool
) -> None:
    """Keep a file's rows; report each that was refused. Raises what reading the file raises."""
    known_until = _moment(until) if until else datetime.now(UTC)
    zone = house.reminder_rules.zone
    reading = Reading(clinic, known_until.astimezone(zone).date(), _resolver(house, known_until))
    feed = _read(file, reading)
    kept = keep_feed(open_database(house), clinic, feed, known_until)
    if json:
        print_json(kept)
        return
    _tell(kept, lang)


def open_database(house: House) -> Database:
    """The database of this installation, with its tables."""
    database = connect(house.settings.database)
    migrate(database)
    return database


def _read(file: Path, reading: Reading) -> Feed:
    if file.suffix.lower() in _FHIR and file.is_file():
        return read_fhir(file.read_text(encoding="utf-8-sig"), reading)
    return read_table(read_tables(file)[0].rows, reading)


def _resolver(house: House, at: datetime) -> Resolve:
    """Resolves a medicine's name to its id; each name once."""
    on = house.catalogue.on(at.date())
    known: dict[str, str | Unresolved] = {}

    def resolved(name: str) -> str | Unresolved:
        if name not in known:
            found = resolve(name, on)
            known[name] = (
                found.medicines[0].id
                if found.kind == "one"
                else Unresolved(
                    "medicine_several" if found.kind == "several" else "medicine_unknown"
                )
            )
        return known[name]

    return resolved


def _moment(said: str) -> datetime:
    wrong = BadOption(option="--until", said=said, allowed="2026-11-25T06:00+08:00")
    try:
        found = datetime.fromisoformat(said)
    except ValueError as failed:
        raise wrong from failed
    if found.tzinfo is None:
        raise wrong
    return found


def _tell(kept: Kept, lang: Lang) -> None:
    counts = {name: getattr(kept, name) for name in ("new", "changed", "same", "removed")}
    lines([phrase("refills.imported", lang, **counts, refused=len(kept.refused))])
    for one in kept.refused:
        why = phrase(f"refills.refused.{one.reason}", lang, said=one.said)
        lines([phrase("refills.refused.row", lang, row=one.row, why=why)])


def show_list(
    house: House, what: str, clinic: str, file: Path | None, lang: Lang, json: bool
) -> None:
    """One list, as a table, a CSV file or JSON. Raises BadOption and UnknownClinic."""
    name = what.replace("-", "_")
    if name not in LISTS:
        raise BadOption(option="list", said=what, allowed=", ".join(LISTS))
    asked = asked_of(house, open_database(house), clinic, lang)
    heads, rows = LISTS[name](asked)
    if json:
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
    elif file is not None:
        with file.open("w", encoding="utf-8-sig", newline="") as to:
            csv.writer(to).writerows([_heads(heads, lang), *map(_harmless, rows)])
        lines([phrase("refills.written", lang, count=len(rows), file=file)])
    else:
        _show(name, asked)


def show_report(house: House, clinic: str, lang: Lang) -> None:
    """All of it on one page."""
    asked = asked_of(house, open_database(house), clinic, lang)
    found = asked.overview
    day = found.day.isoformat()
    lines([phrase("refills.report.head", lang, clinic=clinic, day=day)])
    if found.records_old:
        lines([phrase("refills.stale_feed", lang, clinic=clinic)])
    if found.unreadable:
        lines([phrase("refills.report.unreadable", lang, who=", ".join(found.unreadable))])
    if not all(one.calendar_known for one in (*found.due, *found.overdue)):
        lines([phrase("refills.report.calendar", lang)])
    for name in LISTS:
        _show(name, asked)


def end_task(house: House, number: int, outcome: str, by: str, lang: Lang) -> None:
    """Close a task. Raises BadOutcome and NoOpenTask."""
    close_task(open_database(house), number, outcome, by, datetime.now(UTC))
    lines([phrase("refills.closed", lang, number=number)])


def _show(name: str, asked: Asked) -> None:
    heads, rows = LISTS[name](asked)
    title = phrase(f"refills.list.{name}", asked.lang, count=len(rows))
    if rows:
        table(title, _heads(heads, asked.lang), rows)
    else:
        lines([title])


def _heads(heads: tuple[str, ...], lang: Lang) -> list[str]:
    return [phrase(f"refills.head.{one}", lang) for one in heads]


def _harmless(row: tuple[str, ...]) -> list[str]:
    """Cells that no spreadsheet takes for a formula."""
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in row]
