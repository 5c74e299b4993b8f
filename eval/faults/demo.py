"""The demonstration at its full size: 3,000 reminders, and the sender killed while it sends them.

`python eval/faults/demo.py [KILLS]`: starts `askdoc serve --demo` in a folder of its own, signs in
as the sample staff member, starts and kills the sender (3 times by default) and lets it finish.
The log of the phones is the oracle: every phone once, and no repeat that does not say so.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from askdoc.sample.clinic import WHOLE
from askdoc.sample.people import SAMPLE_KEYS

_LONGEST = 600
_COMMAND = "import sys; from askdoc.cli import main; sys.exit(main())"


@contextmanager
def served() -> Iterator[httpx.Client]:
    """A client of a new demonstration, signed in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        names = ("ASKDOC_DATA", "ASKDOC_CONFIG")
        env = os.environ | dict.fromkeys(names, folder)
        words = [sys.executable, "-c", _COMMAND, "serve", "--demo", "--port", str(port)]
        server = subprocess.Popen(words, env=env)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                _wait(client)
                client.post("/sign-in", data={"key": SAMPLE_KEYS["clinic_staff"]})
                yield client
        finally:
            server.terminate()
            server.wait()


def _wait(client: httpx.Client) -> None:
    for _ in range(_LONGEST):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            time.sleep(0.5)
        else:
            return


def show(client: httpx.Client, kills: int) -> dict[str, int]:
    """Start, kill so many times on the way, finish; the last count."""
    began = time.monotonic()
    for number in range(1, kills + 2):
        client.post("/demo/sender", data={"action": "start"})
        wanted = WHOLE.due * number // (kills + 1)
        count = client.get("/demo/count").json()
        while count["arrived"] < wanted or (number > kills and count["waiting"]):
            if time.monotonic() - began > _LONGEST:
                return dict(count)
            # One person may not ask more often than twice a second.
            time.sleep(0.6)
            count = client.get("/demo/count").json()
        client.post("/demo/sender", data={"action": "kill"})
        print(f"killed at {client.get('/demo/count').json()['arrived']}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    return dict(count)


def main() -> int:
    """Show it and print what arrived; 0 when all did and no repeat came unmarked."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with served() as client:
        count = show(client, kills)
    holds = (count["arrived"], count["waiting"], count["unmarked"]) == (WHOLE.due, 0, 0)
    print(f"{count}; holds: {holds}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
