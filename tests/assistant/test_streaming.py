"""What an outside model leads in is shown while it is written, and never before it has passed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from pydantic import PrivateAttr

from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.bootstrap import House
from askdoc.consent import agree
from askdoc.settings import read_settings
from askdoc.testing import ScriptedModel

from .fake_endpoint import endpoint
from .talking import BILL, talk


def test_lines_are_told_one_by_one_and_never_before_the_guard_has_passed_them(house: House) -> None:
    plain = talk(house, BILL)[-1].answer
    said = "您好，先看这一句：{1} 还要记得：{2} 医保给您报九成。"
    told: list[tuple[str, int]] = []
    model = LetterByLetter(said)
    outside = OutsideModel(model)
    found = talk(house, BILL, outside=outside, tell=lambda line: told.append((line, model.said)))
    lines = ("您好，先看这一句：", plain.brief[0], "还要记得：", plain.brief[1])
    assert tuple(line for line, _ in told) == lines
    assert found[-1].answer.lines[:4] == lines
    # The first is there while the model is still at the second.
    assert told[0][1] == said.index("}") + 1
    assert "九成" not in found[-1].answer.text
    assert found[-1].phrased is not None
    assert found[-1].phrased.failed == "struck"


class LetterByLetter(ScriptedModel):
    """Streams what it was told letter by letter, and counts them."""

    _said: int = PrivateAttr(0)

    def __init__(self, text: str) -> None:
        super().__init__(messages=[AIMessage(text)])

    @property
    def said(self) -> int:
        return self._said

    def _stream(self, *args: Any, **kwargs: Any) -> Iterator[ChatGenerationChunk]:
        for letter in str(self.messages[0].content):
            self._said += 1
            yield ChatGenerationChunk(message=AIMessageChunk(content=letter))


_MAIN = "from askdoc.cli import main; main()"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The settings of a home with nothing in it."""
    return {"ASKDOC_CONFIG": str(tmp_path / "config"), "ASKDOC_DATA": str(tmp_path / "data")}


def read_until(out: IO[str], words: str) -> str:
    """What is printed up to these words."""
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        line = out.readline()
        assert line, (words, lines)
        lines.append(line)
    return "".join(lines)


def test_a_chat_shows_the_first_words_while_the_model_still_writes(home: dict[str, str]) -> None:
    pytest.importorskip("langchain_openai")
    with endpoint("您好，先看这一句：{1} 医保给您报九成。", "waits") as served:
        told = {**home, "ASKDOC_MODEL": "openai:any", "ASKDOC_MODEL_URL": served.url}
        settings = read_settings(told)
        assert settings.model is not None
        agree(settings.consent_file, settings.model.consent)
        with subprocess.Popen(
            [
                sys.executable,
                "-c",
                _MAIN,
                "chat",
                "--day",
                "2026-11-25",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **told},
        ) as chatting:
            assert chatting.stdin is not None
            assert chatting.stdout is not None
            chatting.stdin.write(BILL + "\n")
            chatting.stdin.close()
            first = read_until(chatting.stdout, "您自己付")
            assert "您好，先看这一句：" in first
            assert "总共" not in first
            served.go_on.set()
            rest = chatting.stdout.read()
    assert chatting.returncode == 0
    assert "九成" not in rest
    assert "总共 700.00元" in rest
    assert "您好，先看这一句：" not in rest
