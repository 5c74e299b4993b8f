"""The same conversation on the fake, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from askdoc.assistant.proposal import Order, Proposal, Waiting, new_key
from askdoc.assistant.talk.transcript import NewTurn, Transcript
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import migrate
from askdoc.storage.transcript import open_transcript
from askdoc.testing import MemoryTranscript
from askdoc.testing.postgres import Cluster

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


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    """Each database in turn, with its tables made."""
    found = connect(address)
    migrate(found)
    yield found
    found.close()
