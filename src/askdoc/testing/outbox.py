"""An outbox in memory, with the decisions of the real one."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from askdoc.channels import Receipt, Refused, sending
from askdoc.channels.letters import EVERYTHING, Letter, Route, Standing, State, worded
from askdoc.channels.outbox import Held
from askdoc.channels.port import BLOCKED
from askdoc.channels.sending import Ending, Person, Reach, SendingRules

_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class MemoryOutbox:
    """The fake of `Outbox`: what a database does, without one."""

    _kept: dict[str, Held] = field(default_factory=dict)
    _opted_out: set[tuple[str, str]] = field(default_factory=set)
    _heard: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _agreed: dict[tuple[str, Route], Person] = field(default_factory=dict)
    _begun: list[tuple[str, datetime]] = field(default_factory=list)

    def put(self, letters: Iterable[Letter], now: datetime) -> int:
        count = 0
        for letter in letters:
            if self.find(letter.topic, letter.subject, letter.cycle, letter.kind) is not None:
                continue
            standing = Standing(state="due", next_at=letter.not_before)
            if letter.unasked and self._is_out(letter):
                standing = Standing(state="muted", next_at=None, reason="opted_out")
            self._keep(secrets.token_hex(16), letter, standing)
            count += 1
        return count

    def take_up(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: Collection[str] = ()
    ) -> Held | None:
        while (one := self._next(reach, rules, now, paused)) is not None:
            route = one.letter.routes[one.standing.route]
            spoke = self._heard.get((route.channel, route.chat))
            known = self._agreed.get((one.letter.recipient, route), Person())
            person = replace(known, opted_out=self._is_out(one.letter), heard_at=spoke)
            after = sending.begin(one.letter, one.standing, person, reach, rules, now)
            if after.state == "sending":
                after = replace(after, token=secrets.token_hex(16))
                if one.letter.unasked:
                    self._begun.append((route.channel, now))
                self._keep(one.id, one.letter, after)
                return Held(one.id, worded(one.letter, person.names_medicines), after)
            self._keep(one.id, one.letter, after)
        return None

    def agree(self, recipient: str, route: Route, person: Person) -> None:
        """What is known of a person in one chat; without it nothing."""
        self._agreed[recipient, route] = person

    def settle(self, held: Held, ending: Ending, rules: SendingRules, now: datetime) -> bool:
        standing = self._kept[held.id].standing
        if standing.state == "sending" and standing.token == held.standing.token:
            letter = self._kept[held.id].letter
            self._keep(held.id, letter, sending.settle(letter, standing, ending, rules, now))
            if isinstance(ending, Refused) and ending.fields.get("reason") == BLOCKED:
                key = letter.recipient, letter.routes[held.standing.route]
                self._agreed[key] = replace(self._agreed.get(key, Person()), blocked=True)
            return True
        late = sending.late_receipt(standing, ending) if isinstance(ending, Receipt) else None
        if late is None:
            return False
        self._keep(held.id, held.letter, late)
        return True

    def give_up(self, held: Held, reason: str, now: datetime) -> None:
        self._keep(held.id, held.letter, Standing(state="failed", next_at=None, reason=reason))

    def report(self, channel: str, message_id: str, said: State, now: datetime) -> bool:
        for one in reversed(self._kept.values()):
            route = one.letter.routes[one.standing.route]
            if (route.channel, one.standing.message_id) == (channel, message_id):
                self._keep(one.id, one.letter, sending.report(one.standing, said))
                return True
        return False

    def recall(
        self, topic: str, subject: str, cycle: str | None, reason: str, now: datetime
    ) -> int:
        return self._change_waiting(
            lambda one: (one.topic, one.subject) == (topic, subject) and cycle in (None, one.cycle),
            lambda standing: sending.recall(standing, reason),
        )

    def opt_out(self, recipient: str, topic: str, now: datetime) -> int:
        self._opted_out.add((recipient, topic))
        return self._change_waiting(
            lambda one: (
                one.recipient == recipient and one.unasked and topic in (EVERYTHING, one.topic)
            ),
            sending.mute,
        )

    def opt_in(self, recipient: str, topic: str) -> None:
        gone = (topic, EVERYTHING)
        self._opted_out = {
            one
            for one in self._opted_out
            if one[0] != recipient or (topic != EVERYTHING and one[1] not in gone)
        }

    def heard(self, channel: str, chat: str, now: datetime) -> None:
        self._heard[channel, chat] = now

    def find(self, topic: str, subject: str, cycle: str, kind: str) -> Held | None:
        for one in self._kept.values():
            letter = one.letter
            if (letter.topic, letter.subject, letter.cycle, letter.kind) == (
                topic,
                subject,
                cycle,
                kind,
            ):
                return one
        return None

    def listed(self, states: Collection[State], topic: str | None = None) -> list[Held]:
        return [
            one
            for one in self._kept.values()
            if one.standing.state in states and topic in (None, one.letter.topic)
        ]

    def counted(self, topic: str | None = None) -> Mapping[State, int]:
        return Counter(
            one.standing.state for one in self._kept.values() if topic in (None, one.letter.topic)
        )

    def _next(
        self, reach: Reach, rules: SendingRules, now: datetime, paused: Collection[str]
    ) -> Held | None:
        spent = Counter(channel for channel, at in self._begun if at > now - _MINUTE)
        waiting = []
        for order, one in enumerate(self._kept.values()):
            at = one.standing.next_at
            if at is None or at > now:
                continue
            channel = one.letter.routes[one.standing.route].channel
            full = one.letter.unasked and spent[channel] >= rules.per_minute
            ours = channel in reach.unasked_within and channel not in paused and not full
            late = one.letter.not_after is not None and one.letter.not_after < now
            if (ours or late) and (one.letter.unasked or not self._waits(one)):
                waiting.append((one.letter.unasked, at, order, one))
        return min(waiting, key=lambda found: found[:3])[3] if waiting else None

    def _waits(self, held: Held) -> bool:
        """Whether an earlier piece of the same answer has not gone yet."""
        for one in self._kept.values():
            if one.id == held.id:
                return False
            same = _place(one) == _place(held) and one.standing.next_at is not None
            if same and not one.standing.doubts:
                return True
        return False

    def _change_waiting(
        self, which: Callable[[Letter], bool], change: Callable[[Standing], Standing]
    ) -> int:
        found = [
            one
            for one in self._kept.values()
            if one.standing.next_at is not None and which(one.letter)
        ]
        for one in found:
            self._keep(one.id, one.letter, change(one.standing))
        return len(found)

    def _is_out(self, letter: Letter) -> bool:
        topics = {(letter.recipient, letter.topic), (letter.recipient, EVERYTHING)}
        return bool(topics & self._opted_out)

    def _keep(self, id: str, letter: Letter, standing: Standing) -> Held:
        self._kept[id] = Held(id, letter, standing)
        return self._kept[id]


def _place(held: Held) -> tuple[str, str, Route]:
    return held.letter.topic, held.letter.subject, held.letter.routes[held.standing.route]
