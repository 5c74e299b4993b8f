"""Pictures and recordings are fetched from the platforms of our own, or it is said why not."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from askdoc.bots import load_bot
from askdoc.channels import Refused, TryLater
from askdoc.channels.app import App, Unlimited
from askdoc.testing.telegram_api import TelegramApi, running_api
from askdoc.testing.wechat_api import WeChatApi, running_wechat


@dataclass
class Stand:
    """An app, what its platform keeps, and how to lose the answer to the next call."""

    app: App
    files: dict[str, bytes]
    lose: Callable[[], None]
    platform: Any


@contextmanager
def telegram() -> Iterator[Stand]:
    os.environ["PTB_TIMEDELTA"] = "true"
    with running_api(TelegramApi()) as api:
        env = {"ASKDOC_TELEGRAM_TOKEN": api.token, "ASKDOC_TELEGRAM_API": api.url}
        app = load_bot("telegram")(env, Unlimited())
        try:
            yield Stand(app, api.files, lambda: api.befall(["lost"]), api)
        finally:
            app.close()


@contextmanager
def wechat() -> Iterator[Stand]:
    with running_wechat(WeChatApi()) as api:
        app = load_bot("wechat")(api.env, Unlimited())
        try:
            yield Stand(app, api.files, lambda: api.befall([None]), api)
        finally:
            app.close()


@pytest.fixture(params=[telegram, wechat], ids=["telegram", "wechat"])
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    with request.param() as stand:
        yield stand


def test_what_is_there_comes_as_it_was_sent(stand: Stand) -> None:
    stand.files["f1"] = b"\xff\xd8\xff" + bytes(range(256)) * 100
    assert stand.app.fetch("f1") == stand.files["f1"]


def test_what_is_not_there_is_refused(stand: Stand) -> None:
    with pytest.raises(Refused):
        stand.app.fetch("gone")


def test_what_is_too_large_is_refused(stand: Stand) -> None:
    stand.files["f1"] = bytes(10 * 1024 * 1024 + 1)
    with pytest.raises(Refused):
        stand.app.fetch("f1")


def test_a_connection_that_breaks_is_a_matter_of_later(stand: Stand) -> None:
    stand.files["f1"] = b"thing"
    stand.lose()
    with pytest.raises(TryLater):
        stand.app.fetch("f1")
    assert stand.app.fetch("f1") == b"thing"


def test_a_token_of_wechat_that_ended_is_renewed_once_for_a_picture_too() -> None:
    with wechat() as stand:
        stand.files["f1"] = b"thing"
        assert stand.app.fetch("f1") == b"thing"
        stand.platform.tokens += 1
        assert stand.app.fetch("f1") == b"thing"
        assert stand.platform.tokens == 3
