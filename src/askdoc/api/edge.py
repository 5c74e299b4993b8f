"""The edge that every request passes: its id, its time, its size, what browsers may do with it.

Plain ASGI, so that a stream is not held back. The only place that catches everything.
"""

import re
import secrets
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askdoc.api.front import Front
from askdoc.api.problems import LIMIT, Defect, TooLarge, note_defect, problem_response

_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Everything a page needs comes from us; nothing of it is written by a person.
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        b"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        b"frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NO_STORE = (b"cache-control", b"no-store")


class _TooMuch(HTTPException):
    """More came than fits. Of this kind, so that whoever reads a body lets it through."""

    def __init__(self) -> None:
        super().__init__(413)


class Edge:
    """The outermost application."""

    def __init__(self, app: ASGIApp, front: Front) -> None:
        self.app = app
        self.front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        length, said = _told(scope)
        seen = _Seen(scope, self.front, said)
        try:
            if length > LIMIT:
                raise _TooMuch
            await self.app(scope, _bounded(receive), seen.sending(send))
        except _TooMuch:
            found = problem_response(TooLarge(), Request(scope))
            await found(scope, receive, seen.sending(send))
        except Exception as failed:  # noqa: BLE001  the web edge
            note_defect(failed)
            if seen.status is None:
                found = problem_response(Defect(), Request(scope))
                await found(scope, receive, seen.sending(send))
        finally:
            seen.count()


class _Seen:
    """What is noted of one request."""

    def __init__(self, scope: Scope, front: Front, said: str) -> None:
        self.id = said if _ID.fullmatch(said) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = self.id
        self.scope = scope
        self.front = front
        self.began = front.steady()
        self.took = 0.0
        self.status: int | None = None

    def sending(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.took = self.front.steady() - self.began
                kept = [] if self.scope["path"].startswith("/static/") else [_NO_STORE]
                headers: list[Any] = [*message.get("headers", ()), *_HEADERS, *kept]
                message = {**message, "headers": [*headers, (b"x-request-id", self.id.encode())]}
            await send(message)

        return sent

    def count(self) -> None:
        route = getattr(self.scope.get("route"), "path", "-")
        self.front.metrics.count(self.scope["method"], route, self.status, self.took)


def _told(scope: Scope) -> tuple[int, str]:
    """The length that the body is said to have, and the id that the caller gave the request."""
    length, id = b"", b""
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = length or value
        elif name == b"x-request-id":
            id = id or value
    return int(length) if length.isdigit() else 0, id.decode("latin-1")


def _bounded(receive: Receive) -> Receive:
    left = LIMIT

    async def received() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _TooMuch
        return message

    return received
