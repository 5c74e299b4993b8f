"""Echoes, for what FastAPI itself costs: answered on the loop, on a thread, and kept on the disk.

A chat's route waits for the disk, so it needs a thread, and the bound is held against the echo that
has one. FastAPI checks what a plain function returns on a second thread; the chat's route writes
its answer itself, so the echo that counts does too, and the checked one stands beside it. The echo
that keeps puts the rows of a turn into askdoc's own tables in one transaction, by hand and without
asking who calls: nothing that keeps a turn can cost less.
"""

import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel

from askdoc.storage.transcript import open_database

_SETTINGS = ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
_PERSON, _TALK = "p" * 32, "c" * 32
# As long as those of the chat with the canned reply.
_ANSWER, _STATE, _SEALED = "a" * 236, "s" * 164, b"r" * 344


class Said(BaseModel):
    """What is said."""

    text: str


def loop_echo() -> FastAPI:
    """The least that an answer over HTTP can cost with the same library."""
    app = FastAPI()

    @app.post("/echo")
    async def echo(said: Said) -> Said:
        return said

    return app


def thread_echo() -> FastAPI:
    """The least of a route that may wait for something."""
    app = FastAPI()

    @app.post("/echo", response_model=Said)
    def echo(said: Said) -> JSONResponse:
        return JSONResponse({"text": said.text})

    @app.post("/stream")
    def stream(said: Said) -> StreamingResponse:
        return StreamingResponse(_echoed(said), media_type="text/event-stream")

    return app


def checked_echo() -> FastAPI:
    """The same, whose answer FastAPI checks and writes."""
    app = FastAPI()

    @app.post("/echo")
    def echo(said: Said) -> Said:
        return said

    return app


async def _echoed(said: Said) -> AsyncIterator[str]:
    for name in ("accepted", "line", "turn"):
        yield f"event: {name}\ndata: {said.model_dump_json()}\n\n"


def keeping_echo(folder: str) -> FastAPI:
    """The least of a route that keeps what a turn keeps before it answers."""
    app, numbers = FastAPI(), count()
    kept = _opened(Path(folder) / "echo.db")

    @app.post("/echo", response_model=Said)
    def echo(said: Said) -> JSONResponse:
        _keep(kept, said.text, next(numbers))
        return JSONResponse({"text": said.text})

    return app


def _opened(file: Path) -> sqlite3.Connection:
    open_database(file).close()
    kept = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for one in _SETTINGS:
        kept.execute(f"PRAGMA {one}")
    now = str(datetime.now(UTC).replace(tzinfo=None))
    person = (_PERSON, "resident", b"", now)
    kept.execute("INSERT INTO persons (id, role, sealed, opened_at) VALUES (?, ?, ?, ?)", person)
    kept.execute(
        "INSERT INTO conversations (id, channel, speaker, opened_at, turn_count) "
        "VALUES (?, 'web', 'resident', ?, 0)",
        (_TALK, now),
    )
    return kept


def _keep(kept: sqlite3.Connection, said: str, number: int) -> None:
    now = str(datetime.now(UTC).replace(tzinfo=None))
    kept.execute("BEGIN IMMEDIATE")
    (turn,) = kept.execute(
        "UPDATE conversations SET turn_count = turn_count + 1, state = ? WHERE id = ? "
        "RETURNING turn_count",
        (_STATE, _TALK),
    ).fetchone()
    kept.execute(
        "INSERT INTO turns VALUES (?, ?, ?, ?, 'zh', ?, '[]', '[]', '[]', '[]')",
        (_TALK, turn, now, said, _ANSWER),
    )
    kept.execute(
        "INSERT INTO audit (at, person, action, object, request) VALUES (?, ?, ?, ?, ?)",
        (now, _PERSON, "conversation.talk", _TALK, f"{number:016}"),
    )
    kept.execute(
        "INSERT INTO requests VALUES (?, ?, ?, 201, ?, ?)",
        (_PERSON, f"socket-{number}", "d" * 64, _SEALED, now),
    )
    kept.execute("COMMIT")
