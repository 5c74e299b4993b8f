"""One process of one messaging app, whose threads keep what comes in, answer it and send.

Several such processes may run on one PostgreSQL database. Nothing that matters is in their memory:
killed at any moment, the next one goes on.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from askdoc.bootstrap import House
from askdoc.channels import Inbound
from askdoc.channels.app import App
from askdoc.channels.delivering import Sender
from askdoc.channels.group_commit import GroupCommit
from askdoc.channels.sending import SendingRules
from askdoc.channels.webhook import Asgi, receiver
from askdoc.receptionist import Receptionist
from askdoc.storage.database import Database
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.outbox import SqlOutbox

_LOG = logging.getLogger(__name__)
# How long a thread with nothing to do waits, unless it is woken.
_IDLE_SECONDS = 0.2
_AFTER_TROUBLE_SECONDS = 1.0


def clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


def usual_rules(house: House) -> SendingRules:
    """How askdoc sends, but for what a channel puts off."""
    # Platforms say themselves how long to wait, in seconds; more would only hold answers up.
    return replace(house.sending_rules, put_off=timedelta(seconds=1))


@dataclass(slots=True)
class BotProcess:
    """The threads of one app. Use it as a context; leaving it lets each finish what it does."""

    receptionist: Receptionist
    database: Database
    app: App
    rules: SendingRules
    senders: int = 2
    _stop: Event = field(default_factory=Event)
    _came: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)
    _commit: GroupCommit = field(init=False)

    def __post_init__(self) -> None:
        inbox = SqlInbox(self.database)
        self._commit = GroupCommit(lambda messages: inbox.keep(messages, clock()))

    def keep(self, message: Inbound) -> None:
        """Keep a message for good, and wake who answers it."""
        self._commit.keep(message)
        self._came.set()

    def web(self) -> Asgi:
        """What answers the platform's requests."""
        return receiver(self.app.hooks(self.keep))

    def __enter__(self) -> "BotProcess":
        self._begin("receptionist", self.receptionist.answer_next)
        for number in range(self.senders):
            sender = Sender(SqlOutbox(self.database), [self.app.channel], self.rules, clock)
            self._begin(f"sender-{number}", sender.send_next)
        return self

    def __exit__(self, *failed: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def poll(self) -> None:
        """Fetch messages in a thread of its own."""
        thread = Thread(target=self.app.poll, args=(self.keep, self._stop), name="poll")
        self._threads.append(thread)
        thread.start()

    def _begin(self, name: str, work: Callable[[], bool]) -> None:
        thread = Thread(target=self._go_on, args=(name, work), name=name)
        self._threads.append(thread)
        thread.start()

    def _go_on(self, name: str, work: Callable[[], bool]) -> None:
        while not self._stop.is_set():
            try:
                while not self._stop.is_set() and work():
                    pass
            except Exception as failed:  # noqa: BLE001  a loop that must outlive any trouble
                _LOG.warning("bot.trouble", extra={"work": name, "error": type(failed).__name__})
                self._stop.wait(_AFTER_TROUBLE_SECONDS)
            if name == "receptionist":
                self._came.wait(_IDLE_SECONDS)
                self._came.clear()
            else:
                self._stop.wait(_IDLE_SECONDS)
