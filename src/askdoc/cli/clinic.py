"""`askdoc clinic`: a clinic's records in, and who needs what."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.care.discharge import lately_home
from askdoc.care.feed import Feed, Reading, Resolve, Unresolved, read_table
from askdoc.care.fhir_feed import read_fhir
from askdoc.care.rules import follow_up_time
from askdoc.cli.tables import lines, table
from askdoc.cli.words import BadOption, print_json
from askdoc.clinic_lists import (
    LISTS,
    Clinic,
    Listed,
    csv_rows,
    head_words,
    list_of,
    notes,
    shown_rows,
    title,
    told_rows,
)
from askdoc.medicines import resolve
from askdoc.medicines.list_file import read_tables
from askdoc.storage.discharges import keep_discharge
from askdoc.storage.feeds import Kept, keep_feed
from askdoc.storage.refill_answers import close_task
from askdoc.wording import Lang, phrase

_FHIR = (".json", ".ndjson")


def import_records(
    house: House, file: Path, clinic: str, until: str | None, lang: Lang, json: bool
) -> None:
    """Keep a file's rows; report each that was refused. Raises what reading the file raises.

    A stay that ended lately hands its long prescriptions back, once.
    """
    known_until = _moment(until) if until else datetime.now(UTC)
    zone = house.reminder_rules.zone
    reading = Reading(clinic, known_until.astimezone(zone).date(), _resolver(house, known_until))
    feed = _read(file, reading)
    database, follow_up = house.database, follow_up_time(house.defaults)
    kept = keep_feed(database, clinic, feed, known_until)
    home = lately_home(feed.stays, follow_up, reading.last_day)
    for one in home:
        keep_discharge(database, one, follow_up, known_until)
    if json:
        print_json(kept)
        return
    _tell(kept, lang)
    if home:
        lines([phrase("refills.came_home", lang, count=len(home))])


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
    """One list, as a table, a CSV file or JSON. Raises UnknownList and UnknownClinic."""
    listed = list_of(clinic_now(house, clinic), what.replace("-", "_"))
    if json:
        print_json(told_rows(listed))
    elif file is not None:
        with file.open("w", encoding="utf-8-sig", newline="") as to:
            csv.writer(to).writerows(csv_rows(listed, lang))
        lines([phrase("refills.written", lang, count=len(listed.rows), file=file)])
    else:
        _show(listed, lang)


def clinic_now(house: House, id: str) -> Clinic:
    """A clinic at this moment."""
    return Clinic(house, house.database, id, datetime.now(UTC))


def show_report(house: House, id: str, lang: Lang) -> None:
    """All of it on one page."""
    clinic = clinic_now(house, id)
    lines([phrase("refills.report.head", lang, clinic=id, day=clinic.day.isoformat())])
    lines(notes(clinic, lang))
    for name in LISTS:
        _show(list_of(clinic, name), lang)


def end_task(house: House, number: int, outcome: str, by: str, lang: Lang) -> None:
    """Close a task. Raises BadOutcome and NoOpenTask."""
    close_task(house.database, number, outcome, by, datetime.now(UTC))
    lines([phrase("refills.closed", lang, number=number)])


def _show(listed: Listed, lang: Lang) -> None:
    if listed.rows:
        table(title(listed, lang), head_words(listed, lang), shown_rows(listed, lang))
    else:
        lines([title(listed, lang)])
