"""What many tests share: the shipped knowledge, read once, and empty databases of both kinds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import delete

from askdoc.policy import Book, load_book
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.tables import metadata
from askdoc.testing.postgres import Cluster, cannot_run, running

# The same examples on every run: a change is judged by what it changed.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")

Address = Path | str
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def knowledge() -> Path:
    """The knowledge folder of this checkout."""
    return ROOT / "knowledge"


@pytest.fixture(scope="session")
def book(knowledge: Path) -> Book:
    """The shipped book of policy values."""
    return load_book(knowledge, shown=True)


@pytest.fixture(scope="session")
def started_cluster() -> Iterator[Cluster]:
    reason = cannot_run()
    if reason is not None:
        pytest.skip(reason)
    with running() as cluster:
        yield cluster


@pytest.fixture
def cluster(started_cluster: Cluster) -> Cluster:
    return started_cluster


@pytest.fixture(scope="session")
def shared_postgres(started_cluster: Cluster) -> Iterator[Database]:
    """One PostgreSQL database for many tests; `open_empty` empties it before each."""
    database = connect(started_cluster.new_database())
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def open_empty(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[str], Database]]:
    """Opens a database of a kind, with its tables and nothing in them."""
    file = connect(tmp_path / "askdoc.db")

    def opening(kind: str) -> Database:
        if kind == "sqlite":
            migrate(file)
            return file
        shared: Database = request.getfixturevalue("shared_postgres")
        with shared.writing() as kept:
            for table in reversed(metadata.sorted_tables):
                kept.execute(delete(table))
        return shared

    yield opening
    file.close()


@pytest.fixture(params=["sqlite", "postgres"])
def kept_database(
    request: pytest.FixtureRequest, open_empty: Callable[[str], Database]
) -> Database:
    """An empty database of each kind."""
    return open_empty(request.param)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return tmp_path / "data" / "askdoc.db"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.new_database()
