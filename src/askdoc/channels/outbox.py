"""The port of the one outbox: everything that leaves askdoc waits there.

A worker takes up one letter at a time and holds it on a lease; between taking up and settling it
sends. Nothing is sent inside a transaction.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from askdoc.channels.letters import Letter, Standing, State
from askdoc.channels.sending import Ending, Reach, SendingRules


@dataclass(frozen=True, slots=True)
class Held:
    """A letter that a worker holds until the lease in its standing runs out."""

    id: str
    letter: Letter
    standing: Standing


class Outbox(Protocol):
    """Letters as they are kept. Each call is one transaction."""

    def put(self, letters: Iterable[Letter], now: datetime) -> int:
        """Keep letters to be sent; one whose name is known is left as it is. How many are new.

        A letter to somebody who opted out of its topic is kept as muted, and never sent.
        """

    def take_up(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: Collection[str] = ()
    ) -> Held | None:
        """Take the next letter whose moment has come and that one of our channels can send.

        `paused` channels are left alone. The pieces of an answer go in their order: a later one
        waits until the earlier was sent, may have been, or ended. None when there is nothing to do.
        """

    def settle(self, held: Held, ending: Ending, rules: SendingRules, now: datetime) -> bool:
        """Record how a send ended; False when the lease had gone to another worker."""

    def give_up(self, held: Held, reason: str, now: datetime) -> None:
        """End a letter that we cannot even read or write out, so that the others go on."""

    def report(self, channel: str, message_id: str, said: State, now: datetime) -> bool:
        """Record what a channel reports of a message; False when we know none of that id."""

    def recall(
        self, topic: str, subject: str, cycle: str | None, reason: str, now: datetime
    ) -> int:
        """Cancel what waits under a topic and subject (one cycle, or all). How many there were."""

    def opt_out(self, recipient: str, topic: str, now: datetime) -> int:
        """Send nothing unasked on a topic (or EVERYTHING) any more. How many waited."""

    def opt_in(self, recipient: str, topic: str) -> None:
        """Send again; what was muted meanwhile stays muted."""

    def heard(self, channel: str, chat: str, now: datetime) -> None:
        """Note that a person wrote to us: some channels let us write only shortly after that."""

    def find(self, topic: str, subject: str, cycle: str, kind: str) -> Held | None:
        """One letter by its name."""

    def listed(self, states: Collection[State], topic: str | None = None) -> list[Held]:
        """Letters in these states, oldest first."""

    def counted(self, topic: str | None = None) -> Mapping[State, int]:
        """How many letters are in which state."""
