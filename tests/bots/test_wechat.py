"""The WeChat account against a platform of our own: signatures, seals, five seconds, 48 hours."""

import asyncio
import hashlib
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import select

from askdoc.bootstrap import House
from askdoc.bot_process import BotProcess, clock
from askdoc.bots import load_bot
from askdoc.care.reminders import ANSWERS
from askdoc.channels import Choice, InDoubt, Outbound, Refused, TryLater
from askdoc.channels.app import Unlimited
from askdoc.channels.wechat_seal import decrypted, signature
from askdoc.channels.wechat_xml import inbound_of, read_xml
from askdoc.receptionist import Receptionist
from askdoc.storage.database import connect
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.messaging_tables import inbox
from askdoc.storage.migrating import migrate
from askdoc.testing.wechat_api import (
    AES_KEY,
    APP_ID,
    TOKEN,
    WeChatApi,
    running_wechat,
    seal,
    sealed_request,
    signed,
    unseal,
)
from askdoc.wording import phrase

from .conftest import quick_rules

NOTE = Outbound(key="k1", kind="reminder", text="该来社区了")
LONG_REMINDER = Outbound(key="k2", kind="reminder", text="请到社区" * 20)


@pytest.fixture
def api() -> Iterator[WeChatApi]:
    with running_wechat(WeChatApi()) as api:
        yield api


def opened(api: WeChatApi, **told: str) -> Any:
    return load_bot("wechat")(api.env | told, Unlimited())


@dataclass
class Account:
    """The account's address as WeChat calls it."""

    process: BotProcess
    web: Any

    def call(self, query: str, body: bytes | None = None) -> httpx.Response:
        return asyncio.run(self._call(query, body))

    async def _call(self, query: str, body: bytes | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.web)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            method = "GET" if body is None else "POST"
            return await client.request(method, f"/wechat?{query}", content=body)

    def answered(self, body: bytes) -> str:
        """The text of the answer in the request itself, or nothing."""
        found = self.call(urlencode(signed()), body)
        assert found.status_code == 200
        if found.content == b"success":
            return ""
        return ET.fromstring(found.content).findtext("Content") or ""


Start = Callable[..., Any]


@pytest.fixture
def start(house: House, api: WeChatApi, address: Path | str) -> Start:
    @contextmanager
    def starting(answers: bool = True, longest: int = 680, **told: str) -> Iterator[Account]:
        database = connect(address)
        migrate(database)
        app = opened(api, **told)
        # However slow the machine is, an answer comes in its request where no test says otherwise.
        app._waiting._seconds = 30
        receptionist = Receptionist(
            inbox=SqlInbox(database),
            house=house,
            abilities={"wechat": replace(app.abilities, longest_text=longest)},
            clock=clock,
        )
        process = BotProcess(receptionist, database, app, quick_rules(house))
        try:
            if answers:
                with process:
                    yield Account(process, process.web())
            else:
                yield Account(process, process.web())
        finally:
            app.close()
            database.close()

    return starting


def test_the_address_proves_itself_to_wechat(start: Start) -> None:
    with start(answers=False) as account:
        told = signed() | {"echostr": "8236"}
        assert account.call(urlencode(told)).text == "8236"
        assert account.call(urlencode(told | {"signature": "0" * 40})).status_code == 403


def test_a_talk_in_which_every_answer_comes_within_the_request(
    start: Start, api: WeChatApi
) -> None:
    with start() as account:
        assert "回复1：同意" in account.answered(api.text("o1", "你好"))
        assert "已记下" in account.answered(api.text("o1", "1"))
        assert "回复1：阿司匹林肠溶片" in account.answered(api.text("o1", "阿司匹林能报吗"))
        assert "甲类" in account.answered(api.text("o1", "回复1"))
    assert api.customs == []


def test_a_message_sent_again_gets_the_same_answer_and_no_second_one(
    start: Start, api: WeChatApi
) -> None:
    with start() as account:
        said = api.text("o1", "你好", id=77)
        first = account.answered(said)
        assert first
        assert account.answered(said) == first
        assert account.process.receptionist.inbox.counted() == {"done": 1}
    assert api.customs == []


def test_an_answer_after_five_seconds_comes_as_a_message_of_its_own(
    start: Start, api: WeChatApi
) -> None:
    with start(answers=False) as account:
        account.process.app._waiting._seconds = 0.2
        assert account.answered(api.text("o1", "你好")) == ""
        with account.process:
            api.wait_for(1)
    assert "您同意吗" in api.customs[0][1]


def test_a_long_answer_begins_in_the_request_and_goes_on_in_messages(
    start: Start, api: WeChatApi
) -> None:
    with start(longest=400) as account:
        account.answered(api.text("o1", "你好"))
        account.answered(api.text("o1", "1"))
        bill = "我在上海，职工医保在职，三级医院门诊花了1200元，能报多少？"
        first = account.answered(api.text("o1", bill))
        api.wait_for(1)
    assert "490.00" in first
    assert "依据" in api.customs[-1][1]


def test_sealed_messages_are_opened_and_answered_sealed(start: Start, api: WeChatApi) -> None:
    with start(ASKDOC_WECHAT_AES_KEY=AES_KEY) as account:
        found = account.call(*sealed_request(api.text("o1", "你好")))
        told = ET.fromstring(found.content)
        sealed = told.findtext("Encrypt") or ""
        parts = (TOKEN, told.findtext("TimeStamp") or "", told.findtext("Nonce") or "", sealed)

        shown = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
        assert shown == told.findtext("MsgSignature")
        inner = ET.fromstring(unseal(sealed))
        assert inner.findtext("ToUserName") == "o1"
        assert "您同意吗" in (inner.findtext("Content") or "")


def test_the_platforms_own_example_is_opened() -> None:
    told = {"timestamp": "1409735669", "nonce": "1320562132"}
    assert signature(TOKEN, told, EXAMPLE) == "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
    assert read_xml(decrypted(EXAMPLE, AES_KEY, APP_ID))["Content"] == "abcdteT"


EXAMPLE = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PG"
    "HQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6"
    "tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp"
    "3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhv"
    "Ql+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)
BOMB = (
    b'<!DOCTYPE xml [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><CreateTime>1</CreateTime>"
    b"<MsgId>5</MsgId><Content>&b;</Content></xml>"
)


def test_what_wechat_did_not_sign_or_nobody_said_is_not_kept(start: Start, api: WeChatApi) -> None:
    ours, query = api.text("o1", "你好"), urlencode(signed())
    with start(answers=False) as account:
        account.process.app._waiting._seconds = 0.0
        assert account.call("", ours).status_code == 403
        assert account.call(urlencode(signed("wrong")), ours).status_code == 403
        assert account.call(query, b"x" * 300_000).status_code == 413
        for body in (b"", b"<xml>", b"\xff", BOMB, api.text("o1", "\u200b\u2060")):
            assert account.call(query, body).content == b"success"
        assert account.call(query, api.xml("o1", MsgType="event", Event="VIEW")).is_success
        with account.process.database.reading() as connection:
            assert connection.execute(select(inbox)).all() == []
        # The control: what somebody said is kept.
        assert account.call(query, ours).is_success
        assert sum(account.process.receptionist.inbox.counted().values()) == 1


def test_what_was_sealed_with_another_key_or_for_another_account_is_refused(
    start: Start, api: WeChatApi
) -> None:
    xml = api.text("o1", "你好")
    with start(answers=False, ASKDOC_WECHAT_AES_KEY=AES_KEY) as account:
        account.process.app._waiting._seconds = 0.0
        assert account.call(*sealed_request(xml, app_id="wx_other")).status_code == 403
        other = AES_KEY[::-1]
        assert account.call(*sealed_request(xml, key=other)).status_code == 403
        # Plain XML is no way around the seal.
        assert account.call(urlencode(signed()), xml).status_code == 403
        changed = seal(xml)[:-8] + "AAAAAAA="
        body = f"<xml><Encrypt>{changed}</Encrypt></xml>".encode()
        assert account.call(urlencode(signed(TOKEN, changed)), body).status_code == 403
        assert account.process.receptionist.inbox.counted() == {}


def test_following_and_scanning_a_sheet_are_words_to_us(api: WeChatApi) -> None:
    for event, key, text in (
        ("subscribe", "qrscene_23456ABCDE", "/start 23456ABCDE"),
        ("SCAN", "23456ABCDE", "/start 23456ABCDE"),
        ("unsubscribe", "", "/stop"),
        ("CLICK", "帮助", "帮助"),
    ):
        told = read_xml(api.xml("o1", MsgType="event", Event=event, EventKey=key))
        assert inbound_of(told).text == text


def test_after_48_hours_a_short_reminder_goes_by_template_and_a_long_one_another_way(
    api: WeChatApi,
) -> None:
    api.closed.add("o1")
    app = opened(api, ASKDOC_WECHAT_TEMPLATE="T1")
    app.send("o1", NOTE)
    assert api.templates == [("o1", "该来社区了")]
    with pytest.raises(Refused, match="too_long_for_template"):
        app.send("o1", LONG_REMINDER)
    app.close()
    plain = opened(api)
    with pytest.raises(Refused, match="window"):
        plain.send("o1", NOTE)
    plain.close()


def test_a_reminder_fits_a_template_in_its_brief_words_with_the_numbers_beside_them(
    api: WeChatApi,
) -> None:
    api.closed.add("o1")
    labels = [phrase(f"refills.answer.{one}", "zh") for one in ANSWERS]
    message = replace(
        LONG_REMINDER,
        brief=phrase("refills.reminder_brief", "zh", month=11, day=30),
        choices=tuple(Choice(f"refill:{at}:t", one) for at, one in enumerate(labels)),
    )
    told = {"ASKDOC_WECHAT_TEMPLATE": "T1"}
    without = opened(api, **told)
    with pytest.raises(Refused, match="no_place_for_choices"):
        without.send("o1", message)
    without.close()
    app = opened(api, **told, ASKDOC_WECHAT_TEMPLATE_CHOICES="thing2")
    app.send("o1", message)
    app.close()
    written = "您的药约够用到11月30日，请续方 1已取药2帮我续方3有困难4稍后提醒"
    assert api.templates == [("o1", written)]


@pytest.mark.parametrize(
    ("code", "ending"),
    [(-1, TryLater), (45009, TryLater), (40003, Refused), (43004, Refused), (None, InDoubt)],
)
def test_each_error_of_wechat_says_whether_the_message_may_have_come(
    api: WeChatApi, code: int | None, ending: type[Exception]
) -> None:
    app = opened(api)
    api.befall([code])
    with pytest.raises(ending):
        app.send("o1", NOTE)
    assert len(api.customs) == (code is None)
    app.close()


def test_a_token_that_ended_is_renewed_once(api: WeChatApi) -> None:
    app = opened(api)
    app.send("o1", NOTE)
    api.tokens += 1
    app.send("o1", NOTE)
    assert len(api.customs) == 2
    app.close()


def test_sixteen_retries_at_once_are_one_message(start: Start, api: WeChatApi) -> None:
    with start() as account, ThreadPoolExecutor(16) as pool:
        said = api.text("o1", "你好", id=5)
        answers = set(pool.map(account.answered, [said] * 16))
        time.sleep(0.3)
        assert len(answers - {""}) == 1
        assert account.process.receptionist.inbox.counted() == {"done": 1}
    assert api.customs == []
