"""The workers of `reminders.py`: forked, killed at any moment, stopped for longer than their lease.

`MarksFirst` and `Unmarked` are outboxes without a guard: with them the check must fail.
"""

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from reminder_receiver import SocketChannel

from askdoc.care.refills import RefillRules
from askdoc.care.reminders import ReminderRules
from askdoc.channels import Receipt
from askdoc.channels.delivering import Sender
from askdoc.channels.letters import Window
from askdoc.channels.outbox import Held
from askdoc.channels.sending import Ending, Reach, SendingRules
from askdoc.storage.database import connect
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import plan_reminders
from askdoc.worker import Work, work_until

Address = Path | str
_FORK = multiprocessing.get_context("fork")
LEASE_SECONDS = 4.0
_REACHED_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One run: how many workers, how often one is killed, which outbox, how long a lease."""

    workers: int
    kills: int
    guard: str = "whole"
    lease: float = LEASE_SECONDS
    seed: int = 1
    calm: bool = False


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


def noon() -> ZoneInfo:
    """A zone in which it is about noon now, so that no run falls into quiet hours."""
    ahead = (12 - datetime.now(UTC).hour) % 24
    return ZoneInfo(f"Etc/GMT{-ahead if ahead <= 12 else 24 - ahead:+d}")


def work_at(address: Address, port: int, lease: float) -> Work:
    """Work with a short lease and without pauses, so that a run is over in minutes."""
    zone = noon()
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
