"""Sending what waits in an outbox, one letter at a time.

A letter that breaks the sender is set aside and logged; the next one goes on. The clock is passed
in as a function, because a send takes time and the moment after it is another one.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from askdoc.channels.letters import as_outbound
from askdoc.channels.outbox import Held, Outbox
from askdoc.channels.port import Channel, InDoubt, Receipt, Refused, TryLater
from askdoc.channels.sending import Ending, Reach, SendingRules

_LOG = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def reach_of(channels: Iterable[Channel]) -> Reach:
    """What can be sent on with these channels."""
    can = {channel.name: channel.abilities for channel in channels}
    return Reach(
        {name: its.unasked_within for name, its in can.items()},
        abroad=frozenset(name for name, its in can.items() if its.crosses_border),
        inside=frozenset(name for name, its in can.items() if its.stays_inside),
    )


class Sender:
    """Sends from one outbox on some channels; one that asked for a pause gets it."""

    def __init__(
        self, outbox: Outbox, channels: Iterable[Channel], rules: SendingRules, clock: Clock
    ) -> None:
        self._outbox = outbox
        self._channels = {channel.name: channel for channel in channels}
        self._rules = rules
        self._clock = clock
        self._paused: dict[str, datetime] = {}
        self._reach = reach_of(self._channels.values())

    def send_next(self) -> bool:
        """Send the next letter that is due; False when there is none now."""
        now = self._clock()
        self._paused = {name: until for name, until in self._paused.items() if until > now}
        held = self._outbox.take_up(self._reach, self._rules, now, self._paused)
        if held is None:
            return False
        ending = self._sent(held)
        if ending is not None:
            now = self._clock()
            if isinstance(ending, TryLater):
                self._pause(held, ending, now)
            kept = self._outbox.settle(held, ending, self._rules, now)
            _told("settled" if kept else "lease_lost", held, ending)
        return True

    def send_due(self, most: int = 1000) -> int:
        """Send what is due now, at most so many; how many were taken up."""
        for count in range(most):
            if not self.send_next():
                return count
        return most

    def _sent(self, held: Held) -> Ending | None:
        """How the send ended; None when it was given up before anything left."""
        try:
            message = as_outbound(held.id, held.letter, held.standing)
            route = held.letter.routes[held.standing.route]
            channel = self._channels[route.channel]
        except Exception as failed:  # noqa: BLE001  one bad letter must not stop the others
            _LOG.warning("letter.unreadable", extra={"letter": held.id, "error": _name(failed)})
            self._outbox.give_up(held, "unreadable", self._clock())
            return None
        until = held.standing.next_at
        if until is not None and self._clock() >= until:
            # We were held up past our own lease: another worker may be sending it right now.
            return None
        try:
            return channel.send(route.chat, message)
        except (TryLater, Refused, InDoubt) as ending:
            return ending
        except Exception as failed:  # noqa: BLE001  a defect of a channel: nobody knows what left
            _LOG.warning("channel.defect", extra={"letter": held.id, "error": _name(failed)})
            return InDoubt()

    def _pause(self, held: Held, ending: TryLater, now: datetime) -> None:
        seconds = float(str(ending.fields.get("seconds", 0)))
        if seconds > 0:
            channel = held.letter.routes[held.standing.route].channel
            self._paused[channel] = now + timedelta(seconds=seconds)


def _told(action: str, held: Held, ending: Ending) -> None:
    word = "accepted" if isinstance(ending, Receipt) else ending.code
    _LOG.info(f"letter.{action}", extra={"letter": held.id, "ending": word})


def _name(failed: Exception) -> str:
    return type(failed).__name__
