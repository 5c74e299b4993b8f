"""`askdoc bot`: what whoever runs it is told when it starts."""

import os
import subprocess
import sys
from pathlib import Path

from askdoc.testing.telegram_api import TelegramApi, running_api

RUN = "from askdoc.cli import main; main()"
NO_MODEL = "transformers:/no/such/model"


def head(home: Path, **more: str) -> list[str]:
    """The lines that a bot prints until it runs; it is stopped then."""
    with running_api(TelegramApi()) as api:
        told = {
            "ASKDOC_CONFIG": str(home / "config"),
            "ASKDOC_DATA": str(home / "data"),
            "ASKDOC_LANG": "zh",
            "ASKDOC_TELEGRAM_TOKEN": api.token,
            "ASKDOC_TELEGRAM_API": api.url,
        }
        words = [sys.executable, "-c", RUN, "bot", "telegram"]
        with subprocess.Popen(
            words,
            env=os.environ | told | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as bot:
            try:
                assert bot.stdout is not None
                shown: list[str] = []
                for line in bot.stdout:
                    shown.append(line)
                    if "telegram" in line:
                        break
            finally:
                bot.kill()
    return shown


def test_a_bot_that_searches_by_words_says_so_once_when_it_starts(tmp_path: Path) -> None:
    (running,) = head(tmp_path)
    notice, again = head(tmp_path, ASKDOC_EMBEDDING=NO_MODEL)
    assert again == running
    assert "/no/such/model" in notice


def test_a_transcriber_that_is_none_is_told_before_the_bot_runs(tmp_path: Path) -> None:
    told = {
        "ASKDOC_CONFIG": str(tmp_path),
        "ASKDOC_DATA": str(tmp_path),
        "ASKDOC_TRANSCRIBER": str(tmp_path / "absent"),
    }
    words = [sys.executable, "-c", RUN, "bot", "telegram", "--lang", "en"]
    done = subprocess.run(words, env=os.environ | told, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "ASKDOC_TRANSCRIBER" in done.stderr
    assert "Traceback" not in done.stderr
