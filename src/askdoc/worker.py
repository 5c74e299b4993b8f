"""The worker: plans what is due, and sends what waits, until it is told to stop.

Any number may run over one database, on one machine or, with PostgreSQL, on several: none knows of
the others. Killing one at any moment loses nothing.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Event

from askdoc.bootstrap import House
from askdoc.care.reminders import ReminderRules
from askdoc.channels import Channel
from askdoc.channels.delivering import Clock, Sender
from askdoc.channels.sending import SendingRules
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.reminders import Planned, plan_reminders
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_sweep import sweep
from askdoc.wording import AskdocError

_LOG = logging.getLogger(__name__)
# Letters between two looks at the clock and at whether to stop.
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker works on; without a `desk`, slots are left alone.

    `plan_every`: how often refills that are due are looked for anew; `sweep_every`: slots.
    """

    database: Database
    channels: Sequence[Channel]
    sending: SendingRules
    reminders: ReminderRules
    own_days: dict[date, bool]
    clock: Clock
    desk: Desk | None = None
    plan_every: timedelta = timedelta(minutes=5)
    sweep_every: timedelta = timedelta(seconds=15)
    idle_seconds: float = 1.0
    trouble_seconds: float = 10.0


@dataclass(slots=True)
class Done:
    """What one round did."""

    planned: Planned | None
    taken_up: int


def open_work(house: House, clock: Clock = lambda: datetime.now(UTC)) -> Work:
    """The work of this installation. Raises the errors of the database and of the settings."""
    database = connect(house.settings.database)
    migrate(database)
    return Work(
        database=database,
        channels=house.channels,
        sending=house.sending_rules,
        reminders=house.reminder_rules,
        own_days=house.own_days,
        clock=clock,
        desk=house.desk,
    )


def work_once(work: Work) -> Done:
    """Plan, and send all that is due now."""
    planned = plan_reminders(work.database, work.reminders, work.own_days, work.clock())
    _sweep(work)
    taken_up = 0
    sender = _sender(work)
    while sender.send_next():
        taken_up += 1
    return Done(planned, taken_up)


def work_until(work: Work, stop: Event, told: Callable[[Done], None] | None = None) -> None:
    """Work until `stop` is set; a database that is gone for a while is waited for."""
    sender = _sender(work)
    planned_at: datetime | None = None
    swept_at: datetime | None = None
    while not stop.is_set():
        try:
            now = work.clock()
            planned = None
            if _is_time(planned_at, work.plan_every, now):
                planned = plan_reminders(work.database, work.reminders, work.own_days, now)
                planned_at = now
            if _is_time(swept_at, work.sweep_every, now):
                _sweep(work)
                swept_at = now
            count = sender.send_due(_BATCH)
        except Exception as failed:  # noqa: BLE001  the worker's edge: it goes on after any defect
            code = failed.code if isinstance(failed, AskdocError) else type(failed).__name__
            _LOG.warning("worker.trouble", extra={"error": code})
            stop.wait(work.trouble_seconds)
            continue
        if told is not None and (planned is not None or count):
            told(Done(planned, count))
        if count == 0:
            stop.wait(work.idle_seconds)


def _is_time(last: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether to do something again; a clock that was set back counts as time gone by."""
    return last is None or not last <= now < last + every


def _sweep(work: Work) -> None:
    if work.desk is not None:
        sweep(work.desk, work.clock())


def _sender(work: Work) -> Sender:
    return Sender(SqlOutbox(work.database), work.channels, work.sending, work.clock)
