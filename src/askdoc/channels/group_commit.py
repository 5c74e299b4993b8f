"""Many messages in one transaction: whoever comes while the disk is busy goes with the next one.

A full sync costs the same for one message as for a hundred. Each caller still waits until its own
message is on the disk; if it could not be kept, each hears so. One of those who wait does the
work for all, and then hands it on to the first of those who came meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from time import sleep

from askdoc.channels.inbound import Inbound

_MOST = 500
# So many at once mean that more are coming, and so long is worth waiting for them.
_MANY = 4
_GATHER_SECONDS = 0.003
Keep = Callable[[Sequence[Inbound]], object]


@dataclass(slots=True)
class _Waiting:
    message: Inbound
    woken: Event = field(default_factory=Event)
    leads: bool = False
    failed: BaseException | None = None


class GroupCommit:
    """Wraps what keeps messages; may be called by many threads at once."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._waiting: list[_Waiting] = []
        self._queue = Lock()
        self._is_led = False
        self._were_many = False

    def keep(self, message: Inbound) -> None:
        """Return when the message is kept. Raises what keeping raised."""
        one = _Waiting(message)
        with self._queue:
            self._waiting.append(one)
            if not self._is_led:
                self._is_led = one.leads = True
        if not one.leads:
            one.woken.wait()
        if one.leads:
            try:
                self._keep_waiting()
            finally:
                self._hand_on()
        if one.failed is not None:
            raise one.failed

    def _keep_waiting(self) -> None:
        if self._were_many:
            # Those who were just told come again at once: let them join before the next sync.
            sleep(_GATHER_SECONDS)
        with self._queue:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        self._were_many = len(batch) >= _MANY
        failed: BaseException | None = None
        try:
            self._keep([one.message for one in batch])
        except BaseException as trouble:  # noqa: BLE001  each caller raises it, the leader as well
            failed = trouble
        for one in batch:
            one.failed = failed
            one.woken.set()

    def _hand_on(self) -> None:
        with self._queue:
            if not self._waiting:
                self._is_led = False
                return
            following = self._waiting[0]
            following.leads = True
        following.woken.set()
