"""Keeps what people answered to reminders as tasks of the clinic, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

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
from askdoc.care.reminders import TOPIC, ReminderRules
from askdoc.channels.letters import Letter
from askdoc.storage.care_tables import dispensings, refill_cycles, refill_tasks, residents
from askdoc.storage.database import Database
from askdoc.storage.inserting import insert_into
from askdoc.storage.letter_rows import held
from askdoc.storage.outbox import put_letters
from askdoc.storage.outbox_tables import letters

_T = refill_tasks.c


@dataclass(frozen=True, slots=True, kw_only=True)
class RefillTask:
    """Something for the clinic to do about one resident's refill."""

    number: int
    resident: str
    clinic: str
    kind: str
    barrier: str | None
    opened_at: datetime
    outcome: str | None

    @property
    def is_urgent(self) -> bool:
        """Whether the clinic should call before anything else."""
        return is_urgent(self.barrier)


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
            _open_task(kept, cycle, answer, barrier, in_utc(now))
    return reply_to(answer, barrier)


def _open_task(
    kept: Connection, cycle: Row[Any], answer: Answer, barrier: Barrier | None, now: datetime
) -> None:
    clinic = kept.scalar(select(residents.c.clinic).where(residents.c.id == cycle.resident))
    row: dict[str, Any] = {
        "resident": cycle.resident,
        "clinic": clinic,
        "letter": cycle.letter,
        "kind": answer,
        "barrier": barrier,
        "opened_at": now,
    }
    if answer == "collected":
        # Their word for it; the clinic's own records say whether it was.
        row |= {"closed_at": now, "closed_by": cycle.resident, "outcome": "said_collected"}
    kept.execute(insert_into(kept, refill_tasks).on_conflict_do_nothing(), row)
    if barrier is not None:
        # Another barrier named later is the one that stands.
        kept.execute(
            update(refill_tasks)
            .where(_T.resident == cycle.resident, _T.letter == cycle.letter, _T.kind == answer)
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
    )
    put_letters(kept, [again], now)


def open_tasks(database: Database, clinic: str | None = None) -> list[RefillTask]:
    """What waits at a clinic (or at all): what may mean harm first, then oldest first."""
    asked = select(refill_tasks).where(_T.closed_at.is_(None)).order_by(_T.number)
    if clinic is not None:
        asked = asked.where(_T.clinic == clinic)
    with database.reading() as kept:
        found = [_task(row) for row in kept.execute(asked)]
    return sorted(found, key=lambda one: not one.is_urgent)


def close_task(database: Database, number: int, outcome: str, by: str, now: datetime) -> None:
    """End a task. Raises BadOutcome and NoOpenTask."""
    if outcome not in OUTCOMES:
        raise BadOutcome(said=outcome, known=", ".join(OUTCOMES))
    done = update(refill_tasks).where(_T.number == number, _T.closed_at.is_(None))
    ended = {"closed_at": in_utc(now), "closed_by": by, "outcome": outcome}
    with database.writing() as kept:
        if kept.execute(done.values(**ended)).rowcount == 0:
            raise NoOpenTask(number=number)


@dataclass(frozen=True, slots=True)
class ToCall:
    """A resident to call, and why: `silent` for days, or the state of a lost reminder."""

    resident: str
    why: str
    since: date


def call_list(
    database: Database, clinic: str, rules: ReminderRules, after_days: int, now: datetime
) -> list[ToCall]:
    """Whom the clinic should call: reminded and silent for `after_days`, or never reached.

    Who answered, or collected meanwhile, is not on it; nor whose task is closed.
    """
    since = in_utc(now) - timedelta(days=after_days)
    newer = refill_cycles.alias()
    asked = (
        select(refill_cycles.c.resident, letters.c.state, letters.c.changed_at)
        .join(
            letters,
            (letters.c.topic == TOPIC)
            & (letters.c.subject == refill_cycles.c.resident)
            & (letters.c.cycle == refill_cycles.c.letter)
            & (letters.c.kind == "reminder"),
        )
        .join(residents, residents.c.id == refill_cycles.c.resident)
        .where(residents.c.clinic == clinic, residents.c.died_on.is_(None))
        .where(
            ~select(_T.number)
            .where(_T.resident == refill_cycles.c.resident, _T.letter == refill_cycles.c.letter)
            .exists()
        )
        .where(
            ~select(newer.c.cycle)
            .where(newer.c.prescription == refill_cycles.c.prescription)
            .where(newer.c.planned_at > refill_cycles.c.planned_at)
            .exists()
        )
        .where(~_collected_since())
        .order_by(letters.c.changed_at)
    )
    found: dict[str, ToCall] = {}
    with database.reading() as kept:
        for row in kept.execute(asked):
            silent = row.state in ("sent", "delivered", "read") and row.changed_at <= since
            if silent or row.state in ("in_doubt", "failed", "missed"):
                why = "silent" if silent else row.state
                day = row.changed_at.astimezone(rules.zone).date()
                found.setdefault(row.resident, ToCall(row.resident, why, day))
    return list(found.values())


def _collected_since() -> Any:
    """Whether a newer collection of the cycle's prescription is known than the one it follows."""
    last = dispensings.alias()
    before = select(last.c.day).where(last.c.id == refill_cycles.c.cycle).scalar_subquery()
    newer = select(dispensings.c.id).where(
        dispensings.c.prescription == refill_cycles.c.prescription,
        dispensings.c.id != refill_cycles.c.cycle,
        (before.is_(None)) | (dispensings.c.day > before),
    )
    return newer.exists()


def _task(row: Row[Any]) -> RefillTask:
    return RefillTask(
        number=row.number,
        resident=row.resident,
        clinic=row.clinic,
        kind=row.kind,
        barrier=row.barrier,
        opened_at=row.opened_at,
        outcome=row.outcome,
    )
