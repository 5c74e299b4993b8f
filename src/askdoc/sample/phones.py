"""Phones that do not exist: a channel that writes down what reached them.

The log is apart from the outbox and from its database, so that it can say what was lost or came
twice; a line is written in one go, and a killed sender leaves none half.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from askdoc.channels import Abilities, Outbound, Receipt
from askdoc.channels.port import Choice
from askdoc.wording import LANGUAGES, phrase

CHANNEL = "sample"
# How a message begins that may have come before.
_MARKS = tuple(phrase("outbox.repeat", lang, text="") for lang in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it stands on a phone."""

    key: str
    kind: str
    chat: str
    text: str
    choices: tuple[Choice, ...]

    @property
    def is_marked(self) -> bool:
        """Whether it says of itself that it may be a repeat."""
        return self.text.startswith(_MARKS)


@dataclass(frozen=True, slots=True)
class SamplePhones:
    """`Channel` to sample phones; without a log nobody looks at them.

    `reach_seconds`: how long a message takes to reach one.
    """

    log: Path | None
    clock: Callable[[], datetime]
    reach_seconds: float = 0.0

    @property
    def name(self) -> str:
        return CHANNEL

    @property
    def abilities(self) -> Abilities:
        return Abilities(buttons=True)

    def send(self, chat: str, message: Outbound) -> Receipt:
        time.sleep(self.reach_seconds)
        if self.log is not None:
            told = {
                "key": message.key,
                "kind": message.kind,
                "chat": chat,
                "text": message.text,
                "choices": [[one.id, one.label] for one in message.choices],
            }
            line = json.dumps(told, ensure_ascii=False) + "\n"
            to = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(to, line.encode())
            finally:
                os.close(to)
        return Receipt(message.key, self.clock())


def arrived(log: Path) -> Iterator[Arrived]:
    """Everything that reached the phones, oldest first."""
    if not log.exists():
        return
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            choices = tuple(Choice(id, label) for id, label in told["choices"])
            yield Arrived(told["key"], told["kind"], told["chat"], told["text"], choices)


@dataclass(frozen=True, slots=True)
class Count:
    """What reached the phones: messages, and repeats that said so and that did not."""

    messages: int
    marked_repeats: int
    unmarked_repeats: int


def count_arrived(log: Path, kind: str) -> Count:
    """All messages of a kind, over the whole log."""
    seen: set[str] = set()
    marked = unmarked = 0
    for one in arrived(log):
        if one.kind != kind:
            continue
        if one.key in seen:
            marked += one.is_marked
            unmarked += not one.is_marked
        seen.add(one.key)
    return Count(len(seen), marked, unmarked)
