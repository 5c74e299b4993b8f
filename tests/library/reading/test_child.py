"""The child process: its limits end in a sentence, and it is told nothing it need not know."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from askdoc.library.reading import Limits, UnreadableFile, read_file
from askdoc.library.reading.limits import ORDINARY

RULE = "第一条 在职职工在一级医院门诊就医的，由统筹基金按照规定的比例支付。\n"


def refusal(file: Path, limits: Limits = ORDINARY) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(file, limits)
    for lang in ("zh", "en"):
        assert file.name in caught.value.sentence(lang)
    return caught.value.code


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    file = tmp_path / "long.txt"
    file.write_text("".join(f"第{number}条 {RULE}" for number in range(1, 60_000)), "utf-8")
    return file


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.pdf") == "library.file_missing"
    (tmp_path / "folder.pdf").mkdir()
    assert refusal(tmp_path / "folder.pdf") == "library.not_a_file"
    os.mkfifo(tmp_path / "pipe.txt")
    assert refusal(tmp_path / "pipe.txt") == "library.not_a_file"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    file = tmp_path / "locked.txt"
    file.write_text(RULE, "utf-8")
    file.chmod(0)
    assert refusal(file) == "library.file_not_allowed"


def test_a_file_over_the_limit_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as opened:
        opened.truncate(ORDINARY.file_bytes + 1)
    assert refusal(file) == "library.file_too_large"


def test_the_clock_the_processor_and_the_memory_are_limited(long_file: Path) -> None:
    assert refusal(long_file, replace(ORDINARY, wall_seconds=0.05)) == "library.too_slow"
    assert refusal(long_file, replace(ORDINARY, cpu_seconds=1)) == "library.too_slow"
    assert refusal(long_file, replace(ORDINARY, memory_bytes=60_000_000)) == (
        "library.too_much_memory"
    )


def test_too_much_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(RULE * 9, "utf-8")
    assert refusal(file, replace(ORDINARY, draft_bytes=200)) == "library.too_much_text"


def test_a_parser_that_breaks_down_costs_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "deep.html"
    file.write_text("<html>" + "<table><tr><td>层<td>" * 900, "utf-8")
    assert refusal(file) == "library.reader_crashed"


def test_a_module_in_the_working_folder_is_not_what_the_child_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", "utf-8")
    (tmp_path / "rule.txt").write_text(RULE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_file(tmp_path / "rule.txt").sections[0].article == "第一条"
