"""`askdoc enrol`: sheets with one-time codes, consents given at the desk, who asked to be left."""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.bots import NoPackage
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.sheets import Sheet, page, read_roster
from askdoc.storage.database import Database, connect
from askdoc.storage.enrolments import ConsentWay, SqlEnrolments
from askdoc.storage.migrating import migrate
from askdoc.wording import Lang, phrase


def make_sheets(
    house: House, roster: Path, out: Path, how: tuple[str, str, str], lang: Lang
) -> None:
    """A page of sheets; `how` is the link with {code} in it, the clinic, and who makes them.

    Raises BadRoster, and NoPackage without what draws the squares.
    """
    link, clinic, staff = how
    try:
        import segno  # noqa: F401  before any code is made that could not be printed
    except ModuleNotFoundError:
        raise NoPackage(extra="bots") from None
    wanted = read_roster(roster, staff, house.book)
    database = _opened(house)
    try:
        codes = SqlEnrolments(database).make_codes(wanted, datetime.now(UTC))
    finally:
        database.close()
    sheets = [Sheet(one.label, code) for one, code in zip(wanted, codes, strict=True)]
    # For its owner alone: whoever reads the codes can link themselves to a resident.
    written = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(written, "w", encoding="utf-8") as stream:
        stream.write(page(sheets, link, clinic, lang))
    lines([phrase("cli.enrol.made", lang, count=len(sheets), file=out)])


def record_consent(
    house: House, resident: str, way: ConsentWay, staff: str, given: bool, lang: Lang
) -> None:
    """A consent to be reminded that staff heard, or its end."""
    database = _opened(house)
    try:
        SqlEnrolments(database).record_consent(
            resident, "reminders", way, staff, datetime.now(UTC), given
        )
    finally:
        database.close()
    lines([phrase("cli.enrol.consent" if given else "cli.enrol.withdrawn", lang)])


def list_stopped(house: House, lang: Lang, json: bool) -> None:
    """Whom nothing is sent to any more, and why."""
    database = _opened(house)
    try:
        found = SqlEnrolments(database).stopped()
    finally:
        database.close()
    if json:
        print_json([asdict(one) | {"at": one.at.isoformat()} for one in found])
        return
    heads = [phrase(f"cli.enrol.head.{name}", lang) for name in ("who", "channel", "reason", "at")]
    rows = [
        (
            one.who,
            one.channel,
            phrase(f"cli.enrol.reason.{one.reason}", lang),
            one.at.isoformat(timespec="minutes"),
        )
        for one in found
    ]
    table(phrase("cli.enrol.stopped", lang), heads, rows)


def _opened(house: House) -> Database:
    database = connect(house.settings.database)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database
