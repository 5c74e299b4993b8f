"""Kills workers while they send reminders, and compares the outbox with what the receiver saw.

`python eval/faults/reminders.py [--kills 200] [--guard whole|marks_first|unmarked]`

`reminder_receiver.py` writes each message down: what is not in its log was lost, what is in it
twice was a repeat. `reminder_killer.py` starts, kills and stops workers; `reminder_check.py`
compares.
"""

import argparse
import json
import math
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from reminder_check import Found, compare, settle, waiting
from reminder_killer import GUARDS, LEASE_SECONDS, Address, Asked, Crew, noon
from reminder_receiver import receiver
from sqlalchemy import insert

from askdoc.storage.care_tables import clinics, prescriptions, residents
from askdoc.storage.consents import keep_recorded
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.testing.postgres import cannot_run, running

_TOP_UP = 150


def add_people(database: Database, count: int, from_number: int) -> None:
    """People whose medicine runs out in five days, so that they are due today."""
    today = datetime.now(UTC).astimezone(noon()).date()
    issued = today - timedelta(days=23)
    people = [f"p{from_number + one}" for one in range(count)]
    with database.writing() as kept:
        if from_number == 0:
            own_days = {(today + timedelta(days=one)).isoformat(): True for one in range(-30, 30)}
            kept.execute(
                insert(clinics), {"id": "c1", "open_at_weekends": True, "own_days": own_days}
            )
        kept.execute(insert(residents), [_resident(one) for one in people])
        for one in people:
            keep_recorded(kept, one, "c1", issued)
        kept.execute(insert(prescriptions), [_prescription(one, issued) for one in people])


def _resident(id: str) -> dict[str, object]:
    return {"id": id, "clinic": "c1", "lang": "zh", "routes": [["socket", id]]}


def _prescription(id: str, issued: date) -> dict[str, object]:
    return {
        "id": f"rx-{id}",
        "resident": id,
        "clinic": "c1",
        "medicine": "amlodipine",
        "issued_on": issued,
        "dose_per_day": Decimal(1),
        "quantity": Decimal(28),
        "doctor": "d1",
        "diagnosis": "",
        "collected_at_issue": True,
    }


def run(address: Address, where: str, asked: Asked) -> Found:
    """Kill that often among so many workers, let them finish, and compare."""
    chance, kills, workers = Random(asked.seed), asked.kills, asked.workers
    found = Found(where, workers, math.inf if asked.calm else 2 * asked.lease)
    database = connect(address)
    migrate(database)
    add_people(database, _TOP_UP, 0)
    people = _TOP_UP
    with tempfile.TemporaryDirectory() as folder, receiver(Path(folder), asked.seed) as (port, log):
        # A forked child must not share our connections.
        database.close()
        crew = Crew(address, port, asked)
        try:
            for one in range(kills):
                _let_work(log, chance)
                if one < kills - 5 and waiting(database) < _TOP_UP // 3:
                    add_people(database, _TOP_UP, people)
                    people += _TOP_UP
                database.close()
                crew.kill(chance.randrange(workers))
                found.kills += 1
                if not asked.calm and one % max(1, kills // 3) == kills // 6:
                    crew.pause(chance.randrange(workers))
                    found.paused += 1
            found.waiting_at_restart = waiting(database)
            found.seconds_to_settle = settle(database, log, people)
        finally:
            crew.end()
        compare(database, log, people, found)
    database.close()
    return found


def _let_work(log: Path, chance: Random) -> None:
    """Wait until a few more messages came in, so that the kill falls into the middle of work."""
    until, size = time.monotonic() + 5, log.stat().st_size + chance.randrange(2000)
    while log.stat().st_size <= size and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.random() * 0.02)


def main() -> int:
    """Run every combination and print what each showed; 0 when all hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--guard", choices=sorted(GUARDS), default="whole")
    asked.add_argument("--only", choices=["sqlite", "postgres"])
    asked.add_argument("--workers", type=int, choices=[1, 3])
    asked.add_argument("--lease", type=float, default=LEASE_SECONDS)
    asked.add_argument("--calm", action="store_true", help="pause nobody")
    told = asked.parse_args()
    began = time.monotonic()
    all_hold = True
    places = [one for one in ("sqlite", "postgres") if told.only in (None, one)]
    crews = [told.workers] if told.workers else [1, 3]
    each = told.kills // (len(crews) * len(places))
    for place in places:
        for workers in crews:
            found = _at(
                place,
                Asked(
                    workers=workers,
                    kills=each,
                    guard=told.guard,
                    lease=told.lease,
                    calm=told.calm,
                ),
            )
            if found is None:
                continue
            all_hold = all_hold and found.holds
            print(json.dumps({**_plain(found), "holds": found.holds}))
    print(f"{time.monotonic() - began:.0f} s; all hold: {all_hold}")
    return 0 if all_hold else 1


def _at(place: str, asked: Asked) -> Found | None:
    if place == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            return run(Path(folder) / "askdoc.db", place, asked)
    reason = cannot_run()
    if reason is not None:
        print(f"postgres left out: {reason}")
        return None
    with running() as cluster:
        return run(cluster.new_database(), place, asked)


def _plain(found: Found) -> dict[str, object]:
    names = [one for one in Found.__slots__ if not one.startswith("_")]
    told = {name: getattr(found, name) for name in names}
    return told | {"seconds_to_settle": round(found.seconds_to_settle, 2)}


if __name__ == "__main__":
    sys.exit(main())
