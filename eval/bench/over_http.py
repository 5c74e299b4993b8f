"""What HTTP costs: a chat turn with a canned reply beside an echo, open streams, memory, look-up.

`python eval/bench/over_http.py [TURNS]`. The canned reply leaves out what answering costs and keeps
all that HTTP adds: who calls, limits, the key of the change, whose conversation it is, the audit,
the sealed reply. CPU is that of the process, without a client or a socket: both applications are
called as ASGI. Memory is that of a process which loaded what every turn needs.
"""

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.api.routes import conversations
from askdoc.bootstrap import House
from askdoc.identity.limits import Limit
from askdoc.identity.tokens import issue_token
from askdoc.settings import read_settings
from askdoc.storage import persons

_STREAMS = 200
_TYPED = ("atft", "阿司", "es", "立普妥", "氯吡", "erjia", "amlo", "tg")
_CANNED: dict[str, Any] = {
    "number": 1,
    "at": "2026-11-25T09:30:00+08:00",
    "said": "你好",
    "answer": {"kind": "answer", "text": "您好。"},
    "verdict": None,
    "approved": [],
}
App = Callable[[Any, Any, Any], Awaitable[None]]


class Said(BaseModel):
    """What is said."""

    text: str


def echo_app() -> FastAPI:
    """The least that an answer over HTTP can cost with the same library."""
    app = FastAPI()

    @app.post("/echo")
    def echo(said: Said) -> Said:
        return said

    return app


async def call(app: App, method: str, path: str, token: str = "", body: Any = None) -> bytes:
    """One request straight into an application; the body of its answer."""
    raw = b"" if body is None else json.dumps(body).encode()
    address, _, query = path.partition("?")
    call.number += 1  # type: ignore[attr-defined]
    headers = {
        "content-type": "application/json",
        "content-length": str(len(raw)),
        "authorization": f"Bearer {token}",
        "idempotency-key": f"bench-{call.number}",  # type: ignore[attr-defined]
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), one.encode()) for name, one in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent = [{"type": "http.request", "body": raw, "more_body": False}]
    got: list[bytes] = []

    async def receive() -> Any:
        return sent.pop() if sent else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] < 300, (message["status"], path)
        got.append(message.get("body", b""))

    await app(scope, receive, send)
    return b"".join(got)


call.number = 0  # type: ignore[attr-defined]


async def cpu_of(count: int, send: Callable[[], Awaitable[bytes]]) -> float:
    """Milliseconds of CPU for one request: the median of five runs, after a warm-up."""
    runs = []
    for number in range(6):
        began = time.process_time()
        for _ in range(count):
            await send()
        if number:
            runs.append((time.process_time() - began) / count * 1000)
    return statistics.median(runs)


async def streams(app: App, path: str, token: str) -> tuple[int, float]:
    """How many streams were open at once, and the CPU of one for ten seconds, in milliseconds."""
    waiting = [asyncio.create_task(call(app, "GET", path, token)) for _ in range(_STREAMS)]
    await asyncio.sleep(3)
    began = time.process_time()
    await asyncio.sleep(10)
    took = (time.process_time() - began) * 1000 / _STREAMS
    alive = sum(not one.done() for one in waiting)
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return alive, took


async def look_ups(app: App, token: str) -> list[float]:
    """Milliseconds of each look-up: the list while typing, then the card."""
    took = []
    for number in range(len(_TYPED) * 25):
        typed = _TYPED[number % len(_TYPED)]
        began = time.perf_counter()
        found = json.loads(await call(app, "GET", f"/v1/medicines?q={_quoted(typed)}", token))
        took.append((time.perf_counter() - began) * 1000)
        for one in found["items"][:1]:
            began = time.perf_counter()
            path = f"/v1/medicines/{_quoted(one['id'])}?region=cn/shanghai&scheme=employee"
            await call(app, "GET", path, token)
            took.append((time.perf_counter() - began) * 1000)
    return took


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="") if text.isascii() else quote(text)


async def main(count: int) -> int:
    """Print what was measured; exit code 1 beyond a limit."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(read_settings({"HOME": folder}))
        front = Front(house)
        front.load()
        loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        front.persons = front.addresses = Limit(10**9, 10**9)
        app, echo = build_app(front), echo_app()
        with house.database.writing() as kept:
            words: dict[str, Any] = {"name": "", "phone": "", "facts": {}}
            told = [("resident", words)]
            (id,) = persons.add_persons(kept, told, front.clock(), house.secret.wrapping)
        token = issue_token(id, front.clock(), house.secret.signing)
        opened = json.loads(await call(app, "POST", "/v1/conversations", token))["id"]
        path = f"/v1/conversations/{opened}/turns"
        conversations.take = lambda *_: _CANNED
        said = {"text": "你好"}
        least = await cpu_of(count, lambda: call(echo, "POST", "/echo", body=said))
        turn = await cpu_of(count, lambda: call(app, "POST", path, token, said))
        print(f"echo {least:.2f} ms CPU, canned chat {turn:.2f} ms: {turn / least:.1f} x")
        events = f"/v1/conversations/{opened}/events"
        alive, each = await streams(app, events, token)
        print(f"streams open at once: {alive} of {_STREAMS}; {each:.1f} ms CPU each in 10 s")
        took = sorted(await look_ups(app, token))
        p95 = took[int(len(took) * 0.95)]
        print(f"look-up: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms of {len(took)}")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory: {loaded:.0f} MB after load, {most:.0f} MB at most")
        house.database.close()
    return 0 if turn <= 2.5 * least and alive == _STREAMS and p95 <= 100 and most <= 450 else 1


if __name__ == "__main__":
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.exit(asyncio.run(main(turns)))
