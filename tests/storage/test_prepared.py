"""What every turn runs goes straight to SQLite's driver and means what it means otherwise."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, select

from askdoc.storage.database import Database, connect
from askdoc.storage.desk_tables import audit, corrections, tasks
from askdoc.storage.failures import Busy
from askdoc.storage.prepared import Prepared
from askdoc.storage.tables import conversations

from .conftest import NOW

_COLUMNS = ("at", "person", "action", "object", "request")
_NOTED = Prepared(insert(audit), _COLUMNS)
_OPENED = Prepared(insert(conversations))
_TOLD = Prepared(select(conversations).where(conversations.c.id == bindparam("conversation")))


def touched(number: int) -> dict[str, Any]:
    return {**dict.fromkeys(_COLUMNS, f"n{number}"), "at": NOW + timedelta(seconds=number)}


def opened(state: Any) -> dict[str, Any]:
    told = {"id": "c1", "channel": "web", "speaker": "resident", "opened_at": NOW}
    return {**told, "turn_count": 0, "state": state}


@pytest.mark.parametrize("state", [None, {}, {"说": ["三级", None, 1.5]}])
def test_rows_are_those_of_the_library(database: Database, state: Any) -> None:
    with database.writing() as kept:
        _OPENED.run(kept, opened(state))
    with database.reading() as kept:
        asked = {"conversation": "c1"}
        (row,) = _TOLD.rows(kept, asked)
        assert tuple(row) == tuple(kept.execute(_TOLD.statement, asked).one())
        assert (row.opened_at, row.state, row.turn_count) == (NOW, state, 0)
        assert _TOLD.first(kept, {"conversation": "c2"}) is None


def test_a_constant_and_a_day_are_bound(database: Database) -> None:
    day = date(2026, 12, 1)
    task = {"id": "t1", "kind": "report", "summary": "", "opened_at": NOW, "state": "closed"}
    made = {"task": "t1", "asked": "问", "answered": "答", "text": "改", "scope": {"a": 1}}
    holding = Prepared(
        select(corrections.c.expires_on, corrections.c.scope).where(
            corrections.c.outcome == "approved_answer",
            corrections.c.expires_on >= bindparam("day"),
        )
    )
    with database.writing() as kept:
        kept.execute(insert(tasks), task)
        more = {"outcome": "approved_answer", "expires_on": day, "by": "p", "at": NOW}
        kept.execute(insert(corrections), {**made, **more})
        assert [tuple(one) for one in holding.rows(kept, {"day": day})] == [(day, {"a": 1})]
        assert not holding.rows(kept, {"day": day + timedelta(days=1)})


def test_several_rows_are_put_in_and_none_is_no_mistake(database: Database) -> None:
    with database.writing() as kept:
        _NOTED.run(kept)
        _NOTED.run(kept, touched(1), touched(2))
    with database.reading() as kept:
        found = kept.execute(select(audit).order_by(audit.c.number)).all()
    assert [(one.at, one.person) for one in found] == [
        (NOW + timedelta(seconds=number), f"n{number}") for number in (1, 2)
    ]


def note_and_fail(database: Database, by_library: bool) -> None:
    with database.writing() as kept:
        _NOTED.run(kept, touched(1))
        if by_library:
            kept.execute(insert(audit), touched(2))
        raise KeyError


@pytest.mark.parametrize("by_library", [False, True])
def test_a_transaction_that_fails_leaves_nothing(database: Database, by_library: bool) -> None:
    with pytest.raises(KeyError):
        note_and_fail(database, by_library)
    with database.writing() as kept:
        assert kept.execute(select(audit)).first() is None
        _NOTED.run(kept, touched(3))
    with database.reading() as kept:
        assert [one.person for one in kept.execute(select(audit))] == ["n3"]


def test_a_file_that_others_hold_is_told_as_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.file is None:
        pytest.skip("a server lets two insert at a time")
    monkeypatch.setattr("askdoc.storage.database._ON_CONNECTING", ("PRAGMA busy_timeout = 50",))
    other = connect(database.file)
    with database.writing(), pytest.raises(Busy), other.reading() as kept:
        _NOTED.run(kept, touched(1))
    other.close()
