"""A transcript that holds back what a turn writes, so that turn, reply and inbox are kept as one.

A turn may take seconds and a transaction must not: the turn is computed on what was read before,
and what it wrote goes into the transaction that settles the message. Only a turn that decides on a
proposal needs its transaction while it is taken: it raises NeedsTransaction, and is taken again.
"""

import secrets
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from askdoc.assistant.proposal import Deed
from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
    Settling,
    TurnRecord,
    UnknownConversation,
)


class NeedsTransaction(Exception):
    """The turn carries something out; it must be taken inside the transaction that keeps it."""


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

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        """Begin it; it is made when the turn is kept."""
        self.opening = Opening(channel, speaker, now)
        return self.conversation

    def latest(self) -> str | None:
        """The one conversation that it is about."""
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

    def settling(
        self, conversation: str, before: JsonObject | None
    ) -> AbstractContextManager[Settling]:
        """Raises NeedsTransaction."""
        raise NeedsTransaction

    def deed(self, conversation: str, key: str) -> Deed | None:
        """Raises NeedsTransaction: what was done long ago is not among what was read."""
        raise NeedsTransaction

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        """Nothing: earlier turns are for an outside model, and people in chats get none."""
        self._same(conversation)
        return []

    def forget(self, conversation: str) -> None:
        """Hold nothing any more."""
        self._same(conversation)
        self.turn, self.after, self.opening = None, None, None

    def handed_over(self, conversation: str) -> list[HandOver]:
        """Nothing: what this turn leaves to a person is a deed."""
        self._same(conversation)
        return []

    def _same(self, conversation: str) -> None:
        if conversation != self.conversation:
            raise UnknownConversation


def draft_of(conversation: str | None, states: Mapping[str, JsonObject | None]) -> Draft:
    """A draft of a conversation whose state was read, or of a new one."""
    if conversation is None or conversation not in states:
        return Draft(secrets.token_hex(16))
    return Draft(conversation, states[conversation])
