"""What `bookings.py` holds against each other: what clients were told, and what is kept."""

import json
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from booking_client import BEGUN, RULES, SPEED, STOP, Address, office_at
from booking_log import lines_of
from sqlalchemy import func, select, text

from askdoc.storage.booking_ends import lapse_holds
from askdoc.storage.slot_tables import LIVE, bookings
from askdoc.wording import AskdocError


@dataclass(slots=True)
class Report:
    """What was told and what is kept; the first five counts must be nought."""

    missing: int = 0
    double: int = 0
    over_held: int = 0
    too_many_held: int = 0
    crashed: int = 0
    acknowledged: int = 0
    alive_at_the_end: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    clients_killed: int = 0
    server_killed: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, sold twice or held too long, and no client fell over."""
        wrong = self.missing + self.double + self.over_held + self.too_many_held + self.crashed
        return not wrong


def watch(address: Address, log: Path, began: float) -> None:
    """Count, again and again, who holds more than the rules allow at that moment."""
    office = office_at(address)
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while not (log.parent / STOP).exists():
        try:
            now = BEGUN + timedelta(seconds=(time.time() - began) * SPEED)
            with office.database.reading() as connection:
                # Only what was made before this moment: a clock may be ahead of this query.
                asked = (
                    select(bookings.c.person)
                    .where(bookings.c.state == "held", bookings.c.held_until > now,
                           bookings.c.made_at <= now, bookings.c.wish.is_(None))
                    .group_by(bookings.c.person)
                    .having(func.count() > RULES.most_holds)
                )  # fmt: skip
                found = len(connection.execute(asked).all())
            os.write(file, (json.dumps({"too_many": found}) + "\n").encode())
        except AskdocError:
            pass
        time.sleep(0.1)
    os._exit(0)


def check(address: Address, logs: list[Path], report: Report) -> None:
    """Hold what the clients were told against what is kept."""
    office = office_at(address)
    with office.database.reading() as connection:
        kept = {row.id: row for row in connection.execute(select(bookings))}
        taken = connection.execute(
            select(func.count()).where(text(LIVE)).select_from(bookings).group_by(bookings.c.slot)
        ).scalars()
        report.double = sum(count - 1 for count in taken)
    alive, refused = _told(logs, kept, report)
    report.refused = dict(refused)
    report.alive_at_the_end = len(alive)
    for booking, slot in alive.items():
        row = kept.get(booking)
        if row is None or row.state != "booked" or row.slot != slot:
            report.missing += 1
    report.double += sum(count - 1 for count in Counter(alive.values()).values())
    end = BEGUN + timedelta(days=2)
    lapse_holds(office, end)
    with office.database.reading() as connection:
        left = select(func.count()).select_from(bookings)
        over = bookings.c.state.in_(("held",)) & (bookings.c.held_until <= end)
        report.over_held += connection.execute(left.where(over)).scalar_one()
    office.database.close()


def _told(
    logs: list[Path], kept: dict[str, Any], report: Report
) -> tuple[dict[str, int], Counter[str]]:
    """The bookings that clients were told of and never changed, and what was refused."""
    alive: dict[str, int] = {}
    refused: Counter[str] = Counter()
    for log in logs:
        wants: dict[str, dict[str, Any]] = {}
        for line in lines_of(log):
            if "wants" in line:
                wants[line["wants"]["key"]] = line["wants"]
            elif "refused" in line:
                refused[line["refused"]] += 1
            elif "done" in line:
                report.acknowledged += 1
                wanted = wants[line["key"]]
                if wanted["do"] in ("move", "cancel"):
                    alive.pop(wanted["booking"], None)
                if wanted["do"] != "cancel":
                    alive[line["done"]] = line["slot"]
                if wanted["do"] == "confirm" and _came_late(kept.get(line["done"]), line["at"]):
                    report.over_held += 1
    return alive, refused


def _came_late(row: Any, at: str) -> bool:
    """Whether a hold was confirmed after its end, as the database wrote the moment down."""
    if row is None:
        return False
    confirmed = min(row.changed_at, datetime.fromisoformat(at))
    return bool(confirmed >= row.made_at + timedelta(minutes=RULES.offer_minutes))
