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


def run(out: Path, url: str, cases: int) -> subprocess.CompletedProcess[str]:
    told = {"ASKDOC_MODEL": "openai:any", "ASKDOC_MODEL_URL": url, "ASKDOC_MODEL_SECONDS": "20"}
    more = ("--out", str(out), "--cases", str(cases), "--arms", "guarded", "bare")
    command = [sys.executable, str(SCRIPT), *more]
    return subprocess.run(
        command, env=os.environ | told, capture_output=True, text=True, check=False
    )


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_what_a_model_does_is_measured_and_goes_on_where_it_broke(tmp_path: Path) -> None:
    pytest.importorskip("langchain_openai")
    out = tmp_path / "out.jsonl"
    with endpoint("医保给您报 8888 元。{1}") as served:
        first = run(out, served.url, 1)
        asked = len(served.asked)
        again = run(out, served.url, 2)
        assert len(served.asked) > asked > 0, first.stderr
    done = [(one["arm"], one["case"]) for one in rows(out)]
    assert len(done) == len(set(done)) == 4
    guarded = [one for one in rows(out) if one["arm"] == "guarded"]
    bare = [one for one in rows(out) if one["arm"] == "bare"]
    assert len(guarded) == len(bare) == 2
    assert sum(one["struck"].get("figure", 0) for one in guarded) > 0
    assert sum(one["led_in"] for one in guarded) == 0
    assert sum(one["led_in"] for one in bare) > 0
    assert "would be struck" in again.stdout
    assert all(bool(one["words"]) == bool(one["struck"]) for one in rows(out))
