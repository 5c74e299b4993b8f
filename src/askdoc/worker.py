"""The worker: plans what is due, and sends what waits, until it is told to stop.

Any number may run over one database, on one machine or, with PostgreSQL, on several: none knows of
the others. Killing one at any moment loses nothing.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event, Thread

from askdoc.bootstrap import House
from askdoc.care.reminders import ReminderRules
from askdoc.care.rules import calls_per_day
from askdoc.channels import Channel
from askdoc.channels.delivering import Clock, Sender
from askdoc.channels.sending import SendingRules
from askdoc.rule_watch import watch
from askdoc.storage.booking_office import Office
from askdoc.storage.call_channel import CallChannel
from askdoc.storage.database import Database
from askdoc.storage.hospital_rounds import Rounds, ask, rounds_of, settle_waiting
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import Planned, plan_reminders
from askdoc.storage.slot_sweep import sweep
from askdoc.wording import AskdocError

_LOG = logging.getLogger(__name__)
# Letters between two looks at the clock and at whether to stop.
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker works on; without an `office`, slots are left alone.

    `plan_every`: how often refills that are due are looked for anew; `sweep_every`: slots.
    `hospitals`: their own systems are asked for what waits for their answer as often, and for all
    that they have every `ask_every`. `watch` looks for changed rules and proposes them, every
    `watch_every`.
    """

    database: Database
    channels: Sequence[Channel]
    sending: SendingRules
    reminders: ReminderRules
    own_days: dict[date, bool]
    clock: Clock
    office: Office | None = None
    hospitals: Sequence[Rounds] = ()
    watch: Callable[[datetime], int] | None = None
    plan_every: timedelta = timedelta(minutes=5)
    sweep_every: timedelta = timedelta(seconds=15)
    ask_every: timedelta = timedelta(minutes=10)
    watch_every: timedelta = timedelta(hours=12)
    idle_seconds: float = 1.0
    trouble_seconds: float = 10.0


@dataclass(slots=True)
class Done:
    """What one round did."""

    planned: Planned | None
    taken_up: int
    proposed: int = 0


def open_work(house: House, clock: Clock = lambda: datetime.now(UTC)) -> Work:
    """The work of this installation. Raises the errors of the database and of the settings."""
    database = house.database

    def look(now: datetime) -> int:
        # Read anew: what changes came in after this process began.
        fresh = House(house.settings)
        return watch(fresh, database, now.astimezone(house.reminder_rules.zone).date())

    office, systems = house.booking_office, house.hospital_systems
    known = {id: one.hospital for id, one in house.hospital_connections.items()}
    return Work(
        database=database,
        channels=(*house.channels, CallChannel(database, calls_per_day(house.defaults), clock)),
        sending=house.sending_rules,
        reminders=house.reminder_rules,
        own_days=house.own_days,
        clock=clock,
        office=office,
        hospitals=rounds_of(office, systems, known),
        watch=look,
    )


def work_once(work: Work) -> Done:
    """Plan, and send all that is due now."""
    planned = plan_reminders(work.database, work.reminders, work.own_days, work.clock())
    # First, so that what they answer is told at once.
    for one in work.hospitals:
        ask(one, work.clock())
    _sweep(work)
    proposed = _watch(work)
    taken_up = 0
    sender = _sender(work)
    while sender.send_next():
        taken_up += 1
    return Done(planned, taken_up, proposed)


def work_until(work: Work, stop: Event, told: Callable[[Done], None] | None = None) -> None:
    """Work until `stop` is set; a database that is gone for a while is waited for."""
    sender = _sender(work)
    last: dict[str, datetime] = {}
    with _attending_hospitals(work, stop):
        while not stop.is_set():
            try:
                done = _round(work, sender, last)
            except Exception as failed:  # noqa: BLE001  the worker's edge: it goes on after any defect
                _trouble("worker.trouble", failed)
                stop.wait(work.trouble_seconds)
                continue
            if told is not None and (done.planned is not None or done.taken_up):
                told(done)
            if done.taken_up == 0:
                stop.wait(work.idle_seconds)


def _round(work: Work, sender: Sender, last: dict[str, datetime]) -> Done:
    """What is due of everything, and a batch of letters; `last` says when each was done."""
    now = work.clock()
    planned, proposed = None, 0
    if _is_time(last.get("planned"), work.plan_every, now):
        planned = plan_reminders(work.database, work.reminders, work.own_days, now)
        last["planned"] = now
    if _is_time(last.get("swept"), work.sweep_every, now):
        last["swept"] = now
        _sweep(work)
    if _is_time(last.get("watched"), work.watch_every, now):
        proposed = _watch(work)
        last["watched"] = now
    return Done(planned, sender.send_due(_BATCH), proposed)


@contextmanager
def _attending_hospitals(work: Work, stop: Event) -> Iterator[None]:
    """Meanwhile each hospital's system is asked by a thread of its own: none of them holds up a
    letter, or another hospital. At the end, who waits for an answer is not waited for long."""
    threads = [
        Thread(target=_attend, args=(work, one, stop), daemon=True) for one in work.hospitals
    ]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for one in threads:
            one.join(work.trouble_seconds)


def _attend(work: Work, hospital: Rounds, stop: Event) -> None:
    asked = settled = None
    while not stop.is_set():
        try:
            now = work.clock()
            if _is_time(asked, work.ask_every, now):
                asked = settled = now
                ask(hospital, now)
            elif _is_time(settled, work.sweep_every, now):
                settled = now
                settle_waiting(hospital, now)
        except Exception as failed:  # noqa: BLE001  as the worker's
            _trouble("hospital.trouble", failed)
            stop.wait(work.trouble_seconds)
            continue
        stop.wait(work.idle_seconds)


def _trouble(action: str, failed: Exception) -> None:
    code = failed.code if isinstance(failed, AskdocError) else type(failed).__name__
    _LOG.warning(action, extra={"error": code})


def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether to do something again; a clock that was set back counts as time gone by."""
    return last is None or not last <= now < last + every


def _sweep(work: Work) -> None:
    if work.office is not None:
        sweep(work.office, work.clock())


def _watch(work: Work) -> int:
    """How many changes are new. A mistake in the knowledge keeps no letter from being sent."""
    if work.watch is None:
        return 0
    try:
        return work.watch(work.clock())
    except AskdocError as failed:
        _LOG.warning("watch.trouble", extra={"error": failed.code})
        return 0


def _sender(work: Work) -> Sender:
    return Sender(SqlOutbox(work.database), work.channels, work.sending, work.clock)
