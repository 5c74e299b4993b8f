"""What a call of the list says of its letter, once somebody made it.

Told on the telephone is delivered; a number that is another person's takes nothing any more.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from askdoc.care.loop import NOT_TOLD
from askdoc.channels.letters import Route
from askdoc.channels.port import WRONG_NUMBER
from askdoc.storage.care_rows import routes_of
from askdoc.storage.care_tables import residents
from askdoc.storage.consents import mark_blocked
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox import report_letter

CALL = "call"
# Channels whose chats are telephone numbers.
_TELEPHONES = (CALL, "sms")


def telephones(routes: Iterable[Iterable[str]]) -> list[Route]:
    """Those ways to a person that are telephone numbers."""
    return [one for one in routes_of(routes) if one.channel in _TELEPHONES]


def report_call(kept: Connection, task: str, outcome: str, now: datetime) -> None:
    """Record how a call ended with the letter it was made for, and a wrong number."""
    report_letter(kept, CALL, task, "failed" if outcome in NOT_TOLD else "delivered", now)
    if outcome != WRONG_NUMBER:
        return
    asked = select(residents.c.routes).join(tasks, tasks.c.resident == residents.c.id)
    for route in telephones(kept.scalar(asked.where(tasks.c.id == task)) or ()):
        mark_blocked(kept, route, now)
