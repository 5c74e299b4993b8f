"""Keeps what people answered to reminders as tasks of the clinic, and what became of them."""

from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.loop import (
    OUTCOMES,
    Answer,
    BadOutcome,
    Barrier,
    NoOpenTask,
    Replied,
    UnknownReminder,
    is_urgent,
    later_at,
    reply_to,
)
from askdoc.care.reminders import TOPIC
from askdoc.channels.letters import Letter
from askdoc.desk.tasks import REFILLS, Task
from askdoc.storage.call_reports import report_call
from askdoc.storage.care_tables import prescriptions, refill_cycles, residents
from askdoc.storage.database import Database
from askdoc.storage.desk_tables import tasks
from askdoc.storage.letter_rows import held
from askdoc.storage.outbox import put_letters
from askdoc.storage.outbox_tables import letters
from askdoc.storage.task_rows import NewTask, open_task, task_from

_T = tasks.c


def answer_reminder(
    database: Database, token: str, answer: Answer, now: datetime, barrier: Barrier | None = None
) -> Replied:
    """Keep an answer; answering twice keeps it once. Raises UnknownReminder."""
    with database.writing() as kept:
        cycle = kept.execute(
            select(refill_cycles).where(refill_cycles.c.token == token).limit(1)
        ).one_or_none()
        if cycle is None or cycle.letter is None:
            raise UnknownReminder
        if answer == "later":
            _remind_again(kept, cycle, in_utc(now))
        elif answer != "trouble" or barrier is not None:
            _open_task(kept, cycle, (answer, barrier), in_utc(now))
    return reply_to(answer, barrier)


def _open_task(
    kept: Connection,
    cycle: Row[Any],
    said: tuple[Literal["collected", "renew", "trouble"], Barrier | None],
    now: datetime,
) -> None:
    answer, barrier = said
    new = NewTask(
        kind=answer,
        resident=cycle.resident,
        about=cycle.letter,
        barrier=barrier,
        recipient="doctor",
    )
    opened = open_task(kept, new, now)
    if answer == "collected" and opened is not None:
        # Their word for it; the clinic's own records say whether it was.
        told = {"state": "closed", "closed_at": now, "outcome": "said_collected"}
        kept.execute(update(tasks).where(_T.id == opened).values(owner=cycle.resident, **told))
    if barrier is not None:
        # Another barrier named later is the one that stands.
        kept.execute(
            update(tasks)
            .where(_T.resident == cycle.resident, _T.about == cycle.letter, _T.kind == answer)
            .where(_T.closed_at.is_(None))
            .values(barrier=barrier)
        )


def _remind_again(kept: Connection, cycle: Row[Any], now: datetime) -> None:
    named = (letters.c.topic == TOPIC) & (letters.c.subject == cycle.resident)
    row = kept.execute(
        select(letters).where(named, letters.c.cycle == cycle.letter, letters.c.kind == "reminder")
    ).one()
    first = held(row).letter
    again = Letter(
        topic=TOPIC,
        subject=first.subject,
        cycle=first.cycle,
        # Once for each reminder: "later" twice does not make two.
        kind="later",
        recipient=first.recipient,
        routes=first.routes,
        text=first.text,
        lang=first.lang,
        not_before=later_at(now),
        not_after=later_at(now) + timedelta(days=2),
        choices=first.choices,
        window=first.window,
        named=first.named,
        brief=first.brief,
    )
    put_letters(kept, [again], now)


def medicines_held(kept: Connection, resident: str, day: date) -> list[str]:
    """The medicines of a resident's prescriptions that hold on a day."""
    its = prescriptions.c
    holds = its.stopped_on.is_(None) | (its.stopped_on > day)
    asked = select(its.medicine).where(its.resident == resident, its.issued_on <= day, holds)
    return list(kept.scalars(asked.distinct()))


def tokens_at(database: Database, clinic: str) -> list[str]:
    """The names that buttons carry of all reminders that residents of a clinic got."""
    asked = (
        select(refill_cycles.c.token)
        .join(residents, residents.c.id == refill_cycles.c.resident)
        .where(residents.c.clinic == clinic, refill_cycles.c.letter.is_not(None))
        .order_by(refill_cycles.c.resident, refill_cycles.c.token)
    )
    with database.reading() as kept:
        return list(kept.scalars(asked))


def open_tasks(database: Database, clinic: str | None = None) -> list[Task]:
    """What waits at a clinic (or at all): what may mean harm first, then oldest first.

    Calls have a list of their own.
    """
    waiting = (_T.kind.in_(REFILLS), _T.kind != "call", _T.closed_at.is_(None))
    asked = select(tasks).where(*waiting).order_by(_T.number)
    if clinic is not None:
        asked = asked.where(_T.clinic == clinic)
    with database.reading() as kept:
        found = [task_from(row) for row in kept.execute(asked)]
    return sorted(found, key=lambda one: not is_urgent(one.barrier))


def close_task(
    database: Database,
    number: int,
    outcome: str,
    by: str,
    now: datetime,
    clinic: str | None = None,
) -> None:
    """End a task, of that clinic if one is named. Raises BadOutcome and NoOpenTask."""
    if outcome not in OUTCOMES:
        raise BadOutcome(said=outcome, known=", ".join(OUTCOMES))
    done = update(tasks).where(_T.number == number, _T.kind.in_(REFILLS), _T.closed_at.is_(None))
    if clinic is not None:
        done = done.where(_T.clinic == clinic)
    ended = {"state": "closed", "closed_at": in_utc(now), "owner": by, "outcome": outcome}
    with database.writing() as kept:
        closed = kept.scalar(done.values(**ended).returning(_T.id))
        if closed is None:
            raise NoOpenTask(number=number)
        report_call(kept, closed, outcome, in_utc(now))
