"""The web's end of a channel: requests of a platform, bounded and answered, as an ASGI program.

A handler runs in a thread and answers when the message is on the disk. What it raises because the
database is gone becomes 503, so that the platform sends the message again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from askdoc.wording import AskdocError

MOST_BYTES = 256 * 1024
_SECONDS_FOR_BODY = 10.0
_THREADS = 64
_LOG = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a handler sees it; header names are in small letters."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered."""

    status: int
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


Handle = Callable[[Request], Reply]


class _TooLarge(Exception):
    """The body is longer than any message."""


def receiver(hooks: Mapping[str, Handle]) -> Asgi:
    """The ASGI program that answers these paths; it can be mounted in a larger one."""

    # Many: all who wait for the same sync of the disk are kept by it together.
    threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="webhook")

    async def program(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            threads.shutdown()
            return
        if scope["type"] != "http":
            return
        reply = await _answered(hooks, threads, scope, receive)
        headers = [(b"content-type", reply.kind.encode())]
        headers.append((b"content-length", str(len(reply.body)).encode()))
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": reply.body})

    return program


async def _answered(
    hooks: Mapping[str, Handle], threads: ThreadPoolExecutor, scope: Scope, receive: Receive
) -> Reply:
    handle = hooks.get(scope["path"])
    if handle is None:
        return Reply(404)
    if scope["method"] not in ("GET", "POST"):
        return Reply(405)
    try:
        body = await asyncio.wait_for(_body(receive), _SECONDS_FOR_BODY)
    except _TooLarge:
        return Reply(413)
    except TimeoutError:
        return Reply(408)
    query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    request = Request(scope["method"], query, headers, body)
    try:
        return await asyncio.get_running_loop().run_in_executor(threads, handle, request)
    except AskdocError as failed:
        _LOG.warning("webhook.not_kept", extra={"error": failed.code})
        return Reply(503)
    except Exception as failed:  # noqa: BLE001  the edge of the web: the platform sends again
        _LOG.warning("webhook.defect", extra={"error": type(failed).__name__})
        return Reply(503)


async def _body(receive: Receive) -> bytes:
    taken = bytearray()
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise _TooLarge
        taken += part.get("body", b"")
        if len(taken) > MOST_BYTES:
            raise _TooLarge
        if not part.get("more_body"):
            return bytes(taken)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        told = await receive()
        await send({"type": f"{told['type']}.complete"})
        if told["type"] == "lifespan.shutdown":
            return
