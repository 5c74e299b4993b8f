"""The day on which the demonstration stands, and the clock of its sender.

The pages stand still at `DEMO_NOW`; the sender's clock goes on from there, or the lease of a
killed worker would never end.
"""

import time
from datetime import UTC, datetime, timedelta

# A working day of the shipped catalogue edition.
DEMO_NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)


def going_on(began: float) -> datetime:
    """The moment it is for the sender; `began` is when the demonstration was opened (Unix time)."""
    return DEMO_NOW + timedelta(seconds=max(0.0, time.time() - began))
