"""Tasks, replies of staff, verdicts of readers, and what became of a reported answer.

Each function works in the transaction of its caller. A task changes hands by one statement that
names the state it expects: of two colleagues who take it at once, one gets it.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from askdoc.assistant.talk.transcript import whole_text
from askdoc.desk.tasks import (
    OUTCOMES,
    VERDICTS,
    AlreadyClosed,
    AlreadyTaken,
    Correction,
    Kind,
    State,
    Task,
    Verdict,
)
from askdoc.identity.roles import NotThere
from askdoc.storage.desk_tables import corrections, messages, tasks, verdicts
from askdoc.storage.tables import conversations, turns


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task that is opened."""

    kind: Kind
    conversation: str
    summary: str
    turn: int | None = None
    verdict: Verdict | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What a person at the clinic wrote into a chat."""

    number: int
    task: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction as it is kept, with the question and answer it is about."""

    number: int
    task: str
    asked: str
    answered: str
    made: Correction
    by: str
    at: datetime


def open_conversation(kept: Connection, channel: str, speaker: str, now: datetime) -> str:
    """Begin a conversation in the transaction of what it belongs to; as `Transcript` does."""
    id = secrets.token_hex(16)
    row = {"id": id, "channel": channel, "speaker": speaker, "opened_at": now, "turn_count": 0}
    kept.execute(insert(conversations), row)
    return id


def open_task(kept: Connection, new: NewTask, now: datetime) -> str:
    """Open a task; its id. A reported answer that still waits is not reported twice."""
    if new.turn is not None:
        waiting = select(tasks.c.id).where(
            tasks.c.conversation == new.conversation,
            tasks.c.turn == new.turn,
            tasks.c.state != "closed",
        )
        known = kept.execute(waiting).scalars().first()
        if known is not None:
            kept.execute(
                update(tasks)
                .where(tasks.c.id == known)
                .values(verdict=new.verdict, summary=whole_text(new.summary))
            )
            return str(known)
    id = new.id or secrets.token_hex(16)
    row = {
        "id": id,
        "kind": new.kind,
        "conversation": new.conversation,
        "turn": new.turn,
        "verdict": new.verdict,
        "summary": whole_text(new.summary),
        "opened_at": now,
        "state": "open",
    }
    kept.execute(insert(tasks), row)
    return id


def task_of(kept: Connection, id: str) -> Task:
    """A task. Raises NotThere."""
    row = kept.execute(select(tasks).where(tasks.c.id == id)).one_or_none()
    if row is None:
        raise NotThere
    return _task(row)


def list_tasks(kept: Connection, state: State | None, after: int, count: int) -> list[Task]:
    """Tasks, oldest first."""
    asked = select(tasks).where(tasks.c.number > after).order_by(tasks.c.number).limit(count)
    if state is not None:
        asked = asked.where(tasks.c.state == state)
    return [_task(row) for row in kept.execute(asked)]


def tasks_in(kept: Connection, conversation: str) -> list[Task]:
    """The tasks of one conversation, oldest first."""
    asked = select(tasks).where(tasks.c.conversation == conversation).order_by(tasks.c.number)
    return [_task(row) for row in kept.execute(asked)]


def take_task(kept: Connection, id: str, person: str) -> None:
    """Give a task to a person. Raises NotThere, AlreadyTaken, AlreadyClosed."""
    mine = update(tasks).where(
        tasks.c.id == id, tasks.c.state != "closed", (tasks.c.owner.is_(None)) | _by(person)
    )
    if kept.execute(mine.values(owner=person, state="taken")).rowcount == 0:
        found = task_of(kept, id)
        raise AlreadyClosed if found.state == "closed" else AlreadyTaken


def close_task(kept: Connection, id: str, outcome: str, now: datetime) -> None:
    """Close a task that is taken. Raises AlreadyClosed."""
    done = update(tasks).where(tasks.c.id == id, tasks.c.state == "taken")
    values = {"state": "closed", "outcome": outcome, "closed_at": now}
    if kept.execute(done.values(**values)).rowcount == 0:
        raise AlreadyClosed


def write_message(kept: Connection, task: Task, text: str, now: datetime) -> int:
    """Keep what staff write into the resident's chat; its number."""
    row = {
        "conversation": task.conversation,
        "task": task.id,
        "text": whole_text(text),
        "at": now,
    }
    made: int = kept.execute(insert(messages).returning(messages.c.number), row).scalar_one()
    return made


def messages_in(kept: Connection, conversation: str, after: int) -> list[Message]:
    """What staff wrote into a chat after that number, oldest first."""
    asked = (
        select(messages)
        .where(messages.c.conversation == conversation, messages.c.number > after)
        .order_by(messages.c.number)
        .limit(100)
    )
    return [Message(row.number, row.task, row.text, row.at) for row in kept.execute(asked)]


def keep_verdict(
    kept: Connection, place: tuple[str, int], verdict: Verdict, words: str, now: datetime
) -> None:
    """Keep what a reader says of one answer; a later verdict replaces the earlier one."""
    conversation, turn = place
    here = (verdicts.c.conversation == conversation) & (verdicts.c.turn == turn)
    kept.execute(delete(verdicts).where(here))
    row = {"conversation": conversation, "turn": turn, "verdict": verdict, "at": now}
    kept.execute(insert(verdicts), row | {"words": whole_text(words)})


def verdicts_in(kept: Connection, conversation: str) -> dict[int, Verdict]:
    """What readers said of the answers of a conversation, by turn."""
    asked = select(verdicts.c.turn, verdicts.c.verdict)
    rows = kept.execute(asked.where(verdicts.c.conversation == conversation))
    return {row.turn: next(one for one in VERDICTS if one == row.verdict) for row in rows}


def turn_told(kept: Connection, conversation: str, turn: int) -> tuple[str, dict[str, Any]]:
    """What was asked and answered in one turn. Raises NotThere."""
    asked = select(turns.c.said, turns.c.answer)
    row = kept.execute(
        asked.where(turns.c.conversation == conversation, turns.c.number == turn)
    ).one_or_none()
    if row is None:
        raise NotThere
    answer: dict[str, Any] = row.answer
    return row.said, answer


def keep_correction(kept: Connection, task: Task, made: Correction, by: str, now: datetime) -> None:
    """Keep what became of a task, with the question and answer that it was about."""
    asked, answered = task.summary, ""
    if task.turn is not None:
        asked, answer = turn_told(kept, task.conversation, task.turn)
        answered = str(answer.get("text", ""))
    row = {
        "task": task.id,
        "outcome": made.outcome,
        "asked": asked,
        "answered": answered,
        "text": whole_text(made.text),
        "scope": made.scope,
        "expires_on": made.expires_on,
        "by": by,
        "at": now,
    }
    kept.execute(insert(corrections), row)


def list_corrections(kept: Connection, before: int | None, count: int) -> list[Corrected]:
    """Corrections, newest first."""
    asked = select(corrections).order_by(corrections.c.number.desc()).limit(count)
    if before is not None:
        asked = asked.where(corrections.c.number < before)
    return [_corrected(row) for row in kept.execute(asked)]


def approved(kept: Connection, asked: str, day: date) -> list[Corrected]:
    """Approved answers to exactly these words that hold on a day, newest first."""
    found = (
        select(corrections)
        .where(
            corrections.c.asked == asked,
            corrections.c.outcome == "approved_answer",
            corrections.c.expires_on >= day,
        )
        .order_by(corrections.c.number.desc())
    )
    return [_corrected(row) for row in kept.execute(found)]


def unanswered(kept: Connection, newest: int) -> list[str]:
    """What was asked and not answered among the newest turns, newest first."""
    asked = (
        select(turns.c.said)
        .where(turns.c.answer["kind"].as_string() == "nothing_found")
        .order_by(turns.c.at.desc())
        .limit(newest)
    )
    return list(kept.scalars(asked))


def _by(person: str) -> Any:
    return tasks.c.owner == person


def _task(row: Row[Any]) -> Task:
    return Task(
        id=row.id,
        number=row.number,
        kind=row.kind,
        conversation=row.conversation,
        turn=row.turn,
        verdict=row.verdict,
        summary=row.summary,
        opened_at=row.opened_at,
        state=row.state,
        owner=row.owner,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


def _corrected(row: Row[Any]) -> Corrected:
    outcome = next(one for one in OUTCOMES if one == row.outcome)
    return Corrected(
        number=row.number,
        task=row.task,
        asked=row.asked,
        answered=row.answered,
        made=Correction(outcome=outcome, text=row.text, scope=row.scope, expires_on=row.expires_on),
        by=row.by,
        at=row.at,
    )
