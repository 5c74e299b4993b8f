"""A transcript that holds back what a turn writes, so that turn, reply and inbox are kept as one.

A turn takes seconds with an outside model, and a transaction must not: the turn is computed on what
was read before, and what it wrote goes into the transaction that settles the message.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
    TurnRecord,
    UnknownConversation,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A conversation that begins with this message."""

    channel: str
    speaker: str
    at: datetime


@dataclass(slots=True)
class Draft:
    """A `Transcript` of one conversation and one turn. `opening` is None for one that exists."""

    conversation: str
    before: JsonObject | None = None
    opening: Opening | None = None
    turn: NewTurn | None = None
    after: JsonObject | None = None
    left: list[HandOver] = field(default_factory=list)

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        """Begin it; it is made when the turn is kept."""
        self.opening = Opening(channel, speaker, now)
        return self.conversation

    def state(self, conversation: str) -> JsonObject | None:
        """What was read before the turn."""
        self._same(conversation)
        return self.before

    def append(self, conversation: str, turn: NewTurn, state: JsonObject) -> int:
        """Hold the turn back; its number is given when it is kept, so it is 0 here."""
        self._same(conversation)
        self.turn, self.after = turn, state
        return 0

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        """Nothing: a turn reads the state, never older turns."""
        self._same(conversation)
        return []

    def forget(self, conversation: str) -> None:
        """Hold nothing any more."""
        self._same(conversation)
        self.turn, self.after, self.opening, self.left = None, None, None, []

    def hand_over(self, conversation: str, summary: str, now: datetime) -> str:
        """Hold the hand-over back under the id that the person is told."""
        self._same(conversation)
        left = HandOver(secrets.token_hex(16), conversation, summary, now, "open")
        self.left.append(left)
        return left.id

    def handed_over(self, conversation: str) -> list[HandOver]:
        """What this turn left to a person."""
        self._same(conversation)
        return list(self.left)

    def _same(self, conversation: str) -> None:
        if conversation != self.conversation:
            raise UnknownConversation


def draft_of(conversation: str | None, states: Mapping[str, JsonObject | None]) -> Draft:
    """A draft of a conversation whose state was read, or of a new one."""
    if conversation is None or conversation not in states:
        return Draft(secrets.token_hex(16))
    return Draft(conversation, states[conversation])
