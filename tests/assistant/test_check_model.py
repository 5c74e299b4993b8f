"""A small run of eval/assistant/check_model.py against an endpoint in this process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .fake_endpoint import endpoint

SCRIPT = Path(__file__).parents[2] / "eval" / "assistant" / "check_model.py"


def run(out: Path, url: str | None, *more: str) -> subprocess.CompletedProcess[str]:
    told = {"ASKDOC_MODEL": "openai:any", "ASKDOC_MODEL_URL": url, "ASKDOC_MODEL_SECONDS": "5"}
    own = {name: value for name, value in told.items() if url is not None and value is not None}
    environ = {name: value for name, value in os.environ.items() if "ASKDOC_MODEL" not in name}
    command = [sys.executable, str(SCRIPT), "--out", str(out), "--cases", "2", *more]
    return subprocess.run(command, env=environ | own, capture_output=True, text=True, check=False)


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_what_a_model_does_is_measured_and_goes_on_where_it_broke(tmp_path: Path) -> None:
    pytest.importorskip("langchain_openai")
    out = tmp_path / "out.jsonl"
    with endpoint("医保给您报 8888 元。{1}") as served:
        first = run(out, served.url, "--arms", "guarded", "bare")
        asked = len(served.asked)
        again = run(out, served.url, "--arms", "guarded", "bare")
        assert asked == len(served.asked) > 0, first.stderr
    guarded = [one for one in rows(out) if one["arm"] == "guarded"]
    bare = [one for one in rows(out) if one["arm"] == "bare"]
    assert len(guarded) == len(bare) == 2
    assert sum(one["struck"].get("figure", 0) for one in guarded) > 0
    assert sum(one["led_in"] for one in guarded) == 0
    assert sum(one["led_in"] for one in bare) > 0
    assert "would be struck" in again.stdout
    assert all(one["words"] == [] for one in rows(out) if one["half"] == "test")


def test_without_a_model_it_says_what_to_set(tmp_path: Path) -> None:
    ran = run(tmp_path / "out.jsonl", None)
    assert ran.returncode == 2
    assert "ASKDOC_MODEL" in ran.stdout
