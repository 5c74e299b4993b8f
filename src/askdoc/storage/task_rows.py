"""Tasks: everything that waits for a person, in one table, and who may work on which.

Each function works in the transaction of its caller. A task changes hands by one statement that
names the state it expects: of two colleagues who take it at once, one gets it.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select, true, update

from askdoc.assistant.talk.transcript import whole_text
from askdoc.china_days import today_of
from askdoc.desk.tasks import AlreadyClosed, AlreadyTaken, Kind, State, Task, Verdict
from askdoc.identity.roles import Caller, NotThere
from askdoc.storage.call_reports import report_call
from askdoc.storage.care_tables import contracts, residents
from askdoc.storage.desk_tables import tasks
from askdoc.storage.inserting import insert_into
from askdoc.storage.patients import patients_of, subject_of

_T = tasks.c


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task that is opened.

    `about` names what it comes of where that is no conversation: a reminder, a request for a slot.
    One that is to a doctor goes to the family doctor of the contract, else to any of the clinic.
    `due_on` is the last day for one that need not be done within hours.
    """

    kind: Kind
    summary: str = ""
    conversation: str | None = None
    turn: int | None = None
    verdict: Verdict | None = None
    resident: str | None = None
    about: str | None = None
    barrier: str | None = None
    recipient: str = "staff"
    due_on: date | None = None
    id: str | None = None


def open_task(kept: Connection, new: NewTask, now: datetime) -> str | None:
    """Open a task; its id. None where the same was opened before.

    A reported answer that still waits is not reported twice: its task says what was said last.
    """
    known = _reported(kept, new)
    if known is not None:
        said = {"verdict": new.verdict, "summary": whole_text(new.summary)}
        kept.execute(update(tasks).where(_T.id == known).values(**said))
        return known
    resident, clinic = _whose(kept, new)
    row = {
        "id": new.id or secrets.token_hex(16),
        "kind": new.kind,
        "conversation": new.conversation,
        "turn": new.turn,
        "verdict": new.verdict,
        "clinic": clinic,
        "resident": resident,
        "recipient": new.recipient,
        "addressee": _family_doctor(kept, resident, now) if new.recipient == "doctor" else None,
        "about": new.about,
        "barrier": new.barrier,
        "summary": whole_text(new.summary),
        "opened_at": now,
        "due_on": new.due_on,
        "state": "open",
    }
    added = insert_into(kept, tasks).on_conflict_do_nothing().returning(_T.id)
    return kept.execute(added, row).scalar_one_or_none()


def _reported(kept: Connection, new: NewTask) -> str | None:
    if new.turn is None:
        return None
    waiting = select(_T.id).where(
        _T.conversation == new.conversation, _T.turn == new.turn, _T.state != "closed"
    )
    return kept.scalars(waiting).first()


def _whose(kept: Connection, new: NewTask) -> tuple[str | None, str | None]:
    """The patient whom a task is about, and the clinic that works on it, as far as known."""
    resident, others = new.resident, [new.resident]
    if new.conversation is not None and resident is None:
        resident = subject_of(kept, new.conversation)
        others = [resident, *(one.resident for one in patients_of(kept, new.conversation))]
    for one in others:
        clinic = kept.scalar(select(residents.c.clinic).where(residents.c.id == one))
        if clinic is not None:
            return resident, clinic
    return resident, None


def _family_doctor(kept: Connection, resident: str | None, now: datetime) -> str | None:
    day: date = today_of(now)
    signed = contracts.c.resident == resident, contracts.c.since <= day
    holds = or_(contracts.c.until.is_(None), contracts.c.until >= day)
    newest = select(contracts.c.doctor).where(*signed, holds).order_by(contracts.c.since.desc())
    return kept.scalars(newest.limit(1)).first() or None


def worked_by(caller: Caller) -> ColumnElement[bool]:
    """Which tasks a caller may see and work on.

    Those of the own clinic. One of whom no clinic is known is anybody's of the staff, or nobody
    would answer it. A doctor sees those to doctors: to themselves, or to whoever is there.
    """
    here = (
        or_(_T.clinic.is_(None), _T.clinic == caller.clinic)
        if caller.clinic
        else _T.clinic.is_(None)
    )
    mine: ColumnElement[bool] = true()
    if caller.role == "doctor":
        mine = or_(_T.addressee.is_(None), _T.addressee == (caller.staff or ""))
        mine = mine & (_T.recipient == "doctor")
    return here & mine


def task_of(kept: Connection, id: str, caller: Caller) -> Task:
    """A task that is the caller's to work on. Raises NotThere."""
    row = kept.execute(select(tasks).where(_T.id == id, worked_by(caller))).one_or_none()
    if row is None:
        raise NotThere
    return task_from(row)


def list_tasks(
    kept: Connection, caller: Caller, state: State | None, after: int, count: int
) -> list[Task]:
    """The caller's tasks, oldest first."""
    asked = select(tasks).where(_T.number > after, worked_by(caller)).order_by(_T.number)
    if state is not None:
        asked = asked.where(_T.state == state)
    return [task_from(row) for row in kept.execute(asked.limit(count))]


def tasks_in(kept: Connection, conversation: str) -> list[Task]:
    """The tasks of one conversation, oldest first."""
    asked = select(tasks).where(_T.conversation == conversation).order_by(_T.number)
    return [task_from(row) for row in kept.execute(asked)]


def take_task(kept: Connection, id: str, caller: Caller) -> None:
    """Give a task to the caller. Raises NotThere, AlreadyTaken, AlreadyClosed."""
    mine = update(tasks).where(
        _T.id == id,
        _T.state != "closed",
        worked_by(caller),
        or_(_T.owner.is_(None), _T.owner == caller.person),
    )
    if kept.execute(mine.values(owner=caller.person, state="taken")).rowcount == 0:
        found = task_of(kept, id, caller)
        raise AlreadyClosed if found.state == "closed" else AlreadyTaken


def hand_back(kept: Connection, person: str) -> None:
    """Open what a person took and did not close to their colleagues again."""
    theirs = update(tasks).where(_T.owner == person, _T.state == "taken")
    kept.execute(theirs.values(owner=None, state="open"))


def close_task(kept: Connection, id: str, outcome: str, now: datetime) -> None:
    """Close a task that is taken. Raises AlreadyClosed."""
    done = update(tasks).where(_T.id == id, _T.state == "taken")
    values = {"state": "closed", "outcome": outcome, "closed_at": now}
    if kept.execute(done.values(**values)).rowcount == 0:
        raise AlreadyClosed
    report_call(kept, id, outcome, now)


def close_about(kept: Connection, kind: Kind, about: str, outcome: str, now: datetime) -> None:
    """Close what came of something that is settled, whoever has it."""
    done = update(tasks).where(_T.kind == kind, _T.about == about, _T.state != "closed")
    kept.execute(done.values(state="closed", outcome=outcome, closed_at=now))


def task_from(row: Row[Any]) -> Task:
    """A task from its row."""
    return Task(**{name: row._mapping[name] for name in Task.__slots__})
