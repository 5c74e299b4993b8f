"""`askdoc clinic`: a clinic's records in, and who needs what."""

from datetime import UTC, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.care.feed import Feed, Reading, Resolve, Unresolved, read_table
from askdoc.care.fhir_feed import read_fhir
from askdoc.cli.tables import lines
from askdoc.cli.words import BadOption, print_json
from askdoc.medicines import resolve
from askdoc.medicines.list_file import read_tables
from askdoc.storage.database import Database, connect
from askdoc.storage.feeds import Kept, keep_feed
from askdoc.storage.migrating import migrate
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
