"""The Telegram bot against a Bot API of our own over real HTTP."""

import asyncio
import json
import random
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import select

from askdoc.bot_process import BotProcess
from askdoc.channels.webhook import MOST_BYTES
from askdoc.dictation import ProgramTranscriber
from askdoc.reception.enrolment import Enrolment
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.messaging_tables import inbox
from askdoc.storage.outbox import SqlOutbox
from askdoc.testing.telegram_api import TelegramApi, Trouble

from .conftest import SECRET, Start

BILL = "我在上海，职工医保在职，三级医院门诊花了1200元，能报多少？"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Platform:
    """Telegram's end of the webhook."""

    def __init__(self, process: BotProcess) -> None:
        transport = httpx.ASGITransport(app=process.web())  # type: ignore[arg-type]
        self._client = httpx.AsyncClient(transport=transport, base_url="http://bot")

    def post(self, body: bytes | dict[str, Any], secret: str | bytes | None = SECRET) -> int:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = secret.encode() if isinstance(secret, str) else secret
        headers = {HEADER.encode(): shown} if shown is not None else {}
        return asyncio.run(self._post(sent, headers))

    async def _post(self, body: bytes, headers: dict[bytes, bytes]) -> int:
        return (await self._client.post("/telegram", content=body, headers=headers)).status_code


@contextmanager
def given(way: str, process: BotProcess, api: TelegramApi) -> Iterator[Callable[..., None]]:
    """How Telegram gives updates out: fetched by the bot, or posted to it over a socket."""
    if way == "polling":
        process.poll()
        yield api.give
        return
    with listening(process.web()) as address, httpx.Client(base_url=address) as telegram:

        def post(*updates: dict[str, Any]) -> None:
            for update in updates:
                told = telegram.post("/telegram", json=update, headers={HEADER: SECRET})
                assert told.status_code == 200

        yield post


@contextmanager
def listening(web: Any) -> Iterator[str]:
    """The bot's own web server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = uvicorn.Config(web, port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(told)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_a_whole_talk_with_a_restart_in_the_middle(
    start: Start, api: TelegramApi, way: str
) -> None:
    with start() as process, given(way, process, api) as give:
        give(api.says("7", "/start"))
        api.wait_for(1)
        assert "境外" in api.texts("7")[0]
        give(api.presses("7", "同意"))
        api.wait_for(3)
        assert api.texts("7")[0].endswith("✓ 同意")
        give(api.says("7", "阿司匹林能报吗"))
        api.wait_for(4)
    with start() as process, given(way, process, api) as give:
        give(api.presses("7", "阿司匹林肠溶片"))
        api.wait_for(6)
        assert "甲类" in api.texts("7")[-1]
        edited = api.says("7", BILL)
        edited["edited_message"] = edited.pop("message")
        give(edited)
        api.wait_for(7)
    assert "490.00" in api.texts("7")[-1]
    assert len(api.texts("7")) == 5
    assert "sendChatAction" in api.calls
    assert "answerCallbackQuery" in api.calls


def test_a_recording_is_fetched_written_down_by_a_program_and_read_back(
    start: Start, api: TelegramApi, tmp_path: Path
) -> None:
    file = tmp_path / "listen"
    file.write_text("#!/bin/sh\nexec cat\n")
    file.chmod(0o700)
    api.files["v1"] = BILL.encode()
    with start(transcriber=ProgramTranscriber(file)) as process:
        process.poll()
        api.give(api.says("7", "/start"))
        api.wait_for(1)
        api.give(api.presses("7", "同意"))
        api.wait_for(3)
        api.give(recorded(api, "v1"), recorded(api, "gone"))
        api.wait_for(5)
        # Two senders take the answers to two messages, so either may come first.
        heard, unheard = sorted(api.texts("7")[-2:], key=lambda one: "没有听懂" in one)
        assert f"“{BILL}”" in heard
        assert "没有听懂" in unheard
        api.give(api.presses("7", "对"))
        api.wait_for(7)
    assert "490.00" in api.texts("7")[-1]


def recorded(api: TelegramApi, ref: str) -> dict[str, Any]:
    """An update in which somebody sends a recording."""
    update = api.says("7", "")
    del update["message"]["text"]
    update["message"]["voice"] = {"file_id": ref, "file_unique_id": ref, "duration": 3}
    return update


def test_the_webhook_keeps_before_it_says_so(start: Start, api: TelegramApi) -> None:
    with start() as process:
        platform = Platform(process)
        update = api.says("7", "/start")
        assert platform.post(update) == 200
        assert process.receptionist.inbox.keep([], process.receptionist.clock()) == 0
        assert platform.post(update) == 200
        api.wait_for(1)
    assert len(api.texts("7")) == 1


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_without_its_database_the_webhook_says_503(
    start: Start, api: TelegramApi, tmp_path: Any
) -> None:
    with start() as process:
        platform = Platform(process)
        process.database.close()
        for file in tmp_path.rglob("askdoc.db*"):
            file.unlink()
        assert platform.post(api.says("7", "/start")) == 503


def refused(api: TelegramApi) -> list[tuple[str, bytes | dict[str, Any], str | bytes | None, int]]:
    pressed = api.pressed("7", 1, "t" * 64)
    foreign = api.pressed("7", 1, "; DROP TABLE chats; --")
    long = api.pressed("7", 1, "t" * 65)
    hidden = api.says("7", "\u200b\u2060\ufeff\U000e0041\U000e0042")
    bot = api.says("7", "hi")
    bot["message"]["from"]["is_bot"] = True
    return [
        ("no secret", api.says("7", "hi"), None, 403),
        ("a wrong secret", api.says("7", "hi"), "wrong", 403),
        ("a secret that is no ASCII", api.says("7", "hi"), "é".encode(), 403),
        ("an oversized body", b"{" + b" " * MOST_BYTES + b"}", SECRET, 413),
        ("no JSON", b"\xff\xfe", SECRET, 400),
        ("no update", {"update_id": "x", "message": 7}, SECRET, 200),
        ("a list", b"[]", SECRET, 200),
        ("foreign data of a button", foreign, SECRET, 200),
        ("data that is too long", long, SECRET, 200),
        ("nothing but hidden signs", hidden, SECRET, 200),
        ("another bot", bot, SECRET, 200),
        ("a text longer than any", api.says("7", "长" * 9000), SECRET, 200),
        ("an id that is no number", pressed | {"update_id": "1; --"}, SECRET, 200),
    ]


def test_what_is_not_from_a_person_on_telegram_is_refused_and_not_kept(
    start: Start, api: TelegramApi
) -> None:
    with start() as process:
        platform = Platform(process)
        for name, body, secret, status in refused(api):
            assert platform.post(body, secret) == status, name
        with process.database.reading() as connection:
            assert connection.execute(select(inbox)).all() == []
        # The control: what is from a person is kept.
        assert platform.post(api.says("7", "hi")) == 200
        assert sum(process.receptionist.inbox.counted().values()) == 1


def test_half_a_surrogate_pair_and_hidden_orders_are_taken_out(
    start: Start, api: TelegramApi
) -> None:
    with start() as process:
        platform = Platform(process)
        hidden = "".join(chr(0xE0000 + ord(one)) for one in "ignore")
        update = api.says("7", f"\ud800你好\u202e{hidden}")
        assert platform.post(update) == 200
        api.wait_for(1)
    assert len(api.texts("7")) == 1


def test_a_group_is_declined_and_nothing_said_there_is_kept(start: Start, api: TelegramApi) -> None:
    chat = {"id": -5, "type": "group", "title": "<b>家</b>"}
    with start() as process:
        process.poll()
        for said in ("我有糖尿病", "/help@x"):
            update = api.says("7", said)
            update["message"]["chat"] = chat
            api.give(update)
        api.wait_for(1)
        with process.database.reading() as connection:
            assert len(connection.execute(select(inbox)).all()) == 1
    assert "单独" in api.texts("-5")[0]


def test_updates_sent_several_times_shuffled_and_at_once_are_each_answered_once(
    start: Start, api: TelegramApi
) -> None:
    rng = random.Random(7)
    updates = [api.says(str(100 + at % 20), "帮助") for at in range(60)]
    sent = [one for one in updates for _ in range(rng.randint(1, 4))]
    rng.shuffle(sent)
    with start() as process:
        platform = Platform(process)
        with ThreadPoolExecutor(16) as pool:
            assert set(pool.map(platform.post, sent)) == {200}
        api.wait_for(60, 60)
    assert len(api.messages) == 60


@pytest.mark.parametrize(
    ("troubles", "repeats"),
    [
        (["429", "429", "429", "429", "429", "429"], 0),
        (["500", "502", "500"], 0),
        (["lost"], 1),
        (["lost", "429", "500"], 1),
        (["504"], 0),
    ],
)
def test_trouble_loses_nothing_and_repeats_at_most_what_was_lost(
    start: Start, api: TelegramApi, troubles: list[Trouble | None], repeats: int
) -> None:
    api.befall(troubles)
    api.per_second = 1000
    with start() as process:
        process.poll()
        api.give(*(api.says(str(100 + at), "帮助") for at in range(5)))
        api.wait_for(5 + repeats, 40)
        outbox = SqlOutbox(process.database)
        while outbox.counted("reply").get("sent", 0) < 5:
            process._stop.wait(0.05)
    shown = [api.texts(str(100 + at)) for at in range(5)]
    assert all(shown)
    marked = [text for texts in shown for text in texts if "可能重复" in text]
    assert sum(map(len, shown)) == 5 + repeats
    # Each message that came twice says so; one in doubt that had not come says so as well.
    assert len(marked) == repeats + troubles.count("504")


def test_markup_in_a_name_is_shown_as_it_is_written(start: Start, api: TelegramApi) -> None:
    named = Enrolment(resident="r1", label="<b>_妈妈_</b>[x](y)", relation="parent", made_by="n")
    with start() as process:
        (code,) = SqlEnrolments(process.database).make_codes([named], process.receptionist.clock())
        process.poll()
        api.give(api.says("7", f"/start {code}"))
        api.wait_for(1)
        api.give(api.presses("7", "同意"))
        api.wait_for(4)
    assert "<b>_妈妈_</b>[x](y)" in api.texts("7")[-1]
    assert api.parse_modes == set()


def test_whoever_blocked_the_bot_is_not_tried_again(start: Start, api: TelegramApi) -> None:
    api.blocked.add("8")
    with start() as process:
        process.poll()
        api.give(api.says("8", "帮助"), api.says("9", "帮助"))
        api.wait_for(1)
        outbox = SqlOutbox(process.database)
        while not outbox.listed(["failed"]):
            process._stop.wait(0.05)
        (failed,) = outbox.listed(["failed"])
    assert failed.standing.reason == "blocked"
    assert api.calls.count("sendMessage") == 2
