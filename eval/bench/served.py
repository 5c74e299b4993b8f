"""An application behind uvicorn, in a process of its own, and a client that keeps its connection.

What a call costs is the CPU of the server's process: of the application, of the server, and of the
kernel for it. The client's is not counted.
"""

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_ITS_CPU = 2
_ENDS = (b"\r\n0\r\n\r\n", b"\n0\r\n\r\n")


@dataclass(slots=True)
class Served:
    """A server that runs, and the one connection to it."""

    pid: int
    line: socket.socket

    def cpu(self) -> float:
        """Seconds of CPU that the server's process took so far, with all its threads."""
        # Linux's name for the clock of another process; to the nanosecond, where `/proc` has ticks.
        return time.clock_gettime((~self.pid << 3) | _ITS_CPU)

    def post(self, path: str, headers: dict[str, str], body: bytes) -> bytes:
        """The whole answer, with its head. A plain one tells its length, a stream its end."""
        told = {"host": "127.0.0.1", "content-length": str(len(body)), **headers}
        lines = (f"POST {path} HTTP/1.1", *(f"{name}: {one}" for name, one in told.items()))
        self.line.sendall("\r\n".join((*lines, "", "")).encode() + body)
        got = b""
        while not _is_whole(got):
            more = self.line.recv(65536)
            assert more, got
            got += more
        return got


def _is_whole(got: bytes) -> bool:
    head, _, body = got.partition(b"\r\n\r\n")
    if not body:
        return False
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    return body.endswith(_ENDS)


def _serve(build: Callable[..., Any], given: Sequence[Any], told: Connection) -> None:
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as door:
        app = build(*given)
        told.send(door.getsockname()[1])
        settings: dict[str, Any] = {"log_level": "warning", "access_log": False}
        config = uvicorn.Config(app, server_header=False, timeout_keep_alive=3600, **settings)
        uvicorn.Server(config).run(sockets=[door])


@contextmanager
def served(build: Callable[..., Any], *given: Any) -> Iterator[Served]:
    """The application that `build` makes, served until the end of the block."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(build, given, there), daemon=True)
    process.start()
    try:
        with socket.create_connection(("127.0.0.1", here.recv())) as line:
            assert process.pid is not None
            yield Served(process.pid, line)
    finally:
        process.terminate()
        process.join()
