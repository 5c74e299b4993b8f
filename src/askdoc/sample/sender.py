"""The sender of the demonstration: the worker as it is, on sample phones, with a short lease.

`python -m askdoc.sample.sender LOG BEGAN`. A process of its own, so that it can be killed.
"""

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from askdoc.bootstrap import House
from askdoc.sample.day import going_on
from askdoc.sample.phones import SamplePhones
from askdoc.settings import read_settings
from askdoc.worker import Work, work_until

# Shorter and faster than usual, so that nobody has to wait while it is shown.
_LEASE = timedelta(seconds=5)
_PER_MINUTE = 1_000_000
_LOOK_SECONDS = 0.5
_REACH_SECONDS = 0.01


def send(log: Path, began: float) -> None:
    """Plan and send until whoever started us is gone."""
    house, stop = House(read_settings()), Event()

    def watch(parent: int) -> None:
        while not stop.wait(_LOOK_SECONDS):
            if os.getppid() != parent:
                stop.set()

    Thread(target=watch, args=(os.getppid(),), daemon=True).start()
    work = Work(
        database=house.database,
        channels=[SamplePhones(log, lambda: going_on(began), _REACH_SECONDS)],
        sending=replace(house.sending_rules, lease=_LEASE, per_minute=_PER_MINUTE),
        reminders=house.reminder_rules,
        own_days=house.own_days,
        clock=lambda: going_on(began),
    )
    work_until(work, stop)


if __name__ == "__main__":
    send(Path(sys.argv[1]), float(sys.argv[2]))
