"""Bookings per second with four clients, beside single-row commits on the same disk.

A booking is one call of `book_slot`: standing, locks, grant, the row, the notices. A hold and its
confirmation are two transactions, and are reported too. Each client is a process.

Run: python eval/bench/booking.py [CLIENTS [SECONDS]]
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.referrals.terms import Terms
from askdoc.storage.bookings import book_slot, confirm, hold_slot
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_desk import Desk, open_desk

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
RULES = HoldRules(hold_minutes=15, offer_minutes=120, most_holds=2, queue=("urgent",))
TERMS = Terms(priority_share=Decimal("0.5"), public_lead_days=14, priority_lead_days=21,
              kept_until_days=14, doors=())  # fmt: skip
ROUNDS, BLOCK, MOST_CLIENTS = 5, 1_000, 4
_FORK = multiprocessing.get_context("fork")


def desk_at(address: Path | str) -> Desk:
    """A desk with the usual rules."""
    return open_desk(address, RULES, lambda *_: TERMS)


def prepare(address: Path | str) -> None:
    """A schedule with more slots than can be booked in the time."""
    desk = desk_at(address)
    add_hospital(desk, Hospital("north", "北院", "cn/shanghai", "tertiary"))
    day = date(2026, 12, 3)
    sessions = [
        Session(hospital="north", department="心内科", doctor=f"d{number}", day=day,
                begins=480, ends=960, persons=100)
        for number in range(ROUNDS * 2 * MOST_CLIENTS * BLOCK // 1600 + 1)
    ]  # fmt: skip
    publish(desk, [Doctor("north", one.doctor, one.doctor) for one in sessions], sessions, NOW)
    with desk.database.writing() as connection:
        connection.execute(text("CREATE TABLE probe (id INTEGER PRIMARY KEY, at TEXT)"))
    desk.database.close()


def commit_rows(desk: Desk, block: int) -> Callable[[], None]:
    """Commit one small row each time."""
    # Far apart: a fast disk takes more of these than there are slots in a block.
    numbers = count(block * 10_000_000)
    insert = text("INSERT INTO probe (id, at) VALUES (:id, :at)")

    def once() -> None:
        with desk.database.writing() as connection:
            connection.execute(insert, {"id": next(numbers), "at": "2026-11-25"})

    return once


def book_slots(desk: Desk, block: int) -> Callable[[], None]:
    """Book the next slot of our own for another person."""
    numbers = iter(range(block * BLOCK + 1, (block + 1) * BLOCK + 1))

    def once() -> None:
        number = next(numbers)
        book_slot(desk, f"p{number}", number, f"k{number}", NOW)

    return once


def hold_and_confirm(desk: Desk, block: int) -> Callable[[], None]:
    """The same with a hold first."""
    numbers = iter(range(block * BLOCK + 1, (block + 1) * BLOCK + 1))

    def once() -> None:
        number = next(numbers)
        held = hold_slot(desk, f"q{number}", number, NOW)
        confirm(desk, f"q{number}", held.id, f"k{number}", NOW + timedelta(minutes=1))

    return once


Work = Callable[[Desk, int], Callable[[], None]]


def _client(address: Any, work: Work, block: int, seconds: float, told: Any) -> None:
    once = work(desk_at(address), block)
    end, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        once()
        count += 1
    told.put(count)
    told.close()
    told.join_thread()
    os._exit(0)


def per_second(address: Path | str, work: Work, blocks: list[int], seconds: float) -> float:
    """How often per second clients do it together, each with a block of numbers of its own."""
    told: Any = _FORK.Queue()
    running = [
        _FORK.Process(target=_client, args=(address, work, block, seconds, told))
        for block in blocks
    ]
    for one in running:
        one.start()
    done = sum(told.get() for _ in running)
    for one in running:
        one.join()
    return float(done) / seconds


def measure(address: Path | str, clients: int, seconds: float) -> dict[str, float]:
    """The rates, and bookings as a share of single-row commits by one client and by as many.

    Short rounds of each in turn, and the middle of them: another program's load falls on all alike.
    """
    prepare(address)
    kinds: dict[str, tuple[Work, int]] = {
        "commits_one_client": (commit_rows, 1),
        "commits": (commit_rows, clients),
        "bookings": (book_slots, clients),
        "holds_confirmed": (hold_and_confirm, clients),
    }
    rates: dict[str, list[float]] = {name: [] for name in kinds}
    taken = {"probe": count(), "slots": count()}
    for _ in range(ROUNDS):
        for name, (work, many) in kinds.items():
            numbers = taken["probe" if work is commit_rows else "slots"]
            blocks = [next(numbers) for _ in range(many)]
            rates[name].append(per_second(address, work, blocks, seconds / ROUNDS))
    found = {name: median(each) for name, each in rates.items()}
    shares = {
        f"bookings_by_{name}": median(
            booked / each for booked, each in zip(rates["bookings"], rates[name], strict=True)
        )
        for name in ("commits_one_client", "commits")
    }
    return {name: round(rate, 2) for name, rate in (found | shares).items()}


def main() -> None:
    """Print one line of JSON for each database."""
    clients = min(int(sys.argv[1]) if len(sys.argv) > 1 else 4, MOST_CLIENTS)
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 5.0
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
    from storage.cluster import running

    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "bench.db", clients, seconds)
        print(json.dumps({"database": "sqlite", "clients": clients} | found), flush=True)
    with running(fsync=True) as cluster:
        found = measure(cluster.new_database(), clients, seconds)
        print(json.dumps({"database": "postgresql", "clients": clients} | found), flush=True)


if __name__ == "__main__":
    main()
