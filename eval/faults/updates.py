"""Updates of Telegram sent once to four times, shuffled, sixteen at once, while the bot is killed.

The bot runs as people run it, in a process of its own behind its webhook, and is killed again and
again; the sender repeats each update until it hears 200, as Telegram does. The Bot API of our own
is the oracle: each update is answered, and no answer came twice without saying so.

Run: python eval/faults/updates.py [--small]
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from askdoc.testing.telegram_api import TelegramApi, running_api

AT_ONCE, SECRET = 16, "a-secret_of-ours"
UPDATES, KILLS, CHATS = 5000, 5, 500
SMALL_UPDATES, SMALL_KILLS = 120, 1
MOST_SECONDS = 900.0


@dataclass
class Bot:
    """The bot's process, begun again after each kill."""

    env: dict[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def begin(self) -> None:
        """Start it and wait until it answers."""
        where = f"127.0.0.1:{self.port}"
        words = [sys.executable, "-c", "from askdoc.cli import main; main()"]
        words += ["bot", "telegram", "--webhook", where]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(words, env=self.env, **quiet)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the bot does not start")

    def kill(self) -> None:
        """Kill it without a warning."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.kills += 1


@dataclass
class Sent:
    """How the posts of the platform ended."""

    statuses: Counter[int] = field(default_factory=Counter)


def post(port: int, update: dict[str, Any], sent: Sent) -> None:
    """Send an update until the bot says 200, as Telegram does."""
    body = json.dumps(update).encode()
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/telegram", body, headers)
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as found:
                sent.statuses[found.status] += 1
                return
        except urllib.error.HTTPError as failed:
            sent.statuses[failed.code] += 1
        except OSError:
            sent.statuses[0] += 1
        time.sleep(0.05)


def run(updates: int, kills: int) -> dict[str, Any]:
    """Send all of it; what came of it."""
    rng = random.Random(2026)
    with tempfile.TemporaryDirectory() as name, running_api(TelegramApi()) as api:
        # What is tried is the bot, not its rate: a limit would only make this longer.
        api.per_second = 100_000
        port = _free_port()
        told = {
            "ASKDOC_DATA": str(Path(name) / "data"),
            "ASKDOC_TELEGRAM_TOKEN": api.token,
            "ASKDOC_TELEGRAM_SECRET": SECRET,
            "ASKDOC_TELEGRAM_API": api.url,
            "ASKDOC_SENDS_PER_SECOND": "100000",
        }
        bot = Bot(os.environ | told, port)
        each = [api.says(str(1 + at % CHATS), "帮助") for at in range(updates)]
        posts = [one for one in each for _ in range(rng.randint(1, 4))]
        rng.shuffle(posts)
        sent, begun = Sent(), time.monotonic()
        bot.begin()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(post, port, one, sent) for one in posts]
            for at in range(kills):
                while sent.statuses[200] < len(posts) * (at + 1) // (kills + 1):
                    time.sleep(0.02)
                bot.kill()
                bot.begin()
            for one in done:
                one.result()
        _wait(api, each, begun)
        bot.kill()
        took = time.monotonic() - begun
        return _judged(api, each, sent, kills) | {"posts": len(posts), "seconds": took}


def _wait(api: TelegramApi, each: list[dict[str, Any]], begun: float) -> None:
    """Until each was answered and nothing more comes; what a kill cut off waits for its lease."""
    while _lost(api, each) and time.monotonic() < begun + MOST_SECONDS:
        time.sleep(0.5)
    seen = -1
    while seen != len(api.messages):
        seen = len(api.messages)
        time.sleep(5)


def _firsts(api: TelegramApi) -> list[str]:
    return [one.chat for one in api.messages if "可能重复" not in one.text]


def _lost(api: TelegramApi, each: list[dict[str, Any]]) -> int:
    """Updates whose chat saw fewer answers than it asked for."""
    asked = Counter(str(one["message"]["chat"]["id"]) for one in each)
    came = Counter(one.chat for one in list(api.messages))
    return sum(max(0, asked[chat] - came[chat]) for chat in asked)


def _judged(api: TelegramApi, each: list[dict[str, Any]], sent: Sent, kills: int) -> dict[str, Any]:
    """Answers of each chat against what it asked; marked ones are repeats that say so."""
    asked = Counter(str(one["message"]["chat"]["id"]) for one in each)
    came = Counter(_firsts(api))
    return {
        "updates": len(each),
        "kills": kills,
        "posts_by_status": dict(sent.statuses),
        "lost": _lost(api, each),
        "unmarked_repeats": sum(max(0, came[chat] - asked[chat]) for chat in asked),
        "marked_as_possible_repeats": len(api.messages) - sum(came.values()),
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def main() -> int:
    """Print what came of it as JSON; 1 when anything was lost or came twice unmarked."""
    small = "--small" in sys.argv[1:]
    found = run(SMALL_UPDATES, SMALL_KILLS) if small else run(UPDATES, KILLS)
    print(json.dumps(found, indent=1))
    return int(bool(found["lost"] or found["unmarked_repeats"]))


if __name__ == "__main__":
    sys.exit(main())
