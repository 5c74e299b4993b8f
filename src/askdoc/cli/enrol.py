"""`askdoc enrol`: sheets with one-time codes, consents given at the desk, who asked to be left."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from askdoc.bootstrap import House
from askdoc.bots import NoPackage
from askdoc.cli.tables import lines, table
from askdoc.cli.words import print_json
from askdoc.reception.consents import ConsentKind
from askdoc.sheets import Sheet, page, read_roster
from askdoc.storage.enrolments import ConsentWay, SqlEnrolments
from askdoc.wording import Lang, phrase

Kinds = Mapping[ConsentKind, bool]


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
    database = house.database
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
    house: House, resident: str, heard: tuple[ConsentWay, str], kinds: Kinds, lang: Lang
) -> None:
    """Consents that staff heard, or their end; `heard` is how, and by whom."""
    way, staff = heard
    now = datetime.now(UTC)
    database = house.database
    try:
        for kind, given in kinds.items():
            SqlEnrolments(database).record_consent(resident, kind, way, staff, now, given)
    finally:
        database.close()
    given = all(kinds.values())
    lines([phrase("cli.enrol.consent" if given else "cli.enrol.withdrawn", lang)])


def list_stopped(house: House, lang: Lang, json: bool) -> None:
    """Whom nothing is sent to any more, and why."""
    database = house.database
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
