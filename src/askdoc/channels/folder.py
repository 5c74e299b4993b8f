"""A channel that leaves each message as a file in a folder, for gateways that collect files.

The file is named by the message's key: a message that is sent again replaces itself, so a repeat
never reaches anybody. A file appears whole or not at all.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from askdoc.channels.port import Abilities, Outbound, Receipt, TryLater

_WAIT_SECONDS = 60


class FolderChannel:
    """`Channel` into a folder, which is made when it is missing."""

    def __init__(self, folder: Path, name: str = "folder") -> None:
        self._folder = folder
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    @property
    def abilities(self) -> Abilities:
        return Abilities()

    def send(self, chat: str, message: Outbound) -> Receipt:
        told = {
            "chat": chat,
            "kind": message.kind,
            "text": message.text,
            "choices": [choice.label for choice in message.choices],
        }
        file = self._folder / f"{message.key}.json"
        draft = file.with_suffix(f".{os.getpid()}.draft")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as to:
                to.write(json.dumps(told, ensure_ascii=False))
                to.flush()
                os.fsync(to.fileno())
            draft.replace(file)
        except OSError as failed:
            raise TryLater(seconds=_WAIT_SECONDS) from failed
        return Receipt(message.key, datetime.now(UTC))
