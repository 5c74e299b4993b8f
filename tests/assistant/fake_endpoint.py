"""An endpoint with the interface of OpenAI on loopback, that answers as a test tells it to."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class Endpoint(ThreadingHTTPServer):
    """`says` is streamed.

    `fails` is one of status, first_status (the first call only), half, hangs_up (in the middle of
    a reference), silence, endless, junk, waits (behind the first reference, for `go_on`).
    """

    daemon_threads = True

    def __init__(self, says: str, fails: str | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says, self.fails = says, fails
        self.asked: list[dict[str, Any]] = []
        self.go_on = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def endpoint(says: str = "", fails: str | None = None) -> Iterator[Endpoint]:
    """A running endpoint."""
    served = Endpoint(says, fails)
    Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield served
    finally:
        served.shutdown()
        served.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append(json.loads(self.rfile.read(length)))
        fails = self.server.fails
        if fails == "status" or (fails == "first_status" and len(self.server.asked) == 1):
            self.send_error(500)
            return
        if fails == "silence":
            time.sleep(3)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        said = self.server.says
        try:
            for at, letter in enumerate(said):
                if fails == "half" and at > len(said) // 2:
                    return
                if fails == "hangs_up" and letter == "}":
                    return
                self._piece({"content": letter})
                if fails == "waits" and letter == "}":
                    self.server.go_on.wait(30)
            while fails == "endless":
                self._piece({"content": "好"})
                time.sleep(0.01)
            if fails == "junk":
                self.wfile.write(b"data: {not json\n\n")
                return
            self._piece({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def _piece(self, delta: dict[str, str], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        told = json.dumps({**chunk, "choices": [choice]})
        self.wfile.write(f"data: {told}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""
