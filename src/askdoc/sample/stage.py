"""What can be done on the page of the demonstration: start the sender, kill it, count."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from askdoc.sample.phones import Arrived, Count, arrived, count_arrived
from askdoc.settings import Settings

_LOG = "phones.jsonl"


@dataclass
class Stage:
    """The sender of one demonstration and its phones. `kills`: how often it was killed."""

    settings: Settings
    began: float = field(default_factory=time.time)
    kills: int = 0
    _sender: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        """What reached the phones."""
        return self.settings.data / _LOG

    @property
    def is_sending(self) -> bool:
        """Whether the sender runs."""
        return self._sender is not None and self._sender.poll() is None

    def start(self) -> None:
        """Start the sender, if it does not run."""
        if self.is_sending:
            return
        told = self.settings
        folders = {"KNOWLEDGE": told.knowledge, "DATA": told.data, "CONFIG": told.config}
        ours = {f"ASKDOC_{name}": str(folder) for name, folder in folders.items()}
        usual = {name: told for name, told in os.environ.items() if name != "ASKDOC_DATABASE"}
        words = [sys.executable, "-m", "askdoc.sample.sender", str(self.log), str(self.began)]
        self._sender = subprocess.Popen(words, env=usual | ours)

    def kill(self) -> None:
        """Kill the sender in the middle of whatever it does."""
        if self.is_sending and self._sender is not None:
            self._sender.kill()
            self._sender.wait()
            self.kills += 1

    def count(self) -> Count:
        """Which reminders reached the phones."""
        return count_arrived(self.log, "reminder")

    def on_phone(self, chat: str) -> list[Arrived]:
        """What stands on one phone."""
        return [one for one in arrived(self.log) if one.chat == chat]


@contextmanager
def opened(settings: Settings) -> Iterator[Stage]:
    """A stage whose sender ends with it."""
    stage = Stage(settings)
    try:
        yield stage
    finally:
        if stage.is_sending:
            stage.kill()
