"""What each racer of `bookings.py` writes down: what it is about to do, and what came of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def lines_of(log: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a log; a line that was cut off by a kill was never told."""
    for line in log.read_bytes().splitlines(keepends=True) if log.exists() else ():
        if line.endswith(b"\n") and line.startswith(b"{"):
            try:
                yield json.loads(line)
            except ValueError:
                continue


def unanswered(log: Path) -> list[dict[str, Any]]:
    """What a client wanted and never heard of, oldest first."""
    wanted: dict[str, dict[str, Any]] = {}
    for line in lines_of(log):
        if "wants" in line:
            wanted[line["wants"]["key"]] = line["wants"]
        elif "key" in line:
            wanted.pop(line["key"], None)
    return list(wanted.values())


def follow(log: Path, alive: dict[str, str]) -> None:
    """Whose bookings a client was told of and has not changed since."""
    wants: dict[str, dict[str, Any]] = {}
    for line in lines_of(log):
        if "wants" in line:
            wants[line["wants"]["key"]] = line["wants"]
        elif "done" in line:
            wanted = wants[line["key"]]
            if wanted["do"] in ("move", "cancel"):
                alive.pop(wanted["booking"], None)
            if wanted["do"] != "cancel":
                alive[line["done"]] = wanted["person"]
