"""A small run of eval/faults/bookings.py; without the index the same check must find doubles."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from ..cluster import Cluster  # noqa: TID252  the cluster of the tests beside
from .conftest import Address

FILE = Path(__file__).parents[3] / "eval" / "faults" / "bookings.py"


@pytest.fixture(scope="module")
def faults() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fault_bookings", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fault_bookings"] = module
    spec.loader.exec_module(module)
    return module


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
    plan = faults.Plan(clients=8, seconds=3, least=50, kill_server=crash)
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
