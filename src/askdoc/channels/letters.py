"""A letter: one message that is to leave askdoc, whoever wrote it.

What a reader would not guess: a letter is named by what it is about, not by when it was written.
Whoever puts the same (topic, subject, cycle, kind) twice has put it once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from askdoc.channels.port import Choice, Outbound
from askdoc.wording import AskdocError, Lang, phrase

State = Literal[
    "due",
    "sending",
    "sent",
    "delivered",
    "read",
    "in_doubt",
    "failed",
    "cancelled",
    "missed",
    "muted",
]
# Every topic at once, for whoever wants to hear nothing unasked.
EVERYTHING = "*"


class NoRoute(AskdocError):
    """A letter names no way to its person."""

    code = "outbox.no_route"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to a person: a channel and a chat in it."""

    channel: str
    chat: str


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the local day, from `since` until before `until`; it may go over midnight."""

    since: int
    until: int

    @property
    def hours(self) -> frozenset[int]:
        """The hours inside, 0 to 23."""
        length = (self.until - self.since) % 24 or 24
        return frozenset((self.since + step) % 24 for step in range(length))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent, to whom, and when.

    `topic, subject, cycle, kind` name it for good: what it belongs to (`refill`), whom or what it
    is about, which occurrence, and what it is (`reminder`, `notice`, `answer`). `recipient` is the
    person, whatever the way: opting out counts for all routes. `routes` are tried in order.

    Nothing is sent before `not_before`; after `not_after` it is missed and listed (None: never too
    late). An answer to the person is not `unasked`: it passes quiet hours, budgets and opting out.

    `text` names no medicine and no disease; `named`, which may, goes to chats that want it, and
    whether one does is asked when it is sent. `brief` is for a template of a few signs. Only what
    goes to staff needs no consent. Raises NoRoute without a route.
    """

    topic: str
    subject: str
    cycle: str
    kind: str
    recipient: str
    routes: tuple[Route, ...]
    text: str
    lang: Lang
    not_before: datetime
    not_after: datetime | None = None
    choices: tuple[Choice, ...] = ()
    unasked: bool = True
    window: Window | None = None
    edit_of: str | None = None
    named: str | None = None
    brief: str | None = None
    needs_consent: bool = True

    def __post_init__(self) -> None:
        if not self.routes:
            raise NoRoute(topic=self.topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a letter has come.

    `next_at` is when there is something to do about it: the next try, or the end of the lease of
    one that is `sending`; None when nothing is left to do. `attempt` counts the sends that were
    begun, `tries` those in a row that the channel put off; `doubts` the sends of which the channel
    could not say whether they arrived, `rescues` those that were cut off with their worker.
    """

    state: State
    next_at: datetime | None
    route: int = 0
    attempt: int = 0
    tries: int = 0
    doubts: int = 0
    rescues: int = 0
    token: str | None = None
    reason: str = ""
    message_id: str | None = None
    recalled: bool = False

    @property
    def may_have_arrived(self) -> bool:
        """Whether an earlier send may have reached the person."""
        return self.doubts + self.rescues > 0


def worded(letter: Letter, names_medicines: bool) -> Letter:
    """The letter in the words that its chat wants."""
    if letter.named is None or not names_medicines:
        return letter
    return replace(letter, text=letter.named)


def as_outbound(id: str, letter: Letter, standing: Standing) -> Outbound:
    """The message as it goes to a channel; one that may be a repeat says so.

    Its key stays the same for every try, so that a channel that knows keys sends it once.
    """
    text, brief = letter.text, letter.brief
    if standing.may_have_arrived:
        # A template has no room to say that it may be a repeat.
        text, brief = phrase("outbox.repeat", letter.lang, text=text), None
    return Outbound(
        key=id,
        kind=letter.kind,
        text=text,
        choices=letter.choices,
        edit_of=letter.edit_of,
        brief=brief,
    )
