"""Many clients race for few slots while they, and the database, are killed: is anything lost?

Clients are processes of their own that write down what they are about to do and what they were
told; they are killed at random and, started again, ask once more with the same key. Afterwards what
they were told is held against what is kept. `--control` drops the unique index first: the same
check must then find slots sold twice, or it could not find them at all.

Run: python eval/faults/bookings.py [--clients 8 64] [--seconds 30] [--control]
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from askdoc.care.referrals.bookings import Booking, Wanted
from askdoc.care.referrals.hold_rules import HoldRules
from askdoc.care.referrals.slots import Hospital, Session
from askdoc.care.referrals.terms import Terms
from askdoc.storage.bookings import book_slot, cancel, confirm, hold_slot, lapse_holds, reschedule
from askdoc.storage.failures import Busy, Unreachable
from askdoc.storage.schedule import Doctor, add_hospital, publish
from askdoc.storage.slot_desk import Desk, open_desk
from askdoc.storage.slot_tables import LIVE, bookings
from askdoc.storage.waiting_list import offer_free, wait_for
from askdoc.wording import AskdocError

Address = Path | str
# A second of the race is ten minutes of its clients: holds of 15 minutes end while they run.
SPEED = 600
BEGUN = datetime(2026, 11, 25, 1, tzinfo=UTC)
DAY = date(2026, 12, 3)
PEOPLE, STOP = 60, "stop"
_LONGEST_SECONDS = 60
RULES = HoldRules(hold_minutes=15, offer_minutes=20, most_holds=2, queue=("contracted",))
TERMS = Terms(
    priority_share=Decimal(0),
    public_lead_days=14,
    priority_lead_days=14,
    kept_until_days=14,
    doors=(),
)
WANTED = Wanted(departments=("心内科",), first=DAY, last=DAY)
_FORK = multiprocessing.get_context("fork")


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


def desk_at(address: Address) -> Desk:
    """A desk with the rules of the race, once its database is there."""
    while True:
        try:
            return open_desk(address, RULES, lambda *_: TERMS)
        except (Busy, Unreachable):
            time.sleep(0.05)


def prepare(address: Address, slots: int, is_constrained: bool) -> None:
    """So many slots, six at least; without the index when they are to be sold twice."""
    desk = desk_at(address)
    add_hospital(desk, Hospital("north", "北院", "cn/shanghai", "tertiary"))
    session = Session(hospital="north", department="心内科", doctor="d1", day=DAY,
                      begins=480, ends=660, persons=slots // 6)  # fmt: skip
    publish(desk, [Doctor("north", "d1", "医生")], [session], BEGUN)
    if not is_constrained:
        with desk.database.writing() as connection:
            connection.execute(text("DROP INDEX bookings_one_taking"))
    desk.database.close()


class Client:
    """One racer. Each line of its log is an intention, or what came of it."""

    def __init__(self, address: Address, log: Path, began: float, seed: int) -> None:
        self._desk = desk_at(address)
        self._began = began
        self._chance = random.Random(seed)
        self._file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._held: list[tuple[str, str]] = []
        told: dict[str, str] = {}
        _follow(log, told)
        self._booked = [(person, booking) for booking, person in told.items()]

    def now(self) -> datetime:
        """The moment by the race's clock."""
        return BEGUN + timedelta(seconds=(time.time() - self._began) * SPEED)

    def race(self, slots: int, stop: Path) -> None:
        """Act at random until the file is there."""
        while not stop.exists():
            self._act(slots)

    def finish(self, told: dict[str, Any]) -> None:
        """Ask again what an earlier life of this client never heard the answer to."""
        self._ask(told)

    def _act(self, slots: int) -> None:
        draw, person = self._chance.random(), f"p{self._chance.randrange(PEOPLE)}"
        slot = 1 + self._chance.randrange(slots)
        if draw < 0.3:
            self._hold(person, slot)
        elif draw < 0.55 and self._held:
            person, booking = self._held.pop(self._chance.randrange(len(self._held)))
            self._ask({"do": "confirm", "person": person, "booking": booking})
        elif draw < 0.7:
            self._ask({"do": "book", "person": person, "slot": slot})
        elif draw < 0.82 and self._booked:
            person, booking = self._booked.pop(self._chance.randrange(len(self._booked)))
            self._ask({"do": "move", "person": person, "booking": booking, "slot": slot})
        elif draw < 0.95 and self._booked:
            person, booking = self._booked.pop(self._chance.randrange(len(self._booked)))
            self._ask({"do": "cancel", "person": person, "booking": booking})
        elif draw > 0.98:
            self._tend(person)

    def _hold(self, person: str, slot: int) -> None:
        try:
            held = hold_slot(self._desk, person, slot, self.now())
        except AskdocError as refused:
            self._write({"refused": refused.code})
            return
        # Some holders think too long.
        self._held.append((person, held.id))

    def _tend(self, person: str) -> None:
        try:
            wait_for(self._desk, person, WANTED, self.now())
            lapse_holds(self._desk, self.now())
            offer_free(self._desk, self.now())
        except AskdocError as refused:
            self._write({"refused": refused.code})

    def _ask(self, told: dict[str, Any]) -> None:
        """Do it until there is an answer; the key is the same each time."""
        told = told if "key" in told else told | {"key": os.urandom(8).hex()}
        self._write({"wants": told})
        while True:
            now = self.now()
            try:
                done = _DO[told["do"]](self._desk, told, now)
            except (Busy, Unreachable):
                time.sleep(0.05)
                continue
            except AskdocError as refused:
                self._write({"key": told["key"], "refused": refused.code})
                if told["do"] == "move":
                    self._booked.append((told["person"], told["booking"]))
                return
            self._write({"key": told["key"], "done": done.id, "slot": done.slot.id,
                         "state": done.state, "at": now.isoformat()})  # fmt: skip
            if done.state == "booked":
                self._booked.append((told["person"], done.id))
            return

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, (json.dumps(line) + "\n").encode())


_DO: dict[str, Callable[[Desk, dict[str, Any], datetime], Booking]] = {
    "confirm": lambda desk, told, now: confirm(
        desk, told["person"], told["booking"], told["key"], now
    ),
    "book": lambda desk, told, now: book_slot(desk, told["person"], told["slot"], told["key"], now),
    "move": lambda desk, told, now: reschedule(
        desk, told["person"], told["booking"], told["slot"], told["key"], now
    ),
    "cancel": lambda desk, told, now: cancel(desk, told["person"], told["booking"], now),
}


def _follow(log: Path, alive: dict[str, str]) -> None:
    """Whose bookings a client was told of and has not changed since."""
    wants: dict[str, dict[str, Any]] = {}
    for line in lines_of(log):
        if "wants" in line:
            wants[line["wants"]["key"]] = line["wants"]
        elif "done" in line:
            wanted = wants[line["key"]]
            if wanted["do"] in ("move", "cancel"):
                alive.pop(wanted["booking"], None)
            if wanted["do"] != "cancel":
                alive[line["done"]] = wanted["person"]


def unanswered(log: Path) -> list[dict[str, Any]]:
    """What a client wanted and never heard of, oldest first."""
    wanted: dict[str, dict[str, Any]] = {}
    for line in lines_of(log):
        if "wants" in line:
            wanted[line["wants"]["key"]] = line["wants"]
        elif "key" in line:
            wanted.pop(line["key"], None)
    return list(wanted.values())


def lines_of(log: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a log; a line that was cut off by a kill was never told."""
    for line in log.read_bytes().splitlines(keepends=True) if log.exists() else ():
        if line.endswith(b"\n") and line.startswith(b"{"):
            try:
                yield json.loads(line)
            except ValueError:
                continue


def live(address: Address, log: Path, began: float, slots: int, seed: int) -> None:
    """One life of a client, in a process of its own."""
    client = Client(address, log, began, seed)
    for told in unanswered(log):
        client.finish(told)
    client.race(slots, log.parent / STOP)
    os._exit(0)


def watch(address: Address, log: Path, began: float) -> None:
    """Count, again and again, who holds more than the rules allow at that moment."""
    desk = desk_at(address)
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    while not (log.parent / STOP).exists():
        try:
            now = BEGUN + timedelta(seconds=(time.time() - began) * SPEED)
            with desk.database.reading() as connection:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to race: for `seconds`, and on until `least` answers were given (a minute at most)."""

    clients: int
    seconds: float
    slots: int = 96
    least: int = 0
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
        _check(address, logs, report)
        report.too_many_held = sum(line["too_many"] for line in lines_of(watched))
    return report


def _kill_at_random(
    plan: Plan, lives: list[Any], start: Callable[[int, int], Any], logs: list[Path], report: Report
) -> None:
    chance, began = random.Random(11), time.time()
    next_server = began + plan.seconds / 4
    while _goes_on(plan, time.time() - began, logs):
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


def _goes_on(plan: Plan, spent: float, logs: list[Path]) -> bool:
    if spent < plan.seconds:
        return True
    answers = sum("done" in line for log in logs for line in lines_of(log))
    return answers < plan.least and spent < _LONGEST_SECONDS


def _check(address: Address, logs: list[Path], report: Report) -> None:
    """Hold what the clients were told against what is kept."""
    desk = desk_at(address)
    with desk.database.reading() as connection:
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
    lapse_holds(desk, end)
    with desk.database.reading() as connection:
        left = select(func.count()).select_from(bookings)
        over = bookings.c.state.in_(("held",)) & (bookings.c.held_until <= end)
        report.over_held += connection.execute(left.where(over)).scalar_one()
    desk.database.close()


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


@contextmanager
def _cluster() -> Iterator[Any]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
    from storage.cluster import running

    with running() as cluster:
        yield cluster


def main() -> None:
    """Print a line of JSON for each database and number of clients."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--clients", type=int, nargs="+", default=[8, 64])
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--control", action="store_true")
    told = asked.parse_args()
    with _cluster() as cluster, tempfile.TemporaryDirectory() as folder:
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
