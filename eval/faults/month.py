"""A month of a clinic whose records come late, twice, corrected or not at all.

`python eval/faults/month.py [PEOPLE]`: 1,000 residents by default, on SQLite.

What must hold: no reminder is sent while the clinic's records are older than their limit, and at
most 0.5% of the reminders go to somebody whose collection had already been imported.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from askdoc.care.feed import Feed, ResidentRow
from askdoc.care.prescriptions import Dispensing, Prescription
from askdoc.care.refills import AT_ISSUE, RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.channels.letters import Window
from askdoc.channels.sending import SendingRules
from askdoc.storage.care_tables import clinics, refill_cycles
from askdoc.storage.database import Database, connect
from askdoc.storage.feeds import keep_feed
from askdoc.storage.migrating import migrate
from askdoc.testing import MemoryChannel
from askdoc.worker import Work, work_once

_ZONE = ZoneInfo("Asia/Shanghai")
_FIRST = date(2026, 11, 2)
_DAYS = 30
_LIMIT_HOURS = 48
_DAY = timedelta(days=1)
# Nights without a file, and the one that is imported again four nights later.
_MISSING = range(12, 16)


@dataclass(slots=True)
class Found:
    """What the month showed."""

    reminders: int = 0
    after_pick_up: int = 0
    while_stale: int = 0
    stale_days: int = 0
    corrected: int = 0
    called_back: int = 0
    known: dict[str, date] = field(default_factory=dict)


def live(people: int, seed: int = 1) -> Found:
    """The month, day by day: a file at night, the worker at one, at nine and at six."""
    found, chance = Found(), Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        database = connect(Path(folder) / "askdoc.db")
        migrate(database)
        prescriptions = [_prescription(number, chance) for number in range(people)]
        _import(database, _people(prescriptions), _at(_FIRST - _DAY, 23))
        with database.writing() as kept:
            kept.execute(update(clinics).values(feed_limit_hours=_LIMIT_HOURS))
        collected = list(_collections(prescriptions, chance))
        fed_until = _at(_FIRST - _DAY, 23)
        for day in (_FIRST + _DAY * one for one in range(_DAYS)):
            # What is planned at one waits for the morning; the file of two o'clock calls it back.
            _work(database, _at(day, 1), fed_until, found)
            number = (day - _FIRST).days
            if number not in _MISSING:
                fed_until = _at(day, 2)
                _night(database, collected, day, chance, found)
            for hour in (9, 18):
                _work(database, _at(day, hour), fed_until, found)
        database.close()
    return found


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=_ZONE).astimezone(UTC)


def _prescription(number: int, chance: Random) -> Prescription:
    return Prescription(
        id=f"rx{number}",
        resident=f"p{number}",
        clinic="c1",
        medicine="m",
        issued_on=_FIRST - _DAY * chance.randrange(1, 28),
        dose_per_day=Decimal(1),
        quantity=Decimal(28),
    )


def _people(prescriptions: list[Prescription]) -> Feed:
    residents = [
        ResidentRow(id=one.resident, channel="memory", chat=one.resident, agreed_on=one.issued_on)
        for one in prescriptions
    ]
    return Feed(residents=residents, prescriptions=prescriptions)


def _collections(prescriptions: list[Prescription], chance: Random) -> Iterator[Dispensing]:
    for one in prescriptions:
        day = one.issued_on + _DAY * (28 + chance.randrange(-8, 6))
        yield Dispensing(f"d-{one.id}", one.id, max(day, _FIRST), Decimal(28))


def _night(
    database: Database, collected: list[Dispensing], day: date, chance: Random, found: Found
) -> None:
    """Yesterday's collections, some a few nights late, some twice, some corrected."""
    feed = Feed()
    for one in collected:
        late = chance.choice([0, 0, 0, 0, 1, 3]) if one.id not in found.known else 9
        told = one.day < day - _DAY * late and one.id not in found.known
        if told or (one.id in found.known and chance.random() < 0.02):
            if not told and chance.random() < 0.2:
                found.corrected += 1
                feed.dispensings.append(replace(one, quantity=Decimal(30)))
            else:
                feed.dispensings.append(one)
            feed.rows["dispensings", one.id] = len(feed.rows) + 2
            found.known.setdefault(one.prescription, day)
            found.known.setdefault(one.id, day)
    _import(database, feed, _at(day, 2))


def _import(database: Database, feed: Feed, until: datetime) -> None:
    kept = keep_feed(database, "c1", feed, until)
    assert not kept.refused, kept.refused[:3]


def _work(database: Database, now: datetime, fed_until: datetime, found: Found) -> None:
    channel = MemoryChannel(now=now)
    work = Work(
        database=database,
        channels=[channel],
        sending=SendingRules(zone=_ZONE, quiet=Window(21, 8), per_minute=1_000_000),
        reminders=ReminderRules(refill=RefillRules(), zone=_ZONE),
        own_days={},
        clock=lambda: now,
    )
    done = work_once(work)
    found.called_back += done.planned.recalled if done.planned else 0
    is_stale = now - fed_until > timedelta(hours=_LIMIT_HOURS)
    found.stale_days += is_stale
    assert bool(done.planned and done.planned.stale) == is_stale
    for seen in channel.seen:
        found.reminders += 1
        found.while_stale += is_stale
        # Told of the supply of the issue, although what was collected after it is known.
        first = _newest_cycle(database, seen.chat) == AT_ISSUE
        found.after_pick_up += first and f"rx{seen.chat[1:]}" in found.known


def _newest_cycle(database: Database, resident: str) -> str:
    told = select(refill_cycles.c.cycle).where(refill_cycles.c.resident == resident)
    with database.reading() as kept:
        newest: str = kept.scalars(told.order_by(refill_cycles.c.planned_at.desc())).first() or ""
    return newest


def main() -> int:
    """Live through the month and print what it showed; 0 when it holds."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = time.monotonic()
    found = live(people)
    holds = (
        found.reminders > 0
        and found.stale_days > 0
        and found.called_back > 0
        and found.while_stale == 0
        and found.after_pick_up <= found.reminders * 0.005
    )
    print(
        f"{people} residents, {found.reminders} reminders, {found.after_pick_up} after an imported "
        f"collection, {found.while_stale} while records were old (on {found.stale_days} rounds), "
        f"{found.called_back} called back, {found.corrected} corrections, "
        f"{time.monotonic() - began:.0f} s; holds: {holds}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
