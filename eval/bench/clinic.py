"""What a clinic's overview of 9,000 residents costs, beside reading its records and nothing else.

`python eval/bench/clinic.py [--residents 9000]`

The clinic is the one of the demonstration. Each page is asked over HTTP in this process; CPU
counts, not the clock. The floor is one plain read of the same five tables, into rows.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from sqlalchemy import event, select
from starlette.testclient import TestClient

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.bootstrap import House
from askdoc.sample.clinic import Size
from askdoc.sample.day import DEMO_NOW
from askdoc.sample.house import sample_house
from askdoc.sample.people import SAMPLE_KEYS, fill
from askdoc.settings import read_settings
from askdoc.storage.care_tables import contracts, dispensings, prescriptions, residents, stays
from askdoc.storage.database import Database

_ROUNDS = 7
# Times the floor; of the statements of a page none may be asked twice.
_BOUND = 4.0
_PATHS = ("/clinic", "/v1/clinic", "/clinic/lists/due", "/clinic/report")
_TABLES = (residents, prescriptions, dispensings, stays, contracts)


def main() -> int:
    """Print what each page cost; 0 when all hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--residents", type=int, default=9000)
    size = asked.parse_args().residents
    with tempfile.TemporaryDirectory() as home:
        house = sample_house(House(read_settings({"HOME": home})))
        fill(house, DEMO_NOW, Size(residents=size, due=size // 3))
        found = measured(house)
        house.database.close()
    found = {"residents": size, **found}
    print(json.dumps(found, indent=1))
    return 0 if found["holds"] else 1


def measured(house: House) -> dict[str, Any]:
    """CPU of each page in seconds, as times the floor, and how many statements it asked."""
    front = Front(house, clock=lambda: DEMO_NOW)
    headers = {"X-API-Key": SAMPLE_KEYS["doctor"]}
    with TestClient(build_app(front)) as client:

        def ask(path: str) -> None:
            assert client.get(path, headers=headers).status_code == 200, path

        for path in _PATHS:
            ask(path)
        floor = cpu(lambda: read_all(house.database))
        pages = {path: _page(house.database, path, ask, floor) for path in _PATHS}
    holds = all(one["times"] <= _BOUND and not one["asked_twice"] for one in pages.values())
    return {"floor_seconds": round(floor, 3), "bound": _BOUND, "pages": pages, "holds": holds}


def _page(
    database: Database, path: str, ask: Callable[[str], None], floor: float
) -> dict[str, Any]:
    with statements(database) as asked:
        ask(path)
    taken = cpu(lambda: ask(path))
    twice = sum(count - 1 for count in Counter(asked).values())
    return {
        "seconds": round(taken, 3),
        "times": round(taken / floor, 2),
        "statements": len(asked),
        "asked_twice": twice,
    }


def cpu(work: Callable[[], None]) -> float:
    """The median CPU seconds of some rounds."""
    taken = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return median(taken)


def read_all(database: Database) -> None:
    """All that the clinic's records hold, as rows."""
    with database.reading() as kept:
        for one in _TABLES:
            kept.execute(select(one)).all()


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, str]]]:
    """The reading statements that are asked, with what they are given."""
    asked: list[tuple[str, str]] = []

    def note(one: object, cursor: object, statement: str, told: object, *rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, str(told)))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


if __name__ == "__main__":
    sys.exit(main())
