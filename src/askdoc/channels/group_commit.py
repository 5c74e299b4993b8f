"""Many messages in one transaction: whoever comes while the disk is busy goes with the next one.

A full sync costs the same for one message as for a hundred. Each caller still waits until its own
message is on the disk; if it could not be kept, each hears so.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock

from askdoc.channels.inbound import Inbound

_MOST = 500
Keep = Callable[[Sequence[Inbound]], object]


class GroupCommit:
    """Wraps what keeps messages; may be called by many threads at once."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[tuple[Inbound, Future[None]]] = []
        self._queue = Lock()
        self._disk = Lock()

    def keep(self, message: Inbound) -> None:
        """Return when the message is kept. Raises what keeping raised."""
        done: Future[None] = Future()
        with self._queue:
            self._waiting.append((message, done))
        while not done.done():
            # The one who holds the disk takes along all who wait; the others find theirs done.
            with self._disk:
                if not done.done():
                    self._keep_waiting()
        done.result()

    def _keep_waiting(self) -> None:
        with self._queue:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        try:
            self._keep([message for message, _ in batch])
        except BaseException as failed:
            for _, done in batch:
                done.set_exception(failed)
            if not isinstance(failed, Exception):
                raise
            return
        for _, done in batch:
            done.set_result(None)
