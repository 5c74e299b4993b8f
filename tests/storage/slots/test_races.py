"""A small run of eval/faults/bookings.py; without the index the same check must find doubles."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from askdoc.testing.postgres import Cluster

from .conftest import Address

FOLDER = Path(__file__).parents[3] / "eval" / "faults"


@pytest.fixture(scope="module")
def faults() -> Iterator[ModuleType]:
    # As when it is run: its neighbours are found beside it.
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("bookings")
    sys.path.remove(str(FOLDER))


@pytest.fixture
def crash(request: pytest.FixtureRequest, address: Address) -> Callable[[], None] | None:
    """What kills the server of this database, if it has one."""
    if isinstance(address, Path):
        return None
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.crash


def test_killed_clients_and_servers_lose_and_double_nothing(
    faults: ModuleType, address: Address, crash: Callable[[], None] | None
) -> None:
    plan = faults.Plan(clients=8, seconds=3, least=50, least_killed=4, kill_server=crash)
    found = faults.race(address, plan)
    assert found.is_sound, found
    assert found.acknowledged >= 50
    assert found.clients_killed > 3
    assert crash is None or found.server_killed


def test_the_same_check_finds_slots_sold_twice_without_the_index(
    faults: ModuleType, address: Address
) -> None:
    plan = faults.Plan(clients=4, seconds=1, slots=6, least=50, is_constrained=False)
    found = faults.race(address, plan)
    assert found.double > 0
    assert not found.is_sound
