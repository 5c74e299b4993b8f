"""Whom a clinic should call about a refill, and what became of the calls.

A call that was made is kept as a task that is closed, so that whoever was called is off the list
and counted among the outcomes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update

from askdoc.assistant.talk.transcript import in_utc
from askdoc.care.loop import CALL_OUTCOMES, BadOutcome, NoCall
from askdoc.care.reminders import TOPIC, ReminderRules
from askdoc.channels.port import BLOCKED, WRONG_NUMBER
from askdoc.channels.sending import CONSENT_CAME, NO_CONSENT
from askdoc.desk.tasks import REFILLS
from askdoc.storage.call_reports import report_call, telephones
from askdoc.storage.care_tables import dispensings, refill_cycles, residents
from askdoc.storage.database import Kept
from askdoc.storage.desk_tables import tasks
from askdoc.storage.outbox_tables import letters
from askdoc.storage.task_rows import NewTask, open_task


@dataclass(frozen=True, slots=True)
class ToCall:
    """A resident to call, and why: `silent` for days, or what became of a lost reminder.

    `call`: it is the way to them, and `words` are what is to be said. `blocked`: they take nothing
    from us; `no_consent`: they have to be asked first. `number` is empty where none is known.
    """

    resident: str
    why: str
    since: date
    letter: str
    number: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Calling:
    """When somebody calls: after so many silent days, by the rules of reminders."""

    rules: ReminderRules
    after_days: int


def call_list(kept: Kept, clinic: str, calling: Calling, now: datetime) -> list[ToCall]:
    """Whom the clinic should call: reminded and silent for days, or never reached.

    Who answered, or collected meanwhile, is not on it; nor whose task is closed.
    """
    since = in_utc(now) - timedelta(days=calling.after_days)
    found = {one.resident: one for one in _put_on_list(kept, clinic, calling)}
    for row in kept.execute(_unanswered(clinic)):
        in_time = row.not_after is not None and row.not_after >= in_utc(now)
        if row.reason == CONSENT_CAME and in_time:
            # It goes out after all.
            continue
        silent = row.state in ("sent", "delivered", "read") and row.changed_at <= since
        if silent or row.state in ("in_doubt", "failed", "missed"):
            why = "silent" if silent else _lost(row.state, row.reason)
            day = row.changed_at.astimezone(calling.rules.zone).date()
            told = ToCall(row.resident, why, day, row.letter, _number(row.routes))
            found.setdefault(row.resident, told)
    return list(found.values())


def _put_on_list(kept: Kept, clinic: str, calling: Calling) -> list[ToCall]:
    """Those to whom a call is the way, oldest first."""
    waiting = (tasks.c.kind == "call", tasks.c.clinic == clinic, tasks.c.closed_at.is_(None))
    asked = (
        select(tasks, residents.c.routes)
        .join(residents, residents.c.id == tasks.c.resident)
        .where(*waiting, residents.c.died_on.is_(None))
        .order_by(tasks.c.number)
    )
    return [
        ToCall(
            row.resident,
            "call",
            row.opened_at.astimezone(calling.rules.zone).date(),
            row.about,
            _number(row.routes),
            row.summary,
        )
        for row in kept.execute(asked)
    ]


def _number(routes: Iterable[Iterable[str]]) -> str:
    return next((one.chat for one in telephones(routes)), "")


def _lost(state: str, reason: str) -> str:
    if reason == CONSENT_CAME:
        return "missed"
    return reason if reason in (BLOCKED, NO_CONSENT, WRONG_NUMBER) else state


@dataclass(frozen=True, slots=True)
class Called:
    """A call that somebody made, and its outcome."""

    resident: str
    outcome: str
    by: str


def end_call(kept: Kept, clinic: str, calling: Calling, called: Called, now: datetime) -> None:
    """Keep what became of a call. Raises BadOutcome, and NoCall when nobody is to be called."""
    if called.outcome not in CALL_OUTCOMES:
        raise BadOutcome(said=called.outcome, known=", ".join(CALL_OUTCOMES))
    waiting = call_list(kept, clinic, calling, now)
    wanted = next((one for one in waiting if one.resident == called.resident), None)
    if wanted is None:
        raise NoCall(resident=called.resident)
    new = NewTask(kind="call", resident=wanted.resident, about=wanted.letter)
    opened = open_task(kept, new, in_utc(now)) or _open_call(kept, wanted)
    if opened is None:
        raise NoCall(resident=called.resident)
    told = {"state": "closed", "closed_at": in_utc(now), "outcome": called.outcome}
    kept.execute(update(tasks).where(tasks.c.id == opened).values(owner=called.by, **told))
    report_call(kept, opened, called.outcome, in_utc(now))


def _open_call(kept: Kept, wanted: ToCall) -> str | None:
    named = (tasks.c.resident == wanted.resident, tasks.c.about == wanted.letter)
    waiting = (tasks.c.kind == "call", tasks.c.closed_at.is_(None))
    found: str | None = kept.scalar(select(tasks.c.id).where(*named, *waiting))
    return found


def _unanswered(clinic: str) -> Select[Any]:
    """The newest reminder of each prescription that nobody answered and nothing followed."""
    newer = refill_cycles.alias()
    answered = select(tasks.c.number).where(
        tasks.c.kind.in_(REFILLS),
        tasks.c.resident == refill_cycles.c.resident,
        tasks.c.about == refill_cycles.c.letter,
    )
    later = select(newer.c.cycle).where(
        newer.c.prescription == refill_cycles.c.prescription,
        newer.c.planned_at > refill_cycles.c.planned_at,
    )
    told = (
        (letters.c.topic == TOPIC)
        & (letters.c.subject == refill_cycles.c.resident)
        & (letters.c.cycle == refill_cycles.c.letter)
        & (letters.c.kind == "reminder")
    )
    return (
        select(
            refill_cycles.c.resident,
            refill_cycles.c.letter,
            letters.c.state,
            letters.c.reason,
            letters.c.not_after,
            letters.c.changed_at,
            residents.c.routes,
        )
        .join(letters, told)
        .join(residents, residents.c.id == refill_cycles.c.resident)
        .where(residents.c.clinic == clinic, residents.c.died_on.is_(None))
        .where(~answered.exists(), ~later.exists(), ~_collected_since())
        .order_by(letters.c.changed_at, letters.c.number)
    )


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
