"""A recording is read back before it counts; where nobody listens, people hear what to do."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest

from askdoc.bootstrap import House
from askdoc.channels import Media
from askdoc.channels.app import NoTranscriber
from askdoc.dictation import ProgramTranscriber, transcriber_of
from askdoc.looking import Looking

from .conftest import Counter

BILL = "我在上海，职工医保在职，三级医院门诊花了1200元，能报多少"
ALARM = "我胸口压着疼，还出冷汗"


class Ear:
    """Hears what the recording is made of."""

    def transcribe(self, recording: bytes) -> str:
        return recording.decode()


@pytest.fixture
def listens() -> bool:
    return True


@pytest.fixture
def look(house: House, listens: bool) -> Any:
    heard = {"v1": BILL.encode(), "v2": "立普妥能报吗".encode(), "v3": ALARM.encode()}
    ear = Ear() if listens else None
    return Looking(house=house, fetch={"memory": lambda ref: heard[ref]}, transcriber=ear)


def agreed(counter: Counter) -> None:
    counter.says("/start")
    counter.presses("同意")


def test_an_amount_that_was_heard_is_read_back_and_counts_only_once_confirmed(
    counter: Counter,
) -> None:
    agreed(counter)
    (told,) = counter.says(media=Media("voice", "v1"))
    assert "1200元" in told
    assert "490.00" not in told
    assert "490.00" in counter.presses("对")[-1]


def test_a_name_that_was_heard_wrong_is_not_asked(counter: Counter) -> None:
    agreed(counter)
    (told,) = counter.says(media=Media("voice", "v2"))
    assert "立普妥" in told
    assert "类" not in told
    assert "打字" in counter.presses("不对")[-1]


@pytest.mark.parametrize("listens", [False])
def test_without_a_transcriber_people_hear_what_to_do_instead(
    counter: Counter, listens: bool
) -> None:
    agreed(counter)
    (told,) = counter.says(media=Media("voice", "v1"))
    assert "打字" in told
    assert "打电话" in told


def test_an_emergency_that_was_heard_is_answered_without_asking_back(counter: Counter) -> None:
    agreed(counter)
    (told,) = counter.says(media=Media("voice", "v3"))
    assert "120" in told
    assert "对吗" not in told


def program(folder: Path, does: str) -> ProgramTranscriber:
    """A program of whoever runs the bot, found as its setting names it."""
    file = folder / "listen"
    file.write_text(f"#!{sys.executable}\nimport os, subprocess, sys, time\n{does}\n")
    file.chmod(0o700)
    found = transcriber_of({"ASKDOC_TRANSCRIBER": str(file)})
    assert found is not None
    return found


def test_a_program_gets_the_recording_and_its_words_come_back(tmp_path: Path) -> None:
    heard = program(tmp_path, "print(len(sys.stdin.buffer.read()), '个字节')")
    assert heard.transcribe(b"OggS" * 100_000) == "400000 个字节"


def test_a_program_is_told_no_keys_of_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOC_TELEGRAM_TOKEN", "1000:TOKEN")
    heard = program(tmp_path, "print('PATH' in os.environ, *os.environ)").transcribe(b"")
    assert heard is not None
    assert heard.startswith("True")
    assert "ASKDOC" not in heard


@pytest.mark.parametrize(
    "does",
    [
        "sys.exit(3)",
        "print('你好'); sys.exit(3)",
        "print('  ')",
        "sys.stdout.buffer.write(b'\\xff')",
    ],
)
def test_a_program_that_fails_or_hears_nothing_has_heard_nothing(tmp_path: Path, does: str) -> None:
    assert program(tmp_path, does).transcribe(b"x" * 1_000_000) is None


def test_a_program_that_never_ends_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    slow = (
        "import os, time, pathlib; "
        f"pathlib.Path({str(started)!r}).write_text(str(os.getpid())); time.sleep(60)"
    )
    heard = program(tmp_path, f"subprocess.run([sys.executable, '-c', {slow!r}])")
    began = time.monotonic()
    assert ProgramTranscriber(heard.program, seconds=1.5).transcribe(b"") is None
    assert time.monotonic() - began < 30
    until = time.monotonic() + 10
    while is_running(int(started.read_text())):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(process: int) -> bool:
    """Whether a process lives; one that is dead and not yet collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("name", ["absent", "."])
def test_a_setting_that_names_no_program_is_refused_at_once(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoTranscriber):
        transcriber_of({"ASKDOC_TRANSCRIBER": str(tmp_path / name)})
    assert transcriber_of({}) is None
