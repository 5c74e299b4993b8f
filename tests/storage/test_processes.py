"""Several processes on one database, and one that is killed in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest

from askdoc.assistant.talk.transcript import Transcript

from .conftest import NOW, Address, turn

WRITER = str(Path(__file__).with_name("write_turns.py"))
Opened = Callable[[Address], Transcript]


def writing(at: Address, conversation: str, writer: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WRITER, str(at), conversation, writer, str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_append_to_one_conversation(address: Address, opened: Opened) -> None:
    transcript = opened(address)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    writers = [writing(address, conversation, name, 100) for name in ("a", "b")]
    printed = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert sorted(int(number) for numbers in printed for number in numbers) == list(range(1, 201))
    found = transcript.window(conversation, 500)
    assert [one.number for one in found] == list(range(1, 201))
    for name in ("a", "b"):
        own = [one.said for one in found if one.said.startswith(name)]
        assert own == [f"{name}-{one}" for one in range(100)]
    assert transcript.state(conversation) == {"said": found[-1].said}


def test_processes_that_start_at_once_make_the_tables_once(address: Address) -> None:
    starting = [writing(address, "new", str(number), 3) for number in range(4)]
    printed = [one.communicate(timeout=60)[0].split() for one in starting]
    assert [one.returncode for one in starting] == [0] * 4
    assert printed == [["1", "2", "3"]] * 4


@pytest.mark.parametrize("after", [0.0, 0.03, 0.1])
def test_a_killed_process_leaves_whole_turns_only(
    address: Address, opened: Opened, after: float
) -> None:
    transcript = opened(address)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    writer = writing(address, conversation, "a", 100_000)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "1\n"
    sleep(after)
    os.kill(writer.pid, signal.SIGKILL)
    printed = 1 + len(writer.communicate()[0].splitlines())
    again = opened(address)
    found = again.window(conversation, 200_000)
    # What was told to be kept is there; at most one more was kept and not yet told.
    assert printed <= len(found) <= printed + 1
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert all(one.answer["said"] == one.said for one in found)
    assert again.state(conversation) == {"said": found[-1].said}
    assert again.append(conversation, turn(), {}) == len(found) + 1
    if isinstance(address, Path):
        with sqlite3.connect(address) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        raw.close()
