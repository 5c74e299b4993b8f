"""A Bot API of our own over real HTTP: it keeps what chats would have seen, and fails as told.

It counts sends against a limit per second as Telegram does, hands updates out until they are
confirmed, and calls a webhook again until it hears 200.
"""

import json
import socket
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Condition
from typing import Any, Literal
from urllib.parse import parse_qs

from askdoc.testing.local_server import serving

Trouble = Literal["429", "403", "400", "500", "502", "504", "lost", "hangs"]
_TEXTS = {"403": "Forbidden: bot was blocked by the user", "400": "Bad Request: chat not found"}
_HANG_SECONDS = 2.0
# Bytes of what a button carries.
_MOST_DATA = 64


@dataclass(slots=True)
class Shown:
    """A message in a chat as it stands now; `at` is when it was accepted (monotonic seconds)."""

    chat: str
    id: int
    text: str
    buttons: dict[str, str]
    at: float
    edits: int = 0


@dataclass(slots=True)
class TelegramApi:
    """The fake. `troubles` befall the next sends, or askings for a file, in turn (None: none)."""

    token: str = "1000:TOKEN"
    per_second: int = 30
    messages: list[Shown] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    parse_modes: set[str] = field(default_factory=set)
    refused: int = 0
    lost: int = 0
    url: str = ""
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _troubles: deque[Trouble | None] = field(default_factory=deque)
    _accepted: deque[float] = field(default_factory=deque)
    _changed: Condition = field(default_factory=Condition)
    _number: int = 0

    def befall(self, troubles: Iterable[Trouble | None]) -> None:
        """What happens to the next sends."""
        self._troubles.extend(troubles)

    def says(self, chat: str, text: str, **more: Any) -> dict[str, Any]:
        """An update in which somebody writes to the bot; it is not yet given out."""
        message = {"message_id": self._next(), "date": 1764054000, "text": text}
        who = {"id": int(chat), "is_bot": False, "first_name": "A"}
        message |= {"chat": {"id": int(chat), "type": "private"}, "from": who} | more
        return {"update_id": self._next(), "message": message}

    def presses(self, chat: str, label: str) -> dict[str, Any]:
        """An update in which somebody presses the newest button of this label."""
        for shown in reversed(self.messages):
            if shown.chat == chat and label in shown.buttons:
                return self.pressed(chat, shown.id, shown.buttons[label])
        raise AssertionError(f"no button {label}")

    def pressed(self, chat: str, message: int, data: str) -> dict[str, Any]:
        """An update with any data of a button."""
        who = {"id": int(chat), "is_bot": False, "first_name": "A"}
        on = {"message_id": message, "date": 0, "chat": {"id": int(chat), "type": "private"}}
        query = {"id": str(self._next()), "from": who, "message": on, "data": data}
        return {"update_id": self._next(), "callback_query": query | {"chat_instance": "1"}}

    def give(self, *updates: dict[str, Any]) -> None:
        """Give updates out to whoever polls."""
        with self._changed:
            self._updates.extend(updates)
            self._changed.notify_all()

    def texts(self, chat: str) -> list[str]:
        """What a chat shows now, oldest first."""
        return [one.text for one in self.messages if one.chat == chat]

    def wait_for(self, count: int, seconds: float = 20.0) -> None:
        """Wait until so many messages were shown or edited."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._seen() >= count, seconds):
                raise AssertionError(f"{self._seen()} of {count} messages came")

    def _seen(self) -> int:
        return len(self.messages) + sum(one.edits for one in self.messages)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def answer(self, method: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        """The answer to a call; None for one that is accepted and then lost."""
        with self._changed:
            self.calls.append(method)
            if method == "getUpdates":
                return 200, {"ok": True, "result": self._given_out(told)}
            if method == "getFile":
                return self._file(str(told["file_id"]))
            if method not in ("sendMessage", "editMessageText"):
                return 200, {"ok": True, "result": True}
            return self._sent(method, told)

    def _given_out(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(told.get("offset", 0))
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        # Short, so that a test that stops polling need not wait.
        self._changed.wait_for(lambda: bool(self._updates), min(0.2, float(told["timeout"])))
        return self._updates[:100]

    def _file(self, id: str) -> tuple[int, dict[str, Any]] | None:
        if self._troubles and self._troubles.popleft() == "lost":
            return None
        if id not in self.files:
            return 400, _failed(400, "Bad Request: invalid file_id")
        size = len(self.files[id])
        file = {"file_id": id, "file_unique_id": id, "file_size": size, "file_path": id}
        return 200, {"ok": True, "result": file}

    def _sent(self, method: str, told: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        trouble = self._troubles.popleft() if self._troubles else None
        now = time.monotonic()
        while self._accepted and self._accepted[0] <= now - 1:
            self._accepted.popleft()
        if trouble == "429" or len(self._accepted) >= self.per_second:
            self.refused += 1
            more = {"parameters": {"retry_after": 1}}
            return 429, _failed(429, "Too Many Requests: retry after 1") | more
        if str(told["chat_id"]) in self.blocked:
            return 403, _failed(403, _TEXTS["403"])
        if any(len(one.encode()) > _MOST_DATA for one in _buttons(told).values()):
            return 400, _failed(400, "Bad Request: BUTTON_DATA_INVALID")
        if trouble in ("403", "400", "500", "502", "504"):
            return int(trouble), _failed(int(trouble), _TEXTS.get(trouble, "Internal Server Error"))
        self._accepted.append(now)
        shown = self._shown(method, told, now)
        self._changed.notify_all()
        if trouble in ("lost", "hangs"):
            self.lost += 1
            if trouble == "hangs":
                self._changed.wait(_HANG_SECONDS)
            return None
        chat = {"id": int(shown.chat), "type": "private"}
        result = {"message_id": shown.id, "date": 1764054000, "chat": chat, "text": shown.text}
        return 200, {"ok": True, "result": result}

    def _shown(self, method: str, told: dict[str, Any], now: float) -> Shown:
        if "parse_mode" in told:
            self.parse_modes.add(told["parse_mode"])
        buttons = _buttons(told)
        if method == "editMessageText":
            shown = next(one for one in self.messages if one.id == int(told["message_id"]))
            shown.text, shown.buttons, shown.edits = told["text"], buttons, shown.edits + 1
            return shown
        shown = Shown(str(told["chat_id"]), self._next(), told["text"], buttons, now)
        self.messages.append(shown)
        return shown


def _buttons(told: dict[str, Any]) -> dict[str, str]:
    rows = json.loads(told.get("reply_markup") or "{}").get("inline_keyboard", [])
    return {one["text"]: one["callback_data"] for row in rows for one in row}


def _failed(status: int, said: str) -> dict[str, Any]:
    return {"ok": False, "error_code": status, "description": said}


@contextmanager
def running_api(api: TelegramApi) -> Iterator[TelegramApi]:
    """Serve the fake on a free port; `api.url` says where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length).decode()
            if self.headers.get("content-type", "").startswith("application/json"):
                said = {name: [value] for name, value in json.loads(body).items()}
            else:
                said = parse_qs(body)
            _, bot, method = self.path.split("/", 2)
            if bot != f"bot{api.token}":
                self._answer(401, _failed(401, "Unauthorized"))
                return
            found = api.answer(method, {name: values[0] for name, values in said.items()})
            if found is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self._answer(*found)

        def do_GET(self) -> None:
            body = api.files[self.path.rpartition("/")[2]]
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n"
            self.wfile.write(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)

    with serving(Handler) as api.url:
        yield api
