"""The same conversation on the fake, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from askdoc.assistant.proposal import Order, Proposal, Waiting, new_key
from askdoc.assistant.talk.transcript import NewTurn, Transcript
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.tables import metadata
from askdoc.storage.transcript import open_transcript
from askdoc.testing import MemoryTranscript

from .cluster import Cluster, cannot_run, running

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
Address = Path | str


def turn(said: str = "三级医院能报多少", **told: Any) -> NewTurn:
    usual: dict[str, Any] = {"at": NOW, "said": said, "lang": "zh", "answer": {"kind": "ask"}}
    return NewTurn(**(usual | told))


def order(conversation: str, summary: str = "请人看看", doer: str = "hand_over") -> Order:
    """A hand-over that was confirmed; its key is that of the summary."""
    details = {"recipient": "staff", "summary": summary}
    proposal = Proposal(doer=doer, details=details, done="assistant.hand_over.done_staff")
    waiting = Waiting(proposal, new_key(conversation, proposal, NOW), NOW + timedelta(hours=1))
    return Order(conversation, waiting, NOW)


def left_to_staff(transcript: Transcript, conversation: str, summary: str) -> str:
    """A hand-over carried out with a turn of its own; its number."""
    before = transcript.state(conversation)
    if before is None:
        transcript.append(conversation, turn(), {})
        before = {}
    with transcript.settling(conversation, before) as settling:
        deed = settling.carry_out(order(conversation, summary))
        settling.append(turn("确认"), before)
    return deed.receipt.number


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


@pytest.fixture
def opened() -> Iterator[Callable[[Address], Transcript]]:
    """Open what is kept at an address; it is closed when the test is over."""
    kept = []

    def opening(at: Address) -> Transcript:
        kept.append(open_transcript(at))
        return kept[-1]

    yield opening
    for one in kept:
        one.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def transcript(
    request: pytest.FixtureRequest, tmp_path: Path, opened: Callable[[Address], Transcript]
) -> Transcript:
    """Each implementation of the port in turn."""
    if request.param == "memory":
        return MemoryTranscript()
    if request.param == "sqlite":
        return opened(tmp_path / "askdoc.db")
    cluster: Cluster = request.getfixturevalue("cluster")
    return opened(cluster.new_database())
