"""A channel in memory that keeps what people would have seen, and fails as it is told to."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from askdoc.channels import Abilities, InDoubt, Outbound, Receipt, Refused, TryLater


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it reached a chat."""

    chat: str
    message: Outbound


@dataclass(slots=True)
class MemoryChannel:
    """The fake of `Channel`. `failures` are raised in turn, one for each send.

    `InDoubt` is raised after the message arrived: a reply that was lost, the worse case of the two.
    """

    name: str = "memory"
    abilities: Abilities = field(default_factory=lambda: Abilities(buttons=True, edits=True))
    seen: list[Seen] = field(default_factory=list)
    now: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    _failures: deque[TryLater | Refused | InDoubt | None] = field(default_factory=deque)
    _lock: Lock = field(default_factory=Lock)

    def fail(self, failures: Iterable[TryLater | Refused | InDoubt | None]) -> None:
        """What the next sends raise; None lets one through."""
        self._failures.extend(failures)

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Keep the message. Raises what it was told to."""
        with self._lock:
            failure = self._failures.popleft() if self._failures else None
            if failure is None or isinstance(failure, InDoubt):
                self.seen.append(Seen(chat, message))
            if failure is not None:
                raise failure
            return Receipt(f"{self.name}-{len(self.seen)}", self.now)
