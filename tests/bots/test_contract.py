"""One contract for every adapter: what a send did is what it says that it did."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from askdoc.bots import known_bots, load_bot
from askdoc.channels import Channel, Choice, InDoubt, Outbound, Refused, TryLater
from askdoc.channels.app import Unlimited
from askdoc.channels.port import BLOCKED
from askdoc.storage.call_channel import CallChannel
from askdoc.storage.care_tables import clinics, residents
from askdoc.storage.database import Database, connect
from askdoc.storage.desk_tables import tasks
from askdoc.storage.failures import Busy, Unreachable
from askdoc.storage.migrating import migrate
from askdoc.storage.outbox import put_letters
from askdoc.storage.outbox_tables import letters
from askdoc.testing import MemoryChannel
from askdoc.testing.letters import MORNING, letter
from askdoc.testing.sms_api import SmsApi, running_sms
from askdoc.testing.telegram_api import TelegramApi, running_api
from askdoc.testing.wechat_api import WeChatApi, running_wechat

NOTE = Outbound(key="k1", kind="reminder", text="该来社区了")
MARKUP = Outbound(key="k2", kind="reminder", text="<b>张_三</b> *[x](y)* &amp; `z`")
CHOOSING = Outbound(
    key="k3", kind="reminder", text="取药了吗", choices=(Choice("t1", "取了"), Choice("t2", "没有"))
)
DIED = date(2026, 11, 24)


@dataclass
class Stand:
    """A channel, what its chats saw, and how to make the next send fail in each way."""

    channel: Channel
    seen: Callable[[], list[str]]
    fail: Callable[[type[Exception]], None]
    chat: str = "13800138000"


def memory(stack: ExitStack) -> Stand:
    channel = MemoryChannel()
    ways: dict[type[Exception], Any] = {
        TryLater: TryLater(seconds=1),
        Refused: Refused(reason=BLOCKED),
        InDoubt: InDoubt(),
    }
    seen = channel.seen
    return Stand(
        channel,
        lambda: [one.message.text for one in seen],
        lambda kind: channel.fail([ways[kind]]),
    )


def telegram(stack: ExitStack) -> Stand:
    os.environ["PTB_TIMEDELTA"] = "true"
    api = stack.enter_context(running_api(TelegramApi()))
    env = {"ASKDOC_TELEGRAM_TOKEN": api.token, "ASKDOC_TELEGRAM_API": api.url}
    app = load_bot("telegram")(env, Unlimited())
    stack.callback(app.close)
    ways: dict[type[Exception], Any] = {TryLater: "429", Refused: "403", InDoubt: "lost"}
    return Stand(
        app.channel,
        lambda: [one.text for one in api.messages],
        lambda kind: api.befall([ways[kind]]),
    )


def wechat(stack: ExitStack) -> Stand:
    api = stack.enter_context(running_wechat(WeChatApi()))
    app = load_bot("wechat")(api.env, Unlimited())
    stack.callback(app.close)
    ways: dict[type[Exception], Any] = {TryLater: -1, Refused: 43004, InDoubt: None}
    return Stand(
        app.channel,
        lambda: [text for _, text in api.customs],
        lambda kind: api.befall([ways[kind]]),
    )


def sms(stack: ExitStack) -> Stand:
    api = stack.enter_context(running_sms(SmsApi()))
    names = ("SECRET_ID", "SECRET_KEY", "APP_ID", "SIGN", "TEMPLATE", "REPLY_KEY")
    env = {f"ASKDOC_SMS_{name}": "x" for name in names}
    env |= {"ASKDOC_SMS_CLINIC": "社区", "ASKDOC_SMS_PHONE": "021-1", "ASKDOC_SMS_API": api.url}
    app = load_bot("sms")(env, Unlimited())
    ways: dict[type[Exception], Any] = {
        TryLater: "LimitExceeded.DeliveryFrequencyLimit",
        Refused: "FailedOperation.PhoneNumberInBlacklist",
        InDoubt: "lost",
    }
    return Stand(
        app.channel,
        lambda: [said[0] for _, said in api.sent],
        lambda kind: api.befall([ways[kind]]),
    )


@contextmanager
def troubled(befalls: list[type[Exception]], database: Database) -> Iterator[Connection]:
    """A transaction before which the database is busy, or after which it is gone."""
    trouble = befalls.pop() if befalls else None
    if trouble is TryLater:
        raise Busy(database="test")
    with database.writing() as kept:
        if trouble is Refused:
            kept.execute(update(residents).values(died_on=DIED))
        try:
            yield kept
        finally:
            kept.execute(update(residents).values(died_on=None))
    if trouble is InDoubt:
        raise Unreachable(database="test")


@dataclass(frozen=True, slots=True)
class Troubled(Database):
    """A database that fails as it is told to."""

    befalls: list[type[Exception]] = field(default_factory=list)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        sound = Database(self.engine, self.shown, self.file)
        with troubled(self.befalls, sound) as kept:
            yield kept


def call(stack: ExitStack) -> Stand:
    """The calls of a clinic, with the letters that the messages of these tests stand for."""
    folder = Path(stack.enter_context(TemporaryDirectory()))
    database = connect(folder / "askdoc.db")
    stack.callback(database.close)
    migrate(database)
    row = {"id": "p1", "lang": "zh", "routes": [["call", "13800138000"]], "clinic": "c1"}
    with database.writing() as kept:
        kept.execute(insert(clinics), {"id": "c1", "open_at_weekends": False, "own_days": {}})
        kept.execute(insert(residents), row)
        put_letters(kept, [letter("p1", cycle=f"k{one}") for one in range(1, 5)], MORNING)
        kept.execute(update(letters).values(id=letters.c.cycle))
    troubles = Troubled(database.engine, database.shown, database.file)

    def seen() -> list[str]:
        with database.reading() as kept:
            return list(kept.scalars(select(tasks.c.summary).order_by(tasks.c.number)))

    return Stand(CallChannel(troubles, 30, lambda: MORNING), seen, troubles.befalls.append)


STANDS = {"call": call, "memory": memory, "telegram": telegram, "wechat": wechat, "sms": sms}


@pytest.fixture(params=list(STANDS))
def stand(request: pytest.FixtureRequest) -> Iterator[Stand]:
    with ExitStack() as stack:
        yield STANDS[request.param](stack)


def test_every_bot_keeps_the_contract() -> None:
    assert set(known_bots()) <= set(STANDS)


def test_a_channel_is_named_as_its_chats_are_kept(stand: Stand) -> None:
    assert stand.channel.name in STANDS


def test_what_was_accepted_was_seen_as_it_was_written(stand: Stand) -> None:
    assert stand.channel.send(stand.chat, NOTE).message_id
    stand.channel.send(stand.chat, MARKUP)
    assert stand.seen() == [NOTE.text, MARKUP.text]


@pytest.mark.parametrize("kind", [TryLater, Refused])
def test_what_was_not_taken_was_not_seen(stand: Stand, kind: type[Exception]) -> None:
    stand.fail(kind)
    with pytest.raises(kind):
        stand.channel.send(stand.chat, NOTE)
    assert stand.seen() == []
    stand.channel.send(stand.chat, NOTE)
    assert stand.seen() == [NOTE.text]


def test_who_will_take_nothing_any_more_is_told_apart(stand: Stand) -> None:
    stand.fail(Refused)
    with pytest.raises(Refused) as refused:
        stand.channel.send(stand.chat, NOTE)
    assert refused.value.fields["reason"] == BLOCKED


def test_an_answer_that_was_lost_leaves_the_message_in_doubt(stand: Stand) -> None:
    stand.fail(InDoubt)
    with pytest.raises(InDoubt):
        stand.channel.send(stand.chat, NOTE)
    assert stand.seen() == [NOTE.text]


def test_the_longest_text_is_sent_whole(stand: Stand) -> None:
    text = "药" * stand.channel.abilities.longest_text
    stand.channel.send(stand.chat, Outbound(key="k4", kind="answer", text=text))
    assert stand.seen() == [text]


def test_without_buttons_the_choices_stand_in_the_text(stand: Stand) -> None:
    stand.channel.send(stand.chat, CHOOSING)
    (text,) = stand.seen()
    assert ("回复1：取了" in text) is not stand.channel.abilities.buttons
