"""The channel for people without an app and without short messages: somebody at the clinic calls.

A message becomes a task on the clinic's list of calls, with what to say; how the call ended is the
report of its delivery. Nothing is sent twice: the same message again finds its task.
"""

from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.reminders import TOPIC
from askdoc.channels import Abilities, InDoubt, Outbound, Receipt, Refused, TryLater
from askdoc.channels.delivering import Clock
from askdoc.channels.port import BLOCKED
from askdoc.china_days import CHINA, today_of
from askdoc.storage.call_reports import CALL
from askdoc.storage.care_tables import residents
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.failures import Busy, Unreachable
from askdoc.storage.outbox_tables import letters
from askdoc.storage.task_rows import NewTask, open_task

_WAIT_SECONDS = 60
_L, _T = letters.c, tasks.c


class CallChannel:
    """`Channel` onto the lists of the clinics; at most `per_day` new calls a day at each.

    Choices are no part of the text: whoever calls keeps the outcome.
    """

    def __init__(self, database: Database, per_day: int, clock: Clock) -> None:
        self._database = database
        self._per_day = per_day
        self._clock = clock

    @property
    def name(self) -> str:
        return CALL

    @property
    def abilities(self) -> Abilities:
        return Abilities(buttons=True)

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Put a call on the list; `chat` is the number. Raises TryLater, Refused, InDoubt.

        A list that is full for today takes it tomorrow.
        """
        is_put = False
        now = in_utc(self._clock())
        try:
            with self._database.writing() as kept:
                task = self._put(kept, message, now)
                is_put = True
        except (Busy, Unreachable) as failed:
            # Once it was put, only the end of the transaction is not known.
            raise (InDoubt() if is_put else TryLater(seconds=_WAIT_SECONDS)) from failed
        return Receipt(task, now)

    def _put(self, kept: Connection, message: Outbound, now: datetime) -> str:
        row = _letter(kept, message.key)
        if row is None:
            raise Refused(reason="no_clinic")
        if row.died_on is not None:
            raise Refused(reason=BLOCKED)
        about = about_of(row)
        same = (_T.resident == row.recipient, _T.about == about, _T.kind == "call")
        known: str | None = kept.scalar(select(_T.id).where(*same))
        if known is not None:
            return known
        if calls_put(kept, row.clinic, now) >= self._per_day:
            raise TryLater(seconds=0)
        new = NewTask(kind="call", resident=row.recipient, about=about, summary=message.text)
        task = open_task(kept, new, now)
        if task is None:
            raise TryLater(seconds=_WAIT_SECONDS)
        return task


def about_of(row: Row[Any]) -> str:
    """What the task of a letter is about: a reminder's answers are about the same."""
    is_reminder = (row.topic, row.kind) == (TOPIC, "reminder")
    return str(row.cycle if is_reminder else f"letter/{row.id}")


def calls_put(kept: Connection, clinic: str, now: datetime) -> int:
    """How many calls were put on a clinic's list today."""
    today = datetime.combine(today_of(now), time.min, CHINA).astimezone(UTC)
    # A call that staff made by themselves has no words.
    put = (_T.kind == "call", _T.clinic == clinic, _T.opened_at >= today, _T.summary != "")
    return kept.scalar(select(func.count()).where(*put)) or 0


def calls_put_off(kept: Connection, clinic: str) -> int:
    """How many calls wait for a place on a clinic's list."""
    waiting = (_L.channel == CALL, _L.next_at.is_not(None), _L.tries > 0)
    of_clinic = letters.join(residents, residents.c.id == _L.recipient)
    asked = select(func.count()).select_from(of_clinic)
    return kept.scalar(asked.where(residents.c.clinic == clinic, *waiting)) or 0


def _letter(kept: Connection, key: str) -> Row[Any] | None:
    told = (_L.id, _L.topic, _L.kind, _L.cycle, _L.recipient)
    asked: Select[Any] = select(*told, residents.c.clinic, residents.c.died_on)
    asked = asked.join(residents, residents.c.id == _L.recipient)
    return kept.execute(asked.where(_L.id == key, residents.c.clinic.is_not(None))).one_or_none()
