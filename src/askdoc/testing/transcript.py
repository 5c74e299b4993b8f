"""Conversations in memory.

A turn is held as JSON text, as a database would: nobody can change afterwards what was kept, and
what JSON cannot say is refused here too.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from askdoc.assistant.talk.transcript import (
    HandOver,
    JsonObject,
    NewTurn,
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
    turns: list[tuple[NewTurn, str]] = field(default_factory=list)
    state: str | None = None
    left: list[HandOver] = field(default_factory=list)


class MemoryTranscript:
    """The fake of `Transcript`."""

    def __init__(self) -> None:
        self._conversations: dict[str, _Kept] = {}
        self._lock = Lock()

    def open_conversation(self, channel: str, speaker: str, now: datetime) -> str:
        in_utc(now)
        conversation = secrets.token_hex(16)
        self._conversations[conversation] = _Kept()
        return conversation

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

    def hand_over(self, conversation: str, summary: str, now: datetime) -> str:
        left = HandOver(
            secrets.token_hex(16), conversation, whole_text(summary), in_utc(now), "open"
        )
        self._find(conversation).left.append(left)
        return left.id

    def handed_over(self, conversation: str) -> list[HandOver]:
        return list(self._find(conversation).left)

    def _find(self, conversation: str) -> _Kept:
        try:
            return self._conversations[conversation]
        except KeyError:
            raise UnknownConversation from None


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
