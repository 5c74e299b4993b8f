"""Bookings per second by four callers, beside single-row commits on the same disk.

A booking turns a hold into a visit (`confirm`); the hold (`hold_slot`) was made before, and how
many of those a second takes is measured too. Each is a transaction that is on the disk before its
call returns. `both` is how often a second one caller after the other does both.

The callers are threads of one process, as they are under `askdoc serve`; four processes that share
the database are measured too (`apart`). The bound is for the bookings of threads, beside the
commits of one caller.

Run: python eval/bench/booking.py [CALLERS [SECONDS]]
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select, text

from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.referrals.terms import Terms
from askdoc.storage.booking_office import Office, open_office
from askdoc.storage.bookings import confirm, hold_slot
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_tables import bookings
from askdoc.testing.postgres import running

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
RULES = HoldRules(hold_minutes=15, offer_minutes=120, most_holds=2, queue=("urgent",))
TERMS = Terms(priority_share=Decimal("0.5"), public_lead_days=14, priority_lead_days=21,
              kept_until_days=14, doors=())  # fmt: skip
ROUNDS, BLOCK, MOST_CALLERS = 7, 1_000, 4
# Blocks of slots that each caller has in a round.
BLOCKS = 3
LATER = NOW + timedelta(minutes=1)
Address = Path | str
BOUND = 0.6
_FORK = multiprocessing.get_context("fork")


def office_at(address: Address) -> Office:
    """An office with the usual rules."""
    return open_office(address, RULES, lambda *_: TERMS)


def prepare(address: Address) -> None:
    """A schedule with more slots than can be booked in the time."""
    office = office_at(address)
    add_hospital(office, Hospital("north", "北院", "cn/shanghai", "tertiary"))
    day = date(2026, 12, 3)
    sessions = [
        Session(hospital="north", department="心内科", doctor=f"d{number}", day=day,
                begins=480, ends=960, persons=100)
        for number in range(ROUNDS * BLOCKS * MOST_CALLERS * BLOCK // 1600 + 1)
    ]  # fmt: skip
    publish(office, [Doctor("north", one.doctor, one.doctor) for one in sessions], sessions, NOW)
    with office.database.writing() as connection:
        connection.execute(text("CREATE TABLE probe (id INTEGER PRIMARY KEY, at TEXT)"))
    office.database.close()


def commit_rows(office: Office, block: int) -> Callable[[], None]:
    """Commit one small row each time."""
    # Far apart: a fast disk takes more of these than there are slots in a block.
    numbers = count(block * 10_000_000)
    insert = text("INSERT INTO probe (id, at) VALUES (:id, :at)")

    def once() -> None:
        with office.database.writing() as connection:
            connection.execute(insert, {"id": next(numbers), "at": "2026-11-25"})

    return once


def hold(office: Office, block: int) -> Callable[[], None]:
    """Hold the next slot of our own for another person."""
    numbers = iter(range(block * BLOCK + 1, (block + 1) * BLOCK + 1))

    def once() -> None:
        number = next(numbers)
        hold_slot(office, f"p{number}", number, NOW)

    return once


def book(office: Office, block: int) -> Callable[[], None]:
    """Confirm the next of the holds that `hold` made in this block."""
    with office.database.reading() as connection:
        asked = select(bookings.c.id, bookings.c.person).where(
            bookings.c.state == "held",
            bookings.c.slot.between(block * BLOCK + 1, (block + 1) * BLOCK),
        )
        held = iter(connection.execute(asked).all())

    def once() -> None:
        one = next(held)
        confirm(office, one.person, one.id, f"k{one.id}", LATER)

    return once


def hold_and_book(office: Office, block: int) -> Callable[[], None]:
    """Both, one after the other."""
    numbers = iter(range(block * BLOCK + 1, (block + 1) * BLOCK + 1))

    def once() -> None:
        number = next(numbers)
        held = hold_slot(office, f"p{number}", number, NOW)
        confirm(office, f"p{number}", held.id, f"k{number}", LATER)

    return once


Work = Callable[[Office, int], Callable[[], None]]


def _often(once: Callable[[], None], seconds: float) -> float:
    """How often per second. What there is to do may come to its end before the time does."""
    begun, done = time.perf_counter(), 0
    with suppress(StopIteration):
        while time.perf_counter() < begun + seconds:
            once()
            done += 1
    return done / (time.perf_counter() - begun)


def together(address: Address, work: Work, blocks: list[int], seconds: float) -> float:
    """How often per second threads of one process do it, each with numbers of its own."""
    office = office_at(address)
    jobs = [work(office, block) for block in blocks]
    with ThreadPoolExecutor(len(jobs)) as threads:
        rate = sum(threads.map(lambda once: _often(once, seconds), jobs))
    office.database.close()
    return rate


def apart(address: Address, work: Work, blocks: list[int], seconds: float) -> float:
    """The same by processes."""
    told: Any = _FORK.Queue()

    def caller(block: int) -> None:
        told.put(_often(work(office_at(address), block), seconds))
        told.close()
        told.join_thread()
        os._exit(0)

    callers = [_FORK.Process(target=caller, args=(block,)) for block in blocks]
    for one in callers:
        one.start()
    rate = sum(told.get() for _ in callers)
    for one in callers:
        one.join()
    return float(rate)


def one_round(
    address: Address, callers: int, seconds: float, numbers: Iterator[int]
) -> dict[str, float]:
    """A short time of each in turn: another program's load falls on all alike."""
    held, fresh, others = ([next(numbers) for _ in range(callers)] for _ in range(BLOCKS))
    return {
        "commits": together(address, commit_rows, held[:1], seconds),
        "holds": together(address, hold, held, seconds),
        "bookings": together(address, book, held, seconds),
        "both": together(address, hold_and_book, fresh, seconds),
        "both_apart": apart(address, hold_and_book, others, seconds),
    }


def measure(address: Address, callers: int, seconds: float) -> dict[str, float]:
    """The rates, and each as a share of the single-row commits of one caller; the middle ones."""
    prepare(address)
    numbers = count()
    rounds = [one_round(address, callers, seconds / ROUNDS, numbers) for _ in range(ROUNDS)]
    found = {name: median(one[name] for one in rounds) for name in rounds[0]}
    shares = {
        f"{name}_by_commits": median(one[name] / one["commits"] for one in rounds)
        for name in ("holds", "bookings", "both", "both_apart")
    }
    return {name: round(rate, 2) for name, rate in (found | shares).items()}


def main() -> None:
    """Print one line of JSON for each database; 1 when a share is below the bound."""
    callers = min(int(sys.argv[1]) if len(sys.argv) > 1 else 4, MOST_CALLERS)
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    shares = []
    with tempfile.TemporaryDirectory() as folder, running(fsync=True) as cluster:
        places: dict[str, Address] = {"sqlite": Path(folder) / "bench.db"}
        places["postgresql"] = cluster.new_database()
        for database, address in places.items():
            found = measure(address, callers, seconds)
            shares.append(found["bookings_by_commits"])
            print(json.dumps({"database": database, "callers": callers} | found), flush=True)
    sys.exit(0 if min(shares) >= BOUND else 1)


if __name__ == "__main__":
    main()
