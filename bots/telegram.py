"""Telegram, over python-telegram-bot: updates become messages, letters become sends.

Texts go out without a parse mode, so that no name and no answer can be markup. Updates are read as
plain JSON and each by itself: one that we cannot read never holds back the others, and the
library's own log, which would show what was said, is not written.
"""

import asyncio
import hmac
import json
import logging
import os
from collections.abc import Coroutine, Mapping
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event, Thread
from time import sleep
from typing import Any, TypeVar

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from askdoc.channels import (
    Abilities,
    BadInbound,
    Inbound,
    InDoubt,
    Media,
    Outbound,
    Receipt,
    Refused,
    TryLater,
    checked,
)
from askdoc.channels.app import Budget, Keep, MissingSetting
from askdoc.channels.port import BLOCKED
from askdoc.channels.webhook import Handle, Reply, Request
from askdoc.reception.commands import GROUP

NAME = "telegram"
PATH = "/telegram"
API = "https://api.telegram.org"
_SECRET_HEADER = "x-telegram-bot-api-secret-token"
_KINDS = ["message", "edited_message", "callback_query"]
_LONG_POLL_SECONDS = 25
_MOST_FILE = 10 * 1024 * 1024
_SEND_SECONDS = 40
_AFTER_TROUBLE_SECONDS = 2.0
_BUSY = (500, 502, 503)
_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")


class _Busy(NetworkError):
    """Telegram answered that it could not do it now; the library would not tell the status."""


class _Requests(HTTPXRequest):
    """The library's own requests, which tell a refusal of Telegram's from a lost answer."""

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*given, **named)
        if status in _BUSY:
            raise _Busy(str(status))
        return status, payload


@dataclass(frozen=True, slots=True)
class Account:
    """Which bot, and where its API is. The secret is what Telegram shows at our webhook."""

    token: str
    secret: str | None = None
    api: str = API


def open_app(env: Mapping[str, str], budget: Budget) -> "TelegramApp":
    """The app with what the environment says. Raises MissingSetting."""
    token = env.get("ASKDOC_TELEGRAM_TOKEN")
    if not token:
        raise MissingSetting(name="ASKDOC_TELEGRAM_TOKEN")
    secret = env.get("ASKDOC_TELEGRAM_SECRET") or None
    api = env.get("ASKDOC_TELEGRAM_API") or API
    return TelegramApp(Account(token, secret, api), budget)


class TelegramApp:
    """One bot. Its library lives on an event loop in a thread of its own."""

    def __init__(self, account: Account, budget: Budget, reply_seconds: float = 10.0) -> None:
        # Without this the library warns at every "wait" of Telegram's.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        # It would write addresses into the log, and the token with them.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._account = account
        self._budget = budget
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()
        waits: dict[str, Any] = {"read_timeout": reply_seconds, "connect_timeout": 5.0}
        self._requests = (
            _Requests(connection_pool_size=16, pool_timeout=10.0, **waits),
            _Requests(connection_pool_size=1, **waits),
        )
        self._bot = Bot(
            account.token,
            base_url=f"{account.api}/bot",
            base_file_url=f"{account.api}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self._polling = httpx.AsyncClient(timeout=_LONG_POLL_SECONDS + 10)
        self._run(self._ready())

    @property
    def name(self) -> str:
        return NAME

    @property
    def abilities(self) -> Abilities:
        return Abilities(buttons=True, edits=True, longest_text=4096, crosses_border=True)

    @property
    def channel(self) -> "TelegramApp":
        return self

    @property
    def polls(self) -> bool:
        return True

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Send or edit now, when it is our turn. Raises TryLater, Refused, InDoubt."""
        sleep(self._budget.turn(f"{NAME}:{self._account.token.partition(':')[0]}"))
        try:
            sent = self._run(self._sent(chat, message))
        except TooLong:
            raise InDoubt from None
        except TelegramError as failed:
            if message.edit_of is not None and "not modified" in str(failed).lower():
                return Receipt(message.edit_of, datetime.now(UTC))
            raise told(failed) from failed
        return Receipt(str(sent.message_id), sent.date)

    def hooks(self, keep: Keep) -> Mapping[str, Handle]:
        """The webhook. Raises MissingSetting without a secret, by which Telegram is known."""
        secret = self._account.secret
        if not secret:
            raise MissingSetting(name="ASKDOC_TELEGRAM_SECRET")
        return {PATH: lambda request: self._hooked(request, secret, keep)}

    def poll(self, keep: Keep, stop: Event) -> None:
        """Fetch updates until told to stop; one is fetched again until it was kept."""
        offset = 0
        while not stop.is_set():
            try:
                for update in self._run(self._updates(offset)):
                    self._take(update, keep)
                    offset = max(offset, int(update["update_id"]) + 1)
            except Exception as failed:  # noqa: BLE001  a loop that must outlive any trouble
                # Its name only: an error of the web shows the address, and the token in it.
                _LOG.warning("telegram.poll", extra={"error": type(failed).__name__})
                stop.wait(_AFTER_TROUBLE_SECONDS)

    def fetch(self, ref: str) -> bytes:
        """A photo or a recording, of at most 10 MB. Raises TryLater and Refused."""
        try:
            return self._run(self._file(ref))
        except TelegramError as failed:
            known = told(failed)
            # To ask again for a file doubles nothing.
            raise (TryLater(seconds=5) if isinstance(known, InDoubt) else known) from failed
        except TooLong:
            raise TryLater(seconds=5) from None

    def close(self) -> None:
        self._run(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        seconds = _SEND_SECONDS + _LONG_POLL_SECONDS
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    async def _ready(self) -> None:
        # Not `Bot.initialize`, which asks Telegram who we are: a bot starts while Telegram is away.
        for request in self._requests:
            await request.initialize()

    async def _ended(self) -> None:
        await self._polling.aclose()
        for request in self._requests:
            await request.shutdown()

    async def _sent(self, chat: str, message: Outbound) -> Message:
        buttons = [
            [InlineKeyboardButton(one.label, callback_data=one.id)] for one in message.choices
        ]
        usual: dict[str, Any] = {
            "chat_id": chat,
            "text": message.text,
            "reply_markup": InlineKeyboardMarkup(buttons) if buttons else None,
            "link_preview_options": LinkPreviewOptions(is_disabled=True),
        }
        if message.edit_of is None:
            return await self._bot.send_message(**usual)
        found = await self._bot.edit_message_text(message_id=int(message.edit_of), **usual)
        assert isinstance(found, Message)
        return found

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        # Not by the library, which logs updates that it cannot read, with all that was said.
        asked = {"offset": offset, "timeout": _LONG_POLL_SECONDS, "allowed_updates": _KINDS}
        found = await self._polling.post(f"{self._bot.base_url}/getUpdates", json=asked)
        found.raise_for_status()
        updates: list[dict[str, Any]] = found.json()["result"]
        return updates

    async def _file(self, ref: str) -> bytes:
        found = await self._bot.get_file(ref)
        if (found.file_size or 0) > _MOST_FILE:
            raise BadRequest("too large")
        return bytes(await found.download_as_bytearray())

    def _hooked(self, request: Request, secret: str, keep: Keep) -> Reply:
        shown = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), secret.encode()):
            return Reply(403)
        if request.method != "POST":
            return Reply(405)
        try:
            update = json.loads(request.body)
        except ValueError:
            return Reply(400)
        self._take(update, keep)
        return Reply(200)

    def _take(self, update: Any, keep: Keep) -> None:
        """Keep what an update says. One that we cannot read is passed over, and never kept."""
        try:
            message = inbound_of(update)
        except BadInbound as failed:
            _LOG.info("telegram.passed_over", extra={"reason": failed.fields["reason"]})
            return
        if message is None:
            return
        keep(message)
        asyncio.run_coroutine_threadsafe(self._show_that_it_came(update, message), self._loop)

    async def _show_that_it_came(self, update: Any, message: Inbound) -> None:
        """The typing sign, and an end to the waiting of a button; neither matters if it fails."""
        try:
            if message.choice is not None:
                await self._bot.answer_callback_query(update["callback_query"]["id"])
            elif message.text != GROUP:
                await self._bot.send_chat_action(message.chat, "typing")
        except TelegramError as failed:
            _LOG.info("telegram.sign", extra={"error": type(failed).__name__})


def inbound_of(update: Any) -> Inbound | None:
    """The message of an update; None for what is no message to us. Raises BadInbound."""
    try:
        found = Update.de_json(update, None)
        return _inbound(found)
    except BadInbound:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as failed:
        raise BadInbound(reason="no update") from failed


def _inbound(update: Update) -> Inbound | None:
    pressed = update.callback_query
    said = update.message or update.edited_message
    message = pressed.message if pressed else said
    sender = pressed.from_user if pressed else (said.from_user if said else None)
    if message is None or sender is None or sender.is_bot:
        return None
    told: dict[str, Any] = {
        "channel": NAME,
        "chat": str(message.chat.id),
        "sender": str(sender.id),
        "message_id": str(int(update.update_id)),
        # A pressed message may be too old to be shown to us, and then has no date.
        "at": datetime.now(UTC) if pressed else message.date,
    }
    if pressed is not None:
        pressed_on = str(message.message_id)
        return checked(Inbound(choice=pressed.data or "", pressed_on=pressed_on, **told))
    assert isinstance(message, Message)
    if message.chat.type != "private":
        return checked(Inbound(text=GROUP, **told)) if _is_to_us(message) else None
    if message.text is not None:
        return checked(Inbound(text=message.text, **told))
    medium = _medium(message)
    return checked(Inbound(media=medium, **told)) if medium else None


def _is_to_us(message: Message) -> bool:
    """Whether somebody in a group speaks to a bot: only then is it declined."""
    return (message.text or "").startswith("/") or bool(message.new_chat_members)


def _medium(message: Message) -> Media | None:
    if message.photo:
        return Media("photo", message.photo[-1].file_id)
    if message.voice or message.audio:
        found = message.voice or message.audio
        assert found is not None
        return Media("voice", found.file_id)
    known = message.document or message.video or message.sticker or message.video_note
    return Media("other", known.file_id) if known else None


def told(failed: TelegramError) -> TryLater | Refused | InDoubt:
    """What an error of the library says about a send."""
    if isinstance(failed, RetryAfter):
        wait = failed.retry_after
        return TryLater(seconds=wait if isinstance(wait, int) else wait.total_seconds())
    if isinstance(failed, Forbidden):
        return Refused(reason=BLOCKED)
    if isinstance(failed, ChatMigrated):
        return Refused(reason="moved")
    if isinstance(failed, BadRequest):
        return Refused(reason="bad_request")
    if isinstance(failed, InvalidToken):
        _LOG.error("telegram.token_refused")
        return TryLater(seconds=60)
    cause = failed.__cause__
    if isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
        return TryLater(seconds=2)
    return TryLater(seconds=2) if isinstance(failed, _Busy) else InDoubt()
