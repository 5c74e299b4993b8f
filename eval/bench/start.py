"""How much CPU the command line costs to start, as ratios to a bare interpreter.

Bounds: `askdoc --help` at most 6 times, `askdoc cost` at most 15 times the CPU of
`python -c pass`, medians of runs taken in turn on the same machine.

Run: python eval/bench/start.py
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

RUNS = 15
BOUNDS = {"help": 6.0, "cost": 15.0}
CASE = """
person: {region: cn/shanghai, scheme: employee, status: active}
visit: {day: 2026-11-23, setting: outpatient, tier: tertiary}
items:
  - {class: A, amount: 700}
  - {class: B, amount: 400, first_pay_share: 10%}
  - {class: off_catalogue, amount: 100}
year: {deductible_used: 320, account_current: 0}
"""


def cpu_of(command: list[str], environ: dict[str, str]) -> float:
    """User and system seconds of one finished command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def main() -> int:
    """Print medians, ratios and bounds as JSON; 1 when a bound is broken."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    askdoc = str(Path(sys.executable).with_name("askdoc"))
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.yaml"
        case.write_text(CASE, encoding="utf-8")
        commands = {
            "bare": [sys.executable, "-c", "pass"],
            "help": [askdoc, "--help"],
            "cost": [askdoc, "cost", "--case", str(case)],
        }
        for command in commands.values():
            cpu_of(command, environ)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                taken[name].append(cpu_of(command, environ))
    medians = {name: median(times) for name, times in taken.items()}
    ratios = {name: round(medians[name] / medians["bare"], 2) for name in BOUNDS}
    seconds = {name: round(taken_median, 4) for name, taken_median in medians.items()}
    print(json.dumps({"cpu_seconds": seconds, "ratio_to_bare": ratios, "bounds": BOUNDS}))
    return int(any(ratios[name] > bound for name, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
