"""What `reminders.py` holds against each other: the outbox, and what the receiver saw."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from askdoc.storage.care_tables import residents
from askdoc.storage.database import Database
from askdoc.storage.outbox_tables import letters


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
    waiting_at_restart: int = 0
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


def waiting(database: Database) -> int:
    """How many letters wait, and how many people who are due have none yet."""
    with database.reading() as kept:
        asked = select(func.count()).where(letters.c.next_at.is_not(None))
        planned = kept.scalar(select(func.count()).select_from(letters)) or 0
        there = kept.scalar(select(func.count()).select_from(residents)) or 0
        return (kept.scalar(asked) or 0) + there - planned


def settle(database: Database, log: Path, people: int) -> float:
    """Wait until nothing waits: seconds from the last restart until all that was due was seen."""
    began = time.monotonic()
    seen_all = 0.0
    while time.monotonic() - began < 60:
        if not seen_all and len(_seen(log)) >= people:
            seen_all = time.monotonic() - began
        if waiting(database) == 0:
            break
        time.sleep(0.05)
    return seen_all or time.monotonic() - began


def _seen(log: Path) -> Counter[str]:
    lines = log.read_text(encoding="utf-8").splitlines()
    return Counter(json.loads(line)["chat"] for line in lines)


def compare(database: Database, log: Path, people: int, found: Found) -> None:
    """Write into `found` what the log says against the outbox."""
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
