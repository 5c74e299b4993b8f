"""Replies of staff, verdicts of readers, and what became of a reported answer.

Each function works in the transaction of its caller.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from askdoc.assistant.talk.transcript import JsonObject, whole_text
from askdoc.channels.letters import Letter, Route
from askdoc.desk.tasks import (
    OUTCOMES,
    VERDICTS,
    Correction,
    NoWay,
    Task,
    Verdict,
)
from askdoc.identity.roles import Caller, NotThere
from askdoc.storage.care_rows import reached_of
from askdoc.storage.care_tables import residents
from askdoc.storage.desk_tables import corrections, messages, tasks, verdicts
from askdoc.storage.messaging_tables import chat_people, chats
from askdoc.storage.outbox import put_letters
from askdoc.storage.prepared import Prepared
from askdoc.storage.tables import conversations, turns
from askdoc.storage.task_rows import worked_by
from askdoc.wording import Lang

# Asked for by every turn.
_APPROVED = Prepared(
    select(corrections, turns.c.tools, turns.c.understood, turns.c.passages)
    .join(tasks, tasks.c.id == corrections.c.task)
    .join(turns, (turns.c.conversation == tasks.c.conversation) & (turns.c.number == tasks.c.turn))
    .where(
        corrections.c.answered == bindparam("answered"),
        corrections.c.outcome == "approved_answer",
        corrections.c.expires_on >= bindparam("day"),
    )
    .order_by(corrections.c.number.desc())
)


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


@dataclass(frozen=True, slots=True)
class Approved:
    """A correction of an answer, with what the turn called, understood and read from."""

    corrected: Corrected
    tools: list[JsonObject] = field(repr=False)
    understood: list[JsonObject] = field(repr=False)
    passages: list[str]


def open_conversation(kept: Connection, channel: str, speaker: str, now: datetime) -> str:
    """Begin a conversation in the transaction of what it belongs to; as `Transcript` does."""
    id = secrets.token_hex(16)
    row = {"id": id, "channel": channel, "speaker": speaker, "opened_at": now, "turn_count": 0}
    kept.execute(insert(conversations), row)
    return id


def write_message(kept: Connection, task: Task, text: str, now: datetime) -> int:
    """Keep what staff write to the person, and send it where they have a chat; its number.

    Raises NoWay when nothing is known of them that could be written to.
    """
    routes, lang = _ways(kept, task)
    if task.conversation is None and not routes:
        raise NoWay
    row = {
        "conversation": task.conversation,
        "task": task.id,
        "text": whole_text(text),
        "at": now,
    }
    made: int = kept.execute(insert(messages).returning(messages.c.number), row).scalar_one()
    if routes:
        letter = Letter(
            topic="desk",
            subject=task.id,
            cycle=str(made),
            # Only in the chat where somebody asked is it an answer, which no block holds up.
            kind="answer" if task.conversation else "notice",
            recipient=task.resident or task.id,
            routes=routes,
            text=text,
            lang=lang,
            not_before=now,
            unasked=False,
        )
        put_letters(kept, [letter], now)
    return made


def _ways(kept: Connection, task: Task) -> tuple[tuple[Route, ...], Lang]:
    """The chat in which somebody asked, else the ways on which the resident is reminded.

    A conversation on the pages is read there, and has none.
    """
    if task.conversation is not None:
        asked = select(chats.c.channel, chats.c.chat, chats.c.lang).join(chat_people)
        chat = kept.execute(asked.where(chat_people.c.conversation == task.conversation)).first()
        if chat is None:
            return (), "zh"
        return (Route(chat.channel, chat.chat),), "en" if chat.lang == "en" else "zh"
    row = kept.execute(select(residents).where(residents.c.id == task.resident)).one_or_none()
    if row is None:
        return (), "zh"
    reached = reached_of(row)
    return reached.routes, reached.lang


def messages_of(kept: Connection, task: str) -> list[Message]:
    """What staff wrote about a task that is of no conversation, oldest first."""
    asked = select(messages).where(messages.c.task == task).order_by(messages.c.number)
    return [Message(row.number, row.task, row.text, row.at) for row in kept.execute(asked)]


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
    if task.conversation is not None and task.turn is not None:
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


def list_corrections(
    kept: Connection, caller: Caller, before: int | None, count: int
) -> list[Corrected]:
    """What became of the caller's tasks, newest first."""
    theirs = select(corrections).join(tasks, tasks.c.id == corrections.c.task)
    asked = theirs.where(worked_by(caller)).order_by(corrections.c.number.desc()).limit(count)
    if before is not None:
        asked = asked.where(corrections.c.number < before)
    return [_corrected(row) for row in kept.execute(asked)]


def all_corrections(kept: Connection) -> list[Corrected]:
    """Every correction of every clinic, oldest first: for whoever evaluates the answers."""
    asked = select(corrections).order_by(corrections.c.number)
    return [_corrected(row) for row in kept.execute(asked)]


def approved(kept: Connection, answered: str, day: date) -> list[Approved]:
    """What was approved in place of exactly this answer and holds on a day, newest first."""
    return [
        Approved(_corrected(row), row.tools, row.understood, row.passages)
        for row in _APPROVED.rows(kept, {"answered": answered, "day": day})
    ]


def unanswered(kept: Connection, newest: int) -> list[str]:
    """What was asked and not answered among the newest turns, newest first."""
    asked = (
        select(turns.c.said)
        .where(turns.c.answer["kind"].as_string() == "nothing_found")
        .order_by(turns.c.at.desc())
        .limit(newest)
    )
    return list(kept.scalars(asked))


def _corrected(row: Any) -> Corrected:
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
