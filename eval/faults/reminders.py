"""Kills workers while they send reminders, and compares the outbox with what the receiver saw.

`python eval/faults/reminders.py [--kills 200] [--guard whole|marks_first|unmarked]`

The receiver is a process of its own that writes each message down before it answers, and answers
some of them never. Its log is the oracle: what is not in it was lost, what is in it twice was a
repeat. Workers are forked, killed at any moment, and sometimes stopped for longer than their lease.
"""

import argparse
import json
import math
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from threading import Event
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select

from askdoc.care.refills import RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.channels import Abilities, InDoubt, Outbound, Receipt, TryLater
from askdoc.channels.delivering import Sender
from askdoc.channels.letters import Window
from askdoc.channels.outbox import Held
from askdoc.channels.sending import Ending, Reach, SendingRules
from askdoc.storage.care_tables import clinics, prescriptions, residents
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.outbox_tables import letters
from askdoc.storage.reminders import plan_reminders
from askdoc.worker import Work, work_until

Address = Path | str
_FORK = multiprocessing.get_context("fork")
_LEASE_SECONDS = 4.0
# Replies that never come, of a hundred.
_LOST_REPLIES = 5
_REACHED_SECONDS = 0.01
_TOP_UP = 150


@dataclass(slots=True)
class Found:
    """What one run showed; each repeat must be owed to a doubt or a rescue, and be marked."""

    where: str
    workers: int
    # Two leases from the last restart; a calm run on a busy machine is not judged by time.
    limit_seconds: float
    kills: int = 0
    paused: int = 0
    letters: int = 0
    seen: int = 0
    lost: int = 0
    repeats: int = 0
    doubts: int = 0
    rescues: int = 0
    unmarked: int = 0
    seconds_to_settle: float = 0.0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, every repeat was allowed for, and every one marked."""
        return (
            self.letters > 0
            and self.lost == 0
            and self.unmarked == 0
            and self.repeats <= self.doubts + self.rescues
            and self.seconds_to_settle <= self.limit_seconds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One run: how many workers, how often one is killed, which outbox, how long a lease."""

    workers: int
    kills: int
    guard: str = "whole"
    lease: float = _LEASE_SECONDS
    seed: int = 1
    calm: bool = False


class SocketChannel:
    """`Channel` to the receiver: one connection a message."""

    name = "socket"
    abilities = Abilities()

    def __init__(self, port: int) -> None:
        self._port = port

    def send(self, chat: str, message: Outbound) -> Receipt:
        line = json.dumps({"key": message.key, "chat": chat, "text": message.text}) + "\n"
        try:
            to = socket.create_connection(("127.0.0.1", self._port), timeout=1)
        except OSError as failed:
            raise TryLater(seconds=1) from failed
        with to:
            try:
                to.sendall(line.encode())
                answered = to.recv(16)
            except OSError as failed:
                raise InDoubt from failed
        if not answered:
            raise InDoubt
        return Receipt(message.key, datetime.now(UTC))


class MarksFirst(SqlOutbox):
    """A control: what is about to be sent is called sent. A crash loses it."""

    def take_up(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: object = ()
    ) -> Held | None:
        held = super().take_up(reach, rules, now)
        if held is not None:
            super().settle(held, Receipt("early", now), rules, now)
            # Reaching a channel takes a while; without it few kills would fall in between.
            time.sleep(_REACHED_SECONDS)
        return held

    def settle(self, held: Held, ending: Ending, rules: SendingRules, now: datetime) -> bool:
        return True


class Unmarked(SqlOutbox):
    """A control: a repeat does not say that it is one."""

    def take_up(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: object = ()
    ) -> Held | None:
        held = super().take_up(reach, rules, now)
        if held is None:
            return None
        return replace(held, standing=replace(held.standing, doubts=0, rescues=0))


GUARDS = {"whole": SqlOutbox, "marks_first": MarksFirst, "unmarked": Unmarked}


def receive(listening: socket.socket, log: Path, seed: int) -> None:
    """Write down every message, then answer, or not."""
    chance = Random(seed)
    with log.open("a", encoding="utf-8") as seen:
        while True:
            who, _ = listening.accept()
            with who:
                line = who.makefile(encoding="utf-8").readline()
                if not line.endswith("\n"):
                    continue
                seen.write(line)
                seen.flush()
                time.sleep(chance.random() * 0.004)
                if chance.randrange(100) >= _LOST_REPLIES:
                    try:
                        who.sendall(b"ok\n")
                    except OSError:
                        continue


def _noon() -> ZoneInfo:
    """A zone in which it is about noon now, so that no run falls into quiet hours."""
    ahead = (12 - datetime.now(UTC).hour) % 24
    return ZoneInfo(f"Etc/GMT{-ahead if ahead <= 12 else 24 - ahead:+d}")


def work_at(address: Address, port: int, lease: float) -> Work:
    """Work with a short lease and without pauses, so that a run is over in minutes."""
    zone = _noon()
    sending = SendingRules(
        zone=zone,
        quiet=Window(0, 1),
        lease=timedelta(seconds=lease),
        repeat_after=timedelta(seconds=1),
        per_minute=1_000_000,
    )
    return Work(
        database=connect(address),
        channels=[SocketChannel(port)],
        sending=sending,
        reminders=ReminderRules(refill=RefillRules(), zone=zone),
        own_days={},
        clock=lambda: datetime.now(UTC),
        plan_every=timedelta(seconds=1),
        idle_seconds=0.02,
        trouble_seconds=0.05,
    )


def run_worker(address: Address, port: int, guard: str, lease: float) -> None:
    """A worker, until it is killed."""
    work = work_at(address, port, lease)
    if guard == "whole":
        work_until(work, Event())
        return
    outbox = GUARDS[guard](work.database)
    sender = Sender(outbox, work.channels, work.sending, work.clock)
    while True:
        plan_reminders(work.database, work.reminders, {}, work.clock())
        if not sender.send_due(20):
            time.sleep(0.02)


def add_people(database: Database, count: int, from_number: int) -> None:
    """People whose medicine runs out in five days, so that they are due today."""
    today = datetime.now(UTC).astimezone(_noon()).date()
    issued = today - timedelta(days=23)
    people = [f"p{from_number + one}" for one in range(count)]
    with database.writing() as kept:
        if from_number == 0:
            own_days = {(today + timedelta(days=one)).isoformat(): True for one in range(-30, 30)}
            kept.execute(
                insert(clinics), {"id": "c1", "open_at_weekends": True, "own_days": own_days}
            )
        kept.execute(insert(residents), [_resident(one) for one in people])
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


@contextmanager
def receiver(folder: Path, seed: int) -> Iterator[tuple[int, Path]]:
    """A receiver in a process of its own: its port and its log."""
    log = folder / "received.jsonl"
    log.touch()
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    process = _FORK.Process(target=receive, args=(listening, log, seed), daemon=True)
    process.start()
    try:
        yield listening.getsockname()[1], log
    finally:
        process.kill()
        process.join()
        listening.close()


class Crew:
    """Workers that are started, killed and stopped."""

    def __init__(self, address: Address, port: int, asked: Asked) -> None:
        self._args = (address, port, asked.guard, asked.lease)
        self._lease = asked.lease
        self.running = [self._start() for _ in range(asked.workers)]

    def _start(self) -> multiprocessing.Process:
        worker = _FORK.Process(target=run_worker, args=self._args, daemon=True)
        worker.start()
        return worker  # type: ignore[return-value]

    def kill(self, which: int) -> None:
        """Kill one, and start another in its place."""
        self._end(self.running[which])
        self.running[which] = self._start()

    def pause(self, which: int) -> None:
        """Stop one for longer than its lease; the others go on."""
        pid = self.running[which].pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        time.sleep(self._lease * 1.3)
        os.kill(pid, signal.SIGCONT)

    def end(self) -> None:
        for one in self.running:
            self._end(one)

    def _end(self, worker: multiprocessing.Process) -> None:
        worker.kill()
        worker.join()


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
                if one < kills - 5 and _waiting(database) < _TOP_UP // 3:
                    add_people(database, _TOP_UP, people)
                    people += _TOP_UP
                database.close()
                crew.kill(chance.randrange(workers))
                found.kills += 1
                if not asked.calm and one % max(1, kills // 3) == kills // 6:
                    crew.pause(chance.randrange(workers))
                    found.paused += 1
            found.seconds_to_settle = _settle(database, log, people)
        finally:
            crew.end()
        _compare(database, log, people, found)
    database.close()
    return found


def _let_work(log: Path, chance: Random) -> None:
    """Wait until a few more messages came in, so that the kill falls into the middle of work."""
    until, size = time.monotonic() + 5, log.stat().st_size + chance.randrange(2000)
    while log.stat().st_size <= size and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(chance.random() * 0.02)


def _waiting(database: Database) -> int:
    with database.reading() as kept:
        asked = select(func.count()).where(letters.c.next_at.is_not(None))
        planned = kept.scalar(select(func.count()).select_from(letters)) or 0
        there = kept.scalar(select(func.count()).select_from(residents)) or 0
        return (kept.scalar(asked) or 0) + there - planned


def _settle(database: Database, log: Path, people: int) -> float:
    """Wait until nothing waits: seconds from the last restart until all that was due was seen."""
    began = time.monotonic()
    seen_all = 0.0
    while time.monotonic() - began < 60:
        if not seen_all and len(_seen(log)) >= people:
            seen_all = time.monotonic() - began
        if _waiting(database) == 0:
            break
        time.sleep(0.05)
    return seen_all or time.monotonic() - began


def _seen(log: Path) -> Counter[str]:
    lines = log.read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["chat"] for line in lines)


def _compare(database: Database, log: Path, people: int, found: Found) -> None:
    copies, marked = Counter[str](), Counter[str]()
    for line in log.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        copies[message["chat"]] += 1
        marked[message["chat"]] += "可能重复" in message["text"]
    with database.reading() as kept:
        rows = kept.execute(
            select(letters.c.recipient, letters.c.state, letters.c.doubts, letters.c.rescues)
        ).all()
    found.letters = people
    found.seen = copies.total()
    found.lost = sum(1 for one in range(people) if not copies[f"p{one}"])
    found.repeats = sum(count - 1 for count in copies.values())
    found.unmarked = sum(max(0, copies[who] - 1 - marked[who]) for who in copies)
    found.doubts = sum(row.doubts for row in rows)
    found.rescues = sum(row.rescues for row in rows)
    found.states = dict(Counter(row.state for row in rows))


def main() -> int:
    """Run every combination and print what each showed; 0 when all hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--guard", choices=sorted(GUARDS), default="whole")
    asked.add_argument("--only", choices=["sqlite", "postgres"])
    asked.add_argument("--workers", type=int, choices=[1, 3])
    asked.add_argument("--lease", type=float, default=_LEASE_SECONDS)
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
    # The cluster of the tests, with its own folder and port.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "storage"))
    from cluster import cannot_run, running

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
