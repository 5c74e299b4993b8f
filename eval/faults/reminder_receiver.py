"""The receiver of `reminders.py`: a process that writes each message down before it answers.

Its log is the oracle. Some answers never come. `SocketChannel` is the workers' way to it.
"""

import json
import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from askdoc.channels import Abilities, InDoubt, Outbound, Receipt, TryLater

_FORK = multiprocessing.get_context("fork")
# Replies that never come, of a hundred.
_LOST_REPLIES = 5


class SocketChannel:
    """`Channel` to the receiver: one connection a message."""

    name = "socket"
    abilities = Abilities()

    def __init__(self, port: int) -> None:
        self._port = port

    def send(self, chat: str, message: Outbound) -> Receipt:
        line = json.dumps({"key": message.key, "chat": chat, "text": message.text}) + "\n"
        try:
            to = socket.create_connection(("127.0.0.1", self._port), timeout=1)
        except OSError as failed:
            raise TryLater(seconds=1) from failed
        with to:
            try:
                to.sendall(line.encode())
                answered = to.recv(16)
            except OSError as failed:
                raise InDoubt from failed
        if not answered:
            raise InDoubt
        return Receipt(message.key, datetime.now(UTC))


def receive(listening: socket.socket, log: Path, seed: int) -> None:
    """Write down every message, then answer, or not."""
    chance = Random(seed)
    with log.open("a", encoding="utf-8") as seen:
        while True:
            who, _ = listening.accept()
            with who:
                line = who.makefile(encoding="utf-8").readline()
                if not line.endswith("\n"):
                    continue
                seen.write(line)
                seen.flush()
                time.sleep(chance.random() * 0.004)
                if chance.randrange(100) >= _LOST_REPLIES:
                    try:
                        who.sendall(b"ok\n")
                    except OSError:
                        continue


@contextmanager
def receiver(folder: Path, seed: int) -> Iterator[tuple[int, Path]]:
    """A receiver in a process of its own: its port and its log."""
    log = folder / "received.jsonl"
    log.touch()
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    process = _FORK.Process(target=receive, args=(listening, log, seed), daemon=True)
    process.start()
    try:
        yield listening.getsockname()[1], log
    finally:
        process.kill()
        process.join()
        listening.close()
