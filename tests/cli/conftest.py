"""Running commands in this process, with a home of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from askdoc.cli import run


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said and how it left."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def askdoc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command by its words, in Chinese unless `lang` says otherwise."""
    monkeypatch.setenv("ASKDOC_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("ASKDOC_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("ASKDOC_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")

    def command(*words: str) -> Ran:
        lang = "en" if "en" in words else "zh"
        code = run(list(words), "en" if lang == "en" else "zh")
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return command


def one_sentence(ran: Ran) -> bool:
    """Whether a refusal is one line, on the error stream only, with exit code 2."""
    return (
        ran.code == 2
        and not ran.out
        and len(ran.err.strip().splitlines()) == 1
        and "Traceback" not in ran.err
    )
