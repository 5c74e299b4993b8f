"""What HTTP costs: a chat turn with a canned reply beside an echo, open streams, memory, look-up.

`python eval/bench/over_http.py [TURNS]`. The canned reply leaves out reading and planning and keeps
all the rest: who calls, limits, whose conversation it is, the turn with the audit and the sealed
reply on the disk. CPU is told twice: over a socket, of a server in a process of its own (`served`),
which is what a call costs and what the bound is for; and called as ASGI, without server and socket.
The echoes are four (`echoes`): the bound is held against the one on a thread. All get the same
message by the same client; only the chat's answer is longer. A stream has the same beside a stream
of the same text. Memory is that of a process which loaded what every turn needs.
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

from echoes import checked_echo, keeping_echo, loop_echo, thread_echo
from served import Served, served

from askdoc.api.app import build_app
from askdoc.api.front import Front
from askdoc.assistant.answer import Answer
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk import session
from askdoc.assistant.talk.turned import Turned
from askdoc.bootstrap import House
from askdoc.identity.limits import Limit
from askdoc.identity.tokens import Holder, issue_token
from askdoc.settings import read_settings
from askdoc.storage import persons

_STREAMS = 200
_STREAM = "text/event-stream"
# As many calls are paid for at once as for a person who calls as often as they may.
_LOT = 10
_TYPED = ("atft", "阿司", "es", "立普妥", "氯吡", "erjia", "amlo", "tg")
_REPLY = Answer("answer", ("您好。",))
_ROUNDS = 7
App = Callable[[Any, Any, Any], Awaitable[None]]


def unlimited(front: Front) -> Front:
    """A front desk at which nobody calls too often; calls are paid for all the same."""
    front.persons = front.addresses = Limit(10**9, 10**9, front.pay, _LOT)
    return front


def chat_app(folder: str) -> App:
    """The application over the data of a folder, with the canned reply."""
    session.converse = _canned  # type: ignore[assignment]
    front = unlimited(Front(House(read_settings({"HOME": folder}))))
    front.load()
    return build_app(front)


def _canned(_said: object, dialogue: Dialogue, *_: object) -> Turned:
    return Turned(_REPLY, dialogue)


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


def over_socket(line: Served, count: int, path: str, token: str, accept: str = "*/*") -> float:
    """Milliseconds of CPU of the server for one message."""
    body = json.dumps({"text": "你好"}).encode()
    began = line.cpu()
    for _ in range(count):
        over_socket.number += 1  # type: ignore[attr-defined]
        headers = {
            "content-type": "application/json",
            "accept": accept,
            "authorization": f"Bearer {token}",
            "idempotency-key": f"socket-{over_socket.number}",  # type: ignore[attr-defined]
        }
        got = line.post(path, headers, body)
        assert got.startswith(b"HTTP/1.1 20"), got
    return (line.cpu() - began) / count * 1000


over_socket.number = 0  # type: ignore[attr-defined]


def beside_echoes(folder: str, path: str, token: str, count: int) -> dict[str, list[float]]:
    """Each over a socket, answered at once and as a stream, in rounds that take turns."""
    with (
        served(loop_echo) as loop,
        served(thread_echo) as thread,
        served(checked_echo) as checked,
        served(keeping_echo, folder) as keeping,
        served(chat_app, folder) as chat,
    ):
        ways: dict[str, Callable[[], float]] = {
            "loop": lambda: over_socket(loop, count, "/echo", token),
            "echo": lambda: over_socket(thread, count, "/echo", token),
            "checked": lambda: over_socket(checked, count, "/echo", token),
            "keeping": lambda: over_socket(keeping, count, "/echo", token),
            "chat": lambda: over_socket(chat, count, path, token),
            # A stream pauses between its lines, so fewer of them take as long.
            "echo stream": lambda: over_socket(thread, count // 4, "/stream", token, _STREAM),
            "chat stream": lambda: over_socket(chat, count // 4, path, token, _STREAM),
        }
        rounds = [{name: way() for name, way in ways.items()} for _ in range(_ROUNDS + 1)][1:]
    return {name: [one[name] for one in rounds] for name in ways}


async def main(count: int) -> int:
    """Print what was measured; exit code 1 beyond a limit."""
    with tempfile.TemporaryDirectory() as folder:
        house = House(read_settings({"HOME": folder}))
        front = Front(house)
        front.load()
        loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        app, echo = build_app(unlimited(front)), thread_echo()
        with house.database.writing() as kept:
            words: dict[str, Any] = {"name": "", "phone": "", "facts": {}}
            told = [("resident", words)]
            (id,) = persons.add_persons(kept, told, front.clock(), house.secret.wrapping)
        token = issue_token(Holder(id), front.clock(), house.secret.signing)
        opened = json.loads(await call(app, "POST", "/v1/conversations", token))["id"]
        path = f"/v1/conversations/{opened}/turns"
        rounds = beside_echoes(folder, path, token, count)
        took_by = {name: statistics.median(one) for name, one in rounds.items()}
        for name, one in took_by.items():
            echo_took = took_by["echo stream" if name.endswith("stream") else "echo"]
            least = f"least {min(rounds[name]):.2f}"
            print(f"socket, {name}: {one:.2f} ms ({least}), {one / echo_took:.1f} x an echo")
        session.converse = _canned  # type: ignore[assignment]
        said = {"text": "你好"}
        bare = await cpu_of(count, lambda: call(echo, "POST", "/echo", body=said))
        called = await cpu_of(count, lambda: call(app, "POST", path, token, said))
        print(f"ASGI: echo {bare:.2f} ms, chat {called:.2f}: {called / bare:.1f} x")
        events = f"/v1/conversations/{opened}/events"
        alive, each = await streams(app, events, token)
        print(f"streams open at once: {alive} of {_STREAMS}; {each:.1f} ms CPU each in 10 s")
        took = sorted(await look_ups(app, token))
        p95 = took[int(len(took) * 0.95)]
        print(f"look-up: median {statistics.median(took):.1f} ms, p95 {p95:.1f} ms of {len(took)}")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"memory: {loaded:.0f} MB after load, {most:.0f} MB at most")
        house.database.close()
    slow = took_by["chat"] > 2.5 * took_by["echo"]
    return 0 if not slow and alive == _STREAMS and p95 <= 100 and most <= 450 else 1


if __name__ == "__main__":
    turns = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.exit(asyncio.run(main(turns)))
