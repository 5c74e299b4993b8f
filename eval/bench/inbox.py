"""What a durable inbox costs, and whether answers wait while a broadcast goes out.

First: messages kept by many callers at once, with a full sync of the disk and without any; bounded
is their ratio. Then: letters nobody asked for go to a Bot API of our own that takes 30 a second,
while people go on asking. Bounded are the time of the broadcast against 30 a second, the share of
sends that the API put off, and how long people wait for their answers.

Run: python eval/bench/inbox.py [--small]
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread
from typing import Any

from sqlalchemy import event

from askdoc.bootstrap import House
from askdoc.bot_process import BotProcess, clock, usual_rules
from askdoc.bots import load_bot
from askdoc.channels import Inbound
from askdoc.channels.group_commit import GroupCommit
from askdoc.channels.letters import Letter, Route, Window
from askdoc.reception.consents import ConsentKind
from askdoc.receptionist import Receptionist
from askdoc.settings import read_settings
from askdoc.storage.budget import SqlBudget
from askdoc.storage.consents import Heard, keep_consent
from askdoc.storage.database import Database, connect
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox import SqlOutbox
from askdoc.testing.telegram_api import TelegramApi, running_api

CALLERS, REPEATS, PER_SECOND, SECONDS_A_SEND = 64, 5, 30, 1 / 28
LEAST_SYNC_RATIO, MOST_TIME, MOST_PUT_OFF, MOST_WAIT = 0.5, 1.15, 0.05, 2.0


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    messages: int
    letters: int
    asks_every: float


FULL, SMALL = Size(4000, 3000, 1.0), Size(400, 120, 1.0)


@contextmanager
def opened(folder: Path, sync: str) -> Iterator[Database]:
    """A database of our own whose disk is synced as told."""
    database = connect(folder / f"{sync}.db")

    def set_sync(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous = {sync}")

    event.listen(database.engine, "connect", set_sync)
    migrate(database)
    try:
        yield database
    finally:
        database.close()


def message(number: int) -> Inbound:
    """A message like any other."""
    return Inbound(
        channel="telegram",
        chat=str(number % 997),
        sender=str(number % 997),
        message_id=str(number),
        at=datetime.now(UTC),
        text="阿司匹林肠溶片能报销吗，我在上海，职工医保",
    )


def kept_per_second(database: Database, many: int) -> tuple[float, list[float]]:
    """How many messages are kept in a second, and how long each caller waited."""
    inbox = SqlInbox(database)
    commit = GroupCommit(lambda messages: inbox.keep(messages, clock()))

    def keep(number: int) -> float:
        begun = time.perf_counter()
        commit.keep(message(number))
        return time.perf_counter() - begun

    with ThreadPoolExecutor(CALLERS) as pool:
        begun = time.perf_counter()
        waits = list(pool.map(keep, range(many)))
        rate = many / (time.perf_counter() - begun)
    assert sum(inbox.counted().values()) == many
    return rate, waits


def durability(size: Size) -> dict[str, Any]:
    """Full sync against none, in turn, on databases of their own."""
    rates: dict[str, list[float]] = {"FULL": [], "OFF": []}
    waits: list[float] = []
    for _ in range(REPEATS):
        for sync, found in rates.items():
            with (
                tempfile.TemporaryDirectory(dir=os.environ.get("ASKDOC_BENCH_DISK")) as name,
                opened(Path(name), sync) as database,
            ):
                rate, waited = kept_per_second(database, size.messages)
            found.append(rate)
            if sync == "FULL":
                waits += waited
    full, off = median(rates["FULL"]), median(rates["OFF"])
    return {
        "kept_per_second": {"full sync": full, "without": off},
        "ratio": full / off,
        "seconds_until_kept": {"p50": median(waits), "p99": quantiles(waits, n=100)[98]},
    }


@contextmanager
def running_bot(folder: Path, api: TelegramApi) -> Iterator[BotProcess]:
    """The bot as it runs, on a file of its own."""
    house = House(read_settings({"HOME": "/nonexistent"}))
    database = connect(folder / "askdoc.db")
    migrate(database)
    env = {"ASKDOC_TELEGRAM_TOKEN": api.token, "ASKDOC_TELEGRAM_API": api.url}
    app = load_bot("telegram")(env, SqlBudget(database, SECONDS_A_SEND, clock))
    rules = replace(usual_rules(house), quiet=Window(3, 4), per_minute=60 * PER_SECOND)
    can = {"telegram": app.channel.abilities}
    receptionist = Receptionist(inbox=SqlInbox(database), house=house, abilities=can, clock=clock)
    process = BotProcess(receptionist, database, app, rules)
    try:
        with process:
            yield process
    finally:
        app.close()
        database.close()


def asking(api: TelegramApi, process: BotProcess, every: float, stop: Event) -> list[float]:
    """Somebody asks again and again; how long each answer took."""
    waits: list[float] = []
    number = 0
    while not stop.is_set():
        number += 1
        chat = str(900_000 + number)
        begun = time.perf_counter()
        process.keep(message_of(chat, number))
        while not any(one.chat == chat for one in api.messages[-200:]):
            if stop.wait(0.01) and time.perf_counter() - begun > MOST_WAIT:
                break
        waits.append(time.perf_counter() - begun)
        stop.wait(max(0.0, every - waits[-1]))
    return waits


def message_of(chat: str, number: int) -> Inbound:
    """A short question whose answer needs no consent."""
    return replace(message(10**7 + number), chat=chat, sender=chat, text="帮助")


def letters(many: int, now: datetime) -> list[Letter]:
    """A reminder to so many people."""
    return [
        Letter(
            topic="refill",
            subject=f"r{number}",
            cycle="2026-11-25",
            kind="reminder",
            recipient=f"r{number}",
            routes=(Route("telegram", str(number)),),
            text="您好，该到社区取药了，请带好医保卡。",
            lang="zh",
            not_before=now,
            not_after=now + timedelta(days=1),
        )
        for number in range(1, many + 1)
    ]


def agreed(process: BotProcess, many: int) -> None:
    """Everybody agreed to be reminded, and that it leaves the country."""
    kinds: tuple[ConsentKind, ...] = ("reminders", "cross_border")
    with process.database.writing() as kept:
        for number in range(1, many + 1):
            for kind in kinds:
                said = Heard(who=f"r{number}", kind=kind, given=True, way="desk", by="bench")
                keep_consent(kept, said, clock())


def broadcast(size: Size) -> dict[str, Any]:
    """Letters to everybody while people ask."""
    os.environ["PTB_TIMEDELTA"] = "true"
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("ASKDOC_BENCH_DISK")) as name,
        running_api(TelegramApi(per_second=PER_SECOND)) as api,
        running_bot(Path(name), api) as process,
    ):
        agreed(process, size.letters)
        first = message_of("899999", 0)
        process.keep(first)
        api.wait_for(1)
        stop, waits = Event(), list[float]()
        asker = Thread(target=lambda: waits.extend(asking(api, process, size.asks_every, stop)))
        outbox = SqlOutbox(process.database)
        asker.start()
        begun = time.perf_counter()
        outbox.put(letters(size.letters, clock()), clock())
        while outbox.counted("refill").get("sent", 0) < size.letters:
            time.sleep(0.1)
        took = time.perf_counter() - begun
        stop.set()
        asker.join()
        sends = api.calls.count("sendMessage")
        reminders = [one.text for one in api.messages if "取药" in one.text]
    return {
        "letters": size.letters,
        "came": len(reminders),
        "marked_as_repeats": sum("可能重复" in one for one in reminders),
        "seconds": took,
        "of_the_least_time": took / (size.letters / PER_SECOND),
        "put_off": api.refused / sends,
        "answers": len(waits),
        "answer_seconds": {"p50": median(waits), "p95": quantiles(waits, n=20)[18]},
    }


def main() -> int:
    """Print what was measured as JSON; 1 when a bound is broken."""
    size = SMALL if "--small" in sys.argv[1:] else FULL
    kept, sent = durability(size), broadcast(size)
    passed = {
        "full sync": kept["ratio"] >= LEAST_SYNC_RATIO,
        "time": sent["of_the_least_time"] <= MOST_TIME,
        "put off": sent["put_off"] <= MOST_PUT_OFF,
        "answers": sent["answer_seconds"]["p95"] <= MOST_WAIT,
        "each came once": sent["came"] == sent["letters"] and not sent["marked_as_repeats"],
    }
    bounds = {
        "least_sync_ratio": LEAST_SYNC_RATIO,
        "most_of_the_least_time": MOST_TIME,
        "most_put_off": MOST_PUT_OFF,
        "most_answer_seconds_p95": MOST_WAIT,
    }
    told = {"inbox": kept, "broadcast": sent, "bounds": bounds, "passed": passed}
    print(json.dumps(told, indent=1, ensure_ascii=False))
    return int(not all(passed.values()))


if __name__ == "__main__":
    sys.exit(main())
