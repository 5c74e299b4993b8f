"""A whole bot beside a platform of the test's own."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from askdoc.bootstrap import House
from askdoc.bot_process import BotProcess, clock, usual_rules
from askdoc.bots import load_bot
from askdoc.channels.app import App
from askdoc.channels.letters import Window
from askdoc.channels.sending import SendingRules
from askdoc.looking import Looking
from askdoc.reception.seen import Transcriber
from askdoc.receptionist import Receptionist
from askdoc.settings import read_settings
from askdoc.storage.budget import SqlBudget
from askdoc.storage.database import connect
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.migrating import migrate
from askdoc.testing.telegram_api import TelegramApi, running_api

SECRET = "a-secret_of-ours"
Start = Callable[..., AbstractContextManager[BotProcess]]


@pytest.fixture(scope="session")
def house() -> House:
    """The shipped knowledge, read once."""
    return House(read_settings({"HOME": "/nonexistent"}))


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    os.environ["PTB_TIMEDELTA"] = "true"
    with running_api(TelegramApi()) as api:
        yield api


@dataclass(frozen=True)
class Tuning:
    """What a test sets otherwise."""

    seconds_a_send: float = 0.0
    repeat_after: timedelta = timedelta(milliseconds=100)


def quick_rules(house: House) -> SendingRules:
    """The usual rules, by day and night, with waits that a test can wait for."""
    return replace(
        usual_rules(house),
        quiet=Window(3, 4),
        repeat_after=timedelta(milliseconds=100),
        put_off=timedelta(milliseconds=100),
        per_minute=100_000,
    )


def opened(api: TelegramApi, budget: Any) -> App:
    env = {
        "ASKDOC_TELEGRAM_TOKEN": api.token,
        "ASKDOC_TELEGRAM_SECRET": SECRET,
        "ASKDOC_TELEGRAM_API": api.url,
    }
    return load_bot("telegram")(env, budget)


@pytest.fixture
def start(house: House, api: TelegramApi, address: Path | str) -> Start:
    """Start the bot on the test's database, as often as wanted."""

    @contextmanager
    def starting(
        seconds_a_send: float = 0.0, transcriber: Transcriber | None = None
    ) -> Iterator[BotProcess]:
        database = connect(address)
        migrate(database)
        app = opened(api, SqlBudget(database, seconds_a_send, clock))
        receptionist = Receptionist(
            inbox=SqlInbox(database),
            house=house,
            abilities={app.channel.name: app.channel.abilities},
            clock=clock,
            look=Looking(house=house, fetch={app.channel.name: app.fetch}, transcriber=transcriber),
        )
        try:
            with BotProcess(receptionist, database, app, quick_rules(house)) as process:
                yield process
        finally:
            app.close()
            database.close()

    return starting
