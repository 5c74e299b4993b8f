"""What is kept of a conversation: the port that `askdoc.storage` and the shipped fake implement.

A turn is written once and never changed; the dialogue state is one bounded value that each turn
overwrites, so that the hundredth turn costs what the first one did.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from askdoc.assistant.proposal import Deed, Order
from askdoc.wording import AskdocError, Lang

# A value as `json.loads` gives it back: text keys, lists, no tuples, no dates, no decimals.
JsonObject = Mapping[str, Any]
STATE_LIMIT = 64 * 1024
_WRITER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


class UnknownConversation(AskdocError):
    """There is no such conversation, or it was forgotten."""

    code = "transcript.unknown_conversation"


class NoConversation(AskdocError):
    """Nothing was kept yet."""

    code = "transcript.no_conversation"


class StateTooLarge(AskdocError):
    """The dialogue state would not stay bounded."""

    code = "transcript.state_too_large"


class Overtaken(AskdocError):
    """Another turn changed the state since this one read it."""

    code = "transcript.overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn:
    """One turn, before the transcript gives it a number.

    `at` is aware and kept in UTC. `tools` are `{name, arguments, outcome}`, `values` are
    `{parameter, region, begins, source}`, `passages` the ids of what was read from.
    """

    at: datetime
    said: str
    lang: Lang
    answer: JsonObject
    understood: tuple[JsonObject, ...] = ()
    tools: tuple[JsonObject, ...] = ()
    values: tuple[JsonObject, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRecord(NewTurn):
    """A turn that is kept; numbers of one conversation count from 1 without a gap."""

    number: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """A conversation that waits for a person; `state` is "open" until someone took it.

    `recipient` is "staff", or "doctor" for the person's own.
    """

    id: str
    conversation: str
    summary: str
    opened_at: datetime
    state: str
    recipient: str = "staff"


class Settling(Protocol):
    """A turn that decides on a proposal, in one transaction: all of it is kept, or nothing."""

    def carry_out(self, order: Order) -> Deed:
        """Have the order's doer do it; the same deed as before when its key was done already.

        Raises NoDoer, and what the doer raises: then nothing of the doer's work is kept.
        """

    def append(self, turn: "NewTurn", state: JsonObject) -> int:
        """As `Transcript.append`, in this transaction."""


class Transcript(Protocol):
    """Conversations as they are kept. Each call is one transaction.

    Whatever names a conversation raises UnknownConversation when there is none.
    """

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        """Begin a conversation; its id says nothing and cannot be guessed."""

    def latest(self) -> str | None:
        """The conversation that was opened last; None when there is none."""

    def state(self, conversation: str) -> JsonObject | None:
        """The dialogue state after the newest turn; None before the first."""

    def append(self, conversation: str, turn: NewTurn, state: JsonObject) -> int:
        """Keep the turn and the state after it, both or neither; the number of the turn.

        Of two writers at once both turns are kept, and the state of the one that came last.
        Raises StateTooLarge above STATE_LIMIT bytes.
        """

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        """The newest `count` turns, oldest first; older turns are not read."""

    def forget(self, conversation: str) -> None:
        """Remove everything that was kept of it."""

    def settling(
        self, conversation: str, before: JsonObject | None
    ) -> AbstractContextManager[Settling]:
        """The transaction of a turn that decides; nobody else's turn comes between.

        Raises Overtaken when the state is no longer `before`.
        """

    def deed(self, conversation: str, key: str) -> Deed | None:
        """What was carried out under a key in this conversation."""

    def handed_over(self, conversation: str) -> list[HandOver]:
        """What was left to a person, oldest first."""


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC. Raises ValueError without a time zone, which would mean any moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def whole_text(text: str) -> str:
    """The text with U+FFFD for what no database keeps: NUL and half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "\ufffd")


def json_text(value: object) -> str:
    """The value as readable JSON. Raises TypeError or ValueError for what JSON cannot say."""
    return whole_text(_WRITER.encode(value))


def json_value(value: object) -> Any:
    """The value as it comes back from where it is kept."""
    return json.loads(json_text(value))


def checked_turn(turn: NewTurn) -> NewTurn:
    """The turn as it is kept. Raises TypeError or ValueError for what cannot be."""
    json_text([turn.answer, turn.understood, turn.tools, turn.values, turn.passages])
    at, said = in_utc(turn.at), whole_text(turn.said)
    return turn if at is turn.at and said is turn.said else replace(turn, at=at, said=said)


def checked_state(state: JsonObject) -> JsonObject:
    """The state, if it is small enough. Raises StateTooLarge."""
    size = len(json_text(state).encode())
    if size > STATE_LIMIT:
        raise StateTooLarge(size=size, limit=STATE_LIMIT)
    return state
