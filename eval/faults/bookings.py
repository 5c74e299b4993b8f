"""Many clients race for few slots while they, and the database, are killed: is anything lost?

Clients are processes of their own (`booking_client.py`) that write down what they are about to do
and what they were told; they are killed at random and, started again, ask once more with the same
key. Afterwards `booking_check.py` holds what they were told against what is kept. `--control` drops
the unique index first: the same check must then find slots sold twice, or it could not find them.

Run: python eval/faults/bookings.py [--clients 8 64] [--seconds 30] [--control]
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from booking_check import Report, check, watch
from booking_client import BEGUN, DAY, STOP, Address, live, office_at
from booking_log import lines_of
from sqlalchemy import text

from askdoc.care.referrals.slots import Hospital, Session
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.testing.postgres import running

_LONGEST_SECONDS = 60
_FORK = multiprocessing.get_context("fork")


def prepare(address: Address, slots: int, is_constrained: bool) -> None:
    """So many slots, six at least; without the index when they are to be sold twice."""
    office = office_at(address)
    add_hospital(office, Hospital("north", "北院", "cn/shanghai", "tertiary"))
    session = Session(hospital="north", department="心内科", doctor="d1", day=DAY,
                      begins=480, ends=660, persons=slots // 6)  # fmt: skip
    publish(office, [Doctor("north", "d1", "医生")], [session], BEGUN)
    if not is_constrained:
        with office.database.writing() as connection:
            connection.execute(text("DROP INDEX bookings_one_taking"))
    office.database.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to race: for `seconds`, and on until `least` answers were given and `least_killed`
    clients were killed (a minute at most)."""

    clients: int
    seconds: float
    slots: int = 96
    least: int = 0
    least_killed: int = 0
    is_constrained: bool = True
    kill_server: Callable[[], None] | None = None


def race(address: Address, plan: Plan) -> Report:
    """Let them race and be killed, then check. The database at `address` is empty and ours."""
    prepare(address, plan.slots, plan.is_constrained)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        logs = [Path(folder) / f"{number}.log" for number in range(plan.clients)]
        watched = Path(folder) / "watch"
        began = time.time()
        watcher = _FORK.Process(target=watch, args=(address, watched, began))
        watcher.start()

        def start(number: int, seed: int) -> Any:
            told = (address, logs[number], began, plan.slots, seed)
            life = _FORK.Process(target=live, args=told)
            life.start()
            return life

        lives = [start(number, number) for number in range(plan.clients)]
        _kill_at_random(plan, lives, start, logs, report)
        (Path(folder) / STOP).touch()
        for life in (*lives, watcher):
            life.join()
            report.crashed += _has_crashed(life)
        # Whoever was killed last asks again; nobody acts any more.
        for number in range(plan.clients):
            start(number, number).join()
        check(address, logs, report)
        report.too_many_held = sum(line["too_many"] for line in lines_of(watched))
    return report


def _kill_at_random(
    plan: Plan, lives: list[Any], start: Callable[[int, int], Any], logs: list[Path], report: Report
) -> None:
    chance, began = random.Random(11), time.time()
    next_server = began + plan.seconds / 4
    while _goes_on(plan, time.time() - began, report.clients_killed, logs):
        time.sleep(0.15)
        number = chance.randrange(plan.clients)
        os.kill(lives[number].pid, signal.SIGKILL)
        lives[number].join()
        report.crashed += _has_crashed(lives[number])
        report.clients_killed += 1
        lives[number] = start(number, chance.randrange(10**9))
        if plan.kill_server is not None and time.time() > next_server:
            plan.kill_server()
            report.server_killed += 1
            next_server = time.time() + plan.seconds / 4


def _has_crashed(life: Any) -> bool:
    return life.exitcode not in (0, -signal.SIGKILL)


def _goes_on(plan: Plan, spent: float, killed: int, logs: list[Path]) -> bool:
    if spent < plan.seconds:
        return True
    answers = sum("done" in line for log in logs for line in lines_of(log))
    is_short = answers < plan.least or killed < plan.least_killed
    return is_short and spent < _LONGEST_SECONDS


def main() -> None:
    """Print a line of JSON for each database and number of clients."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--clients", type=int, nargs="+", default=[8, 64])
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--control", action="store_true")
    told = asked.parse_args()
    with running() as cluster, tempfile.TemporaryDirectory() as folder:
        for clients in told.clients:
            places: list[tuple[Address, Callable[[], None] | None]] = [
                (Path(folder) / f"{clients}.db", None),
                (cluster.new_database(), cluster.crash),
            ]
            for address, crash in places:
                plan = Plan(clients=clients, seconds=told.seconds, slots=6 if told.control else 96,
                            is_constrained=not told.control, kill_server=crash)  # fmt: skip
                found = race(address, plan)
                kind = "sqlite" if isinstance(address, Path) else "postgresql"
                row = {"database": kind, "clients": clients, "seconds": told.seconds}
                print(json.dumps(row | asdict(found)), flush=True)


if __name__ == "__main__":
    main()
