"""Conversations in memory.

A turn is held as JSON text, as a database would: nobody can change afterwards what was kept, and
what JSON cannot say is refused here too.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock

from askdoc.assistant.proposal import Deed, NoDoer, Order, Receipt, deed_of
from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
    Overtaken,
    Settling,
    TurnRecord,
    UnknownConversation,
    checked_state,
    checked_turn,
    in_utc,
    json_text,
    whole_text,
)

_JSON = ("answer", "understood", "tools", "values", "passages")


@dataclass(slots=True)
class _Kept:
    opened_at: datetime
    turns: list[tuple[NewTurn, str]] = field(default_factory=list)
    state: str | None = None
    left: list[HandOver] = field(default_factory=list)
    deeds: dict[str, Deed] = field(default_factory=dict)


# Carries out an order; what it raises must leave nothing behind.
Doer = Callable[[Order], Receipt]


class MemoryTranscript:
    """The fake of `Transcript`; `doers` carry out what people confirm, beside handing over."""

    def __init__(self, doers: Mapping[str, Doer] | None = None) -> None:
        self._conversations: dict[str, _Kept] = {}
        self._doers = {"hand_over": self._hand_over, **(doers or {})}
        self._lock = RLock()

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        conversation = secrets.token_hex(16)
        self._conversations[conversation] = _Kept(in_utc(now))
        return conversation

    def latest(self) -> str | None:
        opened = {id: kept.opened_at for id, kept in self._conversations.items()}
        return max(opened, key=opened.__getitem__, default=None)

    def state(self, conversation: str) -> JsonObject | None:
        kept = self._find(conversation).state
        if kept is None:
            return None
        state: JsonObject = json.loads(kept)
        return state

    def append(self, conversation: str, turn: NewTurn, state: JsonObject) -> int:
        plain = checked_turn(turn)
        told = json_text({name: getattr(turn, name) for name in _JSON})
        after = json_text(checked_state(state))
        with self._lock:
            kept = self._find(conversation)
            kept.turns.append((plain, told))
            kept.state = after
            return len(kept.turns)

    def window(self, conversation: str, count: int) -> list[TurnRecord]:
        turns = self._find(conversation).turns
        first = max(0, len(turns) - max(0, count))
        return [_record(turn, told, first + at) for at, (turn, told) in enumerate(turns[first:], 1)]

    def forget(self, conversation: str) -> None:
        self._find(conversation)
        del self._conversations[conversation]

    @contextmanager
    def settling(self, conversation: str, before: JsonObject | None) -> Iterator[Settling]:
        with self._lock:
            if self.state(conversation) != before:
                raise Overtaken
            kept = self._find(conversation)
            left, deeds = list(kept.left), dict(kept.deeds)
            try:
                yield _Settling(self, conversation)
            except BaseException:
                kept.left, kept.deeds = left, deeds
                raise

    def deed(self, conversation: str, key: str) -> Deed | None:
        return self._find(conversation).deeds.get(key)

    def carry_out(self, order: Order) -> Deed:
        """What `settling` has done."""
        kept = self._find(order.conversation)
        key, doer = order.waiting.key, order.waiting.proposal.doer
        if key not in kept.deeds:
            if doer not in self._doers:
                raise NoDoer(doer=doer)
            kept.deeds[key] = deed_of(order, self._doers[doer](order))
        return kept.deeds[key]

    def _hand_over(self, order: Order) -> Receipt:
        told, number = order.details, secrets.token_hex(16)
        left = HandOver(
            *(number, order.conversation, whole_text(str(told["summary"])), in_utc(order.at)),
            *("open", str(told["recipient"])),
        )
        self._find(order.conversation).left.append(left)
        return Receipt(number)

    def handed_over(self, conversation: str) -> list[HandOver]:
        return list(self._find(conversation).left)

    def _find(self, conversation: str) -> _Kept:
        try:
            return self._conversations[conversation]
        except KeyError:
            raise UnknownConversation from None


@dataclass(frozen=True, slots=True)
class _Settling:
    transcript: MemoryTranscript
    conversation: str

    def carry_out(self, order: Order) -> Deed:
        return self.transcript.carry_out(order)

    def append(self, turn: NewTurn, state: JsonObject) -> int:
        return self.transcript.append(self.conversation, turn, state)


def _record(turn: NewTurn, told: str, number: int) -> TurnRecord:
    read = json.loads(told)
    return TurnRecord(
        number=number,
        at=turn.at,
        said=turn.said,
        lang=turn.lang,
        answer=read["answer"],
        understood=tuple(read["understood"]),
        tools=tuple(read["tools"]),
        values=tuple(read["values"]),
        passages=tuple(read["passages"]),
    )
