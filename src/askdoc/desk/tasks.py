"""A task: what somebody asked for, who took it, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args

from askdoc.wording import AskdocError

# What was said in a conversation, what was answered to a reminder, a call, who came home from
# hospital, a wish for a slot.
Kind = Literal[
    "hand_over", "report", "renew", "trouble", "collected", "call", "discharged", "slot_request"
]
State = Literal["open", "taken", "closed"]
Verdict = Literal["useful", "wrong", "unclear", "person"]
Outcome = Literal["answered", "approved_answer", "knowledge_change", "stated_reason"]
# Kinds that a correction closes; the others end with what became of the refill or the slot.
TALKED: tuple[Kind, ...] = ("hand_over", "report")
ANSWERED: tuple[Kind, ...] = ("renew", "trouble", "collected")
REFILLS: tuple[Kind, ...] = (*ANSWERED, "call", "discharged")
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


class NeedsWords(AskdocError):
    """Who asked is told what became of it."""

    code = "desk.needs_words"


class AnsweredElsewhere(AskdocError):
    """What the platform gave is entered with the request, not in the inbox."""

    code = "desk.answered_elsewhere"


class NoWay(AskdocError):
    """There is no conversation and no chat to write into."""

    code = "desk.no_way"


class NeedsScope(AskdocError):
    """An approved answer says what it holds for and until when."""

    code = "desk.needs_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it is kept; `turn` is the answer that was reported, None for a hand-over.

    `resident` is whom it is about and `clinic` who works on it, where they are known; `recipient`
    is `staff` or `doctor`, `addressee` which one; `about` the reminder or request it comes of,
    `due_on` the last day for it, where that is not a matter of hours.
    """

    id: str
    number: int
    kind: Kind
    conversation: str | None
    turn: int | None
    verdict: Verdict | None
    clinic: str | None
    resident: str | None
    recipient: str
    addressee: str | None
    about: str | None
    barrier: str | None
    summary: str
    opened_at: datetime
    due_on: date | None
    state: State
    owner: str | None
    closed_at: datetime | None
    outcome: str | None


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
