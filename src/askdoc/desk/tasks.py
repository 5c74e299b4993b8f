"""A task: what somebody asked for, who took it, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from askdoc.wording import AskdocError

Kind = Literal["hand_over", "report"]
State = Literal["open", "taken", "closed"]
Verdict = Literal["useful", "wrong", "unclear", "person"]
Outcome = Literal["answered", "approved_answer", "knowledge_change", "stated_reason"]
STATES: tuple[State, ...] = get_args(State)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# What a reader says of an answer that makes work for somebody.
REPORTED: tuple[Verdict, ...] = ("wrong", "unclear", "person")


class AlreadyTaken(AskdocError):
    """Somebody else works on the task."""

    code = "desk.already_taken"


class AlreadyClosed(AskdocError):
    """The task is closed; what became of it stays."""

    code = "desk.already_closed"


class NotYours(AskdocError):
    """Only who took the task may answer or close it."""

    code = "desk.not_yours"


class NeedsScope(AskdocError):
    """An approved answer says what it holds for and until when."""

    code = "desk.needs_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it is kept; `turn` is the answer that was reported, None for a hand-over."""

    id: str
    number: int
    kind: Kind
    conversation: str
    turn: int | None
    verdict: Verdict | None
    summary: str
    opened_at: datetime
    state: State
    owner: str | None
    closed_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What staff make of a reported answer: the right words, where and until when they hold."""

    outcome: Outcome
    text: str
    scope: dict[str, str] = field(default_factory=dict)
    expires_on: date | None = None


def check_mine(task: Task, person: str) -> None:
    """Raises AlreadyClosed, or NotYours when somebody else or nobody took it."""
    if task.state == "closed":
        raise AlreadyClosed()
    if task.owner != person:
        raise NotYours()


def check_correction(made: Correction, today: date) -> None:
    """Raises NeedsScope for an approved answer without an end to come, or without a place."""
    if made.outcome != "approved_answer":
        return
    if made.expires_on is None or made.expires_on <= today or not made.scope.get("region"):
        raise NeedsScope()
