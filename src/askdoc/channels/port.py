"""The port of a messaging channel.

A send ends in one of four ways, and the sender's next step follows from which: a receipt (it was
accepted), `TryLater` (certainly not sent, try again), `Refused` (certainly not sent, and never will
be for this chat), `InDoubt` (nobody knows). Only the last one can lead to a message seen twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from askdoc.wording import AskdocError

BLOCKED = "blocked"
# The number is none, or somebody else's.
WRONG_NUMBER = "wrong_number"


class TryLater(AskdocError):
    """The channel took nothing and says, or lets us guess, when to try again.

    Field `seconds`: how long to wait, at least.
    """

    code = "channels.try_later"


class Refused(AskdocError):
    """The channel will not send to this chat: blocked, closed, unknown. Field `reason`.

    `BLOCKED` as the reason: nothing reaches this chat until somebody writes from it again.
    """

    code = "channels.refused"


class InDoubt(AskdocError):
    """The message left us and no answer came: it may have arrived."""

    code = "channels.in_doubt"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what is shown, and an opaque id of at most 64 bytes."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """A message that leaves: plain text, never markup.

    `key` names it for good, so that a channel that knows keys sends it once; `kind` says what it is
    (`answer`, `reminder`, `notice`); `edit_of` is the channel's id of the message it replaces.
    `brief` says the same in a few signs, for a channel that can carry no more.
    """

    key: str
    kind: str
    text: str
    choices: tuple[Choice, ...] = ()
    edit_of: str | None = None
    brief: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel accepted a message: its own id of it, and when."""

    message_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a channel can do; what it cannot is done another way, or not promised.

    `unasked_within`: how long after the person's last message one may be sent (None: always).
    `crosses_border`: what is sent leaves the country, which needs a consent of its own.
    `stays_inside`: what is sent is for staff of the clinic, and needs none.
    """

    buttons: bool = False
    edits: bool = False
    longest_text: int = 4096
    unasked_within: timedelta | None = None
    crosses_border: bool = False
    stays_inside: bool = False


class Channel(Protocol):
    """One way to reach people."""

    @property
    def name(self) -> str:
        """The word that chats of this channel are kept under, such as `telegram`."""

    @property
    def abilities(self) -> Abilities:
        """What it can do."""

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Send now. Raises TryLater, Refused and InDoubt, and nothing else."""
