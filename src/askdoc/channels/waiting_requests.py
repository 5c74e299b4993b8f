"""Requests of a platform that wait for their answer, for platforms that take it in the request.

A platform sends a message again when it did not see our answer: it is given the same one.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Condition

from askdoc.channels.inbound import Inbound

_REMEMBERED = 2000


class WaitingRequests:
    """Requests that wait for their answer, and the answers that requests were given."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._changed = Condition()
        self._open: dict[str, str] = {}
        self._given: OrderedDict[str, str] = OrderedDict()

    def answer(self, message: Inbound, keep: Callable[[], None]) -> str | None:
        """Keep the message and wait for its answer; None when it comes too late."""
        id = message.message_id
        with self._changed:
            if id in self._given:
                return self._given[id]
            self._open.setdefault(message.chat, id)
        try:
            keep()
            with self._changed:
                self._changed.wait_for(lambda: id in self._given, self._seconds)
                return self._given.get(id)
        finally:
            with self._changed:
                if self._open.get(message.chat) == id:
                    del self._open[message.chat]

    def hand_over(self, chat: str, text: str) -> bool:
        """Give a text to the request of this chat that waits; False when none does."""
        with self._changed:
            id = self._open.pop(chat, None)
            if id is None:
                return False
            self._given[id] = text
            while len(self._given) > _REMEMBERED:
                self._given.popitem(last=False)
            self._changed.notify_all()
            return True
