"""Small runs of `eval/faults`: nothing is lost under kills, but in a control without the guard."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdoc.care.refills import NextRefill, RefillRules

FAULTS = Path(__file__).parents[2] / "eval" / "faults"
_spec = importlib.util.spec_from_file_location("schedules", FAULTS / "schedules.py")
assert _spec is not None
assert _spec.loader is not None
schedules = importlib.util.module_from_spec(_spec)
sys.modules["schedules"] = schedules
_spec.loader.exec_module(schedules)


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--kills", "8"], 0), (["--kills", "2", "--guard", "unmarked"], 1),
     (["--kills", "24", "--guard", "marks_first"], 1)],
    ids=["whole", "repeats without a mark", "marked before sending"],
)  # fmt: skip
def test_killed_workers_lose_nothing_and_a_control_without_the_guard_does(
    words: list[str], code: int
) -> None:
    program = [sys.executable, str(FAULTS / "reminders.py"), "--only", "sqlite", "--workers", "1"]
    done = subprocess.run(
        [*program, "--lease", "3", "--calm", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert '"letters": ' in done.stdout


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_a_generated_life_breaks_no_rule_of_reminders(seed: int) -> None:
    told = schedules.lived(schedules.life(Random(seed)), RefillRules())
    assert +told.broken == {}


def test_the_check_of_lives_finds_a_reminder_that_forgets_what_it_told() -> None:
    found, life = [], schedules.life(Random(3))
    told = schedules.Told()
    refill = schedules.lived(life, RefillRules()).reminders[0][1][0]
    assert isinstance(refill, NextRefill)
    for day in (refill.day, refill.earliest - schedules._DAY):
        schedules._check(life, day, [refill], [refill], {schedules.cycle_of(refill)}, told)
        found.append(dict(+told.broken))
    assert "twice" in found[0]
    assert "early" in found[1]


def test_a_month_with_late_doubled_and_missing_records_reminds_of_nothing_known_as_collected() -> (
    None
):
    done = subprocess.run(
        [sys.executable, str(FAULTS / "month.py"), "60"],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 while records were old (on 9 rounds)" in done.stdout
