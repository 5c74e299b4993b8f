"""WeChat Official Account: signed XML comes in, plain or encrypted; texts go out.

WeChat waits five seconds for an answer in its own request. A sender who has one in time hands it to
the request that waits; later it goes as a customer-service message, which WeChat takes within 48
hours of the person's last word, and after that as a template message, if one is set.
"""

import base64
import hashlib
import hmac
import logging
import secrets
import struct
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Condition, Event, Lock
from typing import Any
from xml.sax.saxutils import escape

import httpx
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from lxml import etree

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
    shaped,
)
from askdoc.channels.app import Budget, Keep, MissingSetting, NoPolling
from askdoc.channels.inbound import MediaKind
from askdoc.channels.webhook import Handle, Reply, Request

NAME = "wechat"
PATH = "/wechat"
API = "https://api.weixin.qq.com"
SUCCESS = Reply(200, b"success")
# A text may have 2,048 bytes; nearly all of ours is Chinese, three bytes a sign.
_LONGEST = 680
_MOST_BYTES = 2048
_WINDOW = timedelta(hours=48)
# WeChat gives up after five seconds and sends the message again, three times in all.
_ANSWER_SECONDS = 4.0
_REMEMBERED = 2000
_BLOCK = 32
_MOST_FILE = 10 * 1024 * 1024
_BAD_TOKEN = (40001, 40014, 42001)
_BUSY = {-1: 2, 45009: 60, 45011: 10}
_OUT_OF_WINDOW = (45015, 45047)
_MEDIA: Mapping[str, MediaKind] = {"image": "photo", "voice": "voice"}
_LOG = logging.getLogger(__name__)


class _Forged(Exception):
    """The signature, the key or the account is not ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One Official Account. With `aes_key` (43 letters) messages are encrypted both ways.

    `template` is the id of a template with one field, `template_field`, of at most
    `template_limit` signs.
    """

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str | None = field(default=None, repr=False)
    template: str | None = None
    template_field: str = "thing1"
    template_limit: int = 20
    api: str = API


def open_app(env: Mapping[str, str], budget: Budget) -> "WeChatApp":
    """The app with what the environment says. Raises MissingSetting."""
    for name in ("ASKDOC_WECHAT_APP_ID", "ASKDOC_WECHAT_SECRET", "ASKDOC_WECHAT_TOKEN"):
        if not env.get(name):
            raise MissingSetting(name=name)
    account = Account(
        app_id=env["ASKDOC_WECHAT_APP_ID"],
        secret=env["ASKDOC_WECHAT_SECRET"],
        token=env["ASKDOC_WECHAT_TOKEN"],
        aes_key=env.get("ASKDOC_WECHAT_AES_KEY") or None,
        template=env.get("ASKDOC_WECHAT_TEMPLATE") or None,
        template_field=env.get("ASKDOC_WECHAT_TEMPLATE_FIELD") or "thing1",
        api=env.get("ASKDOC_WECHAT_API") or API,
    )
    return WeChatApp(account, budget)


class WeChatApp:
    """One account. `answer_seconds` is how long a request waits for its answer."""

    def __init__(
        self, account: Account, budget: Budget, answer_seconds: float = _ANSWER_SECONDS
    ) -> None:
        # It would write addresses into the log, and the access token with them.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._account = account
        self._budget = budget
        self._client = httpx.Client(base_url=account.api, timeout=10.0)
        self._tokens = Lock()
        self._token: str | None = None
        self._waiting = Waiting(answer_seconds)

    @property
    def name(self) -> str:
        return NAME

    @property
    def abilities(self) -> Abilities:
        return Abilities(
            longest_text=_LONGEST,
            reply_within=timedelta(seconds=5),
            unasked_within=None if self._account.template else _WINDOW,
        )

    @property
    def channel(self) -> "WeChatApp":
        return self

    @property
    def polls(self) -> bool:
        return False

    def poll(self, keep: Keep, stop: Event) -> None:
        raise NoPolling

    def close(self) -> None:
        self._client.close()

    def hooks(self, keep: Keep) -> Mapping[str, Handle]:
        """The address that is entered in the account's settings."""
        return {PATH: lambda request: self._hooked(request, keep)}

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Send now, in the person's own request if it still waits."""
        (message,) = shaped(message, Abilities(longest_text=10**6), "zh")
        if len(message.text.encode()) > _MOST_BYTES:
            raise Refused(reason="too_long")
        if message.kind == "answer" and self._waiting.hand_over(chat, message.text):
            return Receipt(f"passive:{message.key}", datetime.now(UTC))
        time.sleep(self._budget.turn(f"{NAME}:{self._account.app_id}"))
        text = {"touser": chat, "msgtype": "text", "text": {"content": message.text}}
        said = self._called("/cgi-bin/message/custom/send", text)
        if said.get("errcode") in _OUT_OF_WINDOW and message.kind != "answer":
            said = self._by_template(chat, message)
        return _receipt(said, message)

    def fetch(self, ref: str) -> bytes:
        """A picture or a recording. Raises TryLater and Refused."""
        try:
            asked = {"access_token": self._access_token(), "media_id": ref}
            found = self._client.get("/cgi-bin/media/get", params=asked)
        except httpx.HTTPError as failed:
            raise TryLater(seconds=5) from failed
        if found.status_code != 200 or found.headers["content-type"].startswith(
            ("application/json", "text/plain")
        ):
            raise Refused(reason="no_file")
        if len(found.content) > _MOST_FILE:
            raise Refused(reason="too_large")
        return found.content

    def _by_template(self, chat: str, message: Outbound) -> Mapping[str, Any]:
        told = self._account
        if told.template is None:
            raise Refused(reason="window")
        if len(message.text) > told.template_limit:
            raise Refused(reason="too_long_for_template")
        data = {told.template_field: {"value": message.text}}
        body = {"touser": chat, "template_id": told.template, "data": data}
        return self._called("/cgi-bin/message/template/send", body)

    def _called(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """What WeChat says to a call; a token that ended is renewed once."""
        said = self._posted(path, body, self._access_token())
        if said.get("errcode") in _BAD_TOKEN:
            with self._tokens:
                self._token = None
            said = self._posted(path, body, self._access_token())
        return said

    def _posted(self, path: str, body: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        try:
            found = self._client.post(path, params={"access_token": token}, json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as failed:
            raise TryLater(seconds=2) from failed
        except httpx.HTTPError as failed:
            raise InDoubt from failed
        if found.status_code in (500, 502, 503):
            raise TryLater(seconds=2)
        try:
            said = found.json()
        except ValueError as failed:
            raise InDoubt from failed
        if found.status_code != 200 or not isinstance(said, dict):
            raise InDoubt
        return said

    def _access_token(self) -> str:
        with self._tokens:
            if self._token is None:
                self._token = self._new_token()
            return self._token

    def _new_token(self) -> str:
        """A token that all processes of the account share. Raises TryLater."""
        asked = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret,
        }
        try:
            said = self._client.post("/cgi-bin/stable_token", json=asked).json()
            return str(said["access_token"])
        except (httpx.HTTPError, ValueError, KeyError) as failed:
            _LOG.warning("wechat.no_token")
            raise TryLater(seconds=30) from failed

    def _hooked(self, request: Request, keep: Keep) -> Reply:
        try:
            if request.method == "GET":
                return self._checked_by_wechat(request)
            said = self._opened(request)
            told = read_xml(said)
            message = inbound_of(told)
        except _Forged:
            return Reply(403)
        except BadInbound as failed:
            _LOG.info("wechat.passed_over", extra={"reason": failed.fields["reason"]})
            return SUCCESS
        if message is None:
            return SUCCESS
        answer = self._waiting.answer(message, lambda: keep(message))
        if answer is None:
            return SUCCESS
        return Reply(200, self._closed(answer_xml(told, answer)), "application/xml")

    def _checked_by_wechat(self, request: Request) -> Reply:
        """WeChat asks once whether the address is ours."""
        told = request.query
        _compare(_signature(self._account.token, told), told.get("signature", ""))
        return Reply(200, told.get("echostr", "").encode())

    def _opened(self, request: Request) -> bytes:
        told, account = request.query, self._account
        if account.aes_key is None:
            _compare(_signature(account.token, told), told.get("signature", ""))
            return request.body
        sealed = read_xml(request.body).get("Encrypt", "")
        _compare(_signature(account.token, told, sealed), told.get("msg_signature", ""))
        return decrypted(sealed, account.aes_key, account.app_id)

    def _closed(self, xml: str) -> bytes:
        account = self._account
        if account.aes_key is None:
            return xml.encode()
        sealed = encrypted(xml.encode(), account.aes_key, account.app_id)
        told = {"timestamp": str(int(time.time())), "nonce": secrets.token_hex(8)}
        return (
            f"<xml><Encrypt>{sealed}</Encrypt>"
            f"<MsgSignature>{_signature(account.token, told, sealed)}</MsgSignature>"
            f"<TimeStamp>{told['timestamp']}</TimeStamp><Nonce>{told['nonce']}</Nonce></xml>"
        ).encode()


class Waiting:
    """Requests that wait for their answer, and the answers that requests were given.

    WeChat sends a message again when it did not see our answer: it is given the same one.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._changed = Condition()
        self._open: dict[str, str] = {}
        self._given: OrderedDict[str, str] = OrderedDict()

    def answer(self, message: Inbound, keep: Any) -> str | None:
        """Keep the message and wait for its answer; None when it comes too late."""
        id = message.message_id
        with self._changed:
            if id in self._given:
                return self._given[id]
            self._open.setdefault(message.chat, id)
        try:
            keep()
            with self._changed:
                self._changed.wait_for(lambda: id in self._given, self._seconds)
                return self._given.get(id)
        finally:
            with self._changed:
                if self._open.get(message.chat) == id:
                    del self._open[message.chat]

    def hand_over(self, chat: str, text: str) -> bool:
        """Give a text to the request of this chat that waits; False when none does."""
        with self._changed:
            id = self._open.pop(chat, None)
            if id is None:
                return False
            self._given[id] = text
            while len(self._given) > _REMEMBERED:
                self._given.popitem(last=False)
            self._changed.notify_all()
            return True


def read_xml(body: bytes) -> Mapping[str, str]:
    """The fields of WeChat's flat XML. Raises BadInbound, also for any entity or document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as failed:
        raise BadInbound(reason="no XML") from failed
    if root.getroottree().docinfo.doctype or root.tag != "xml":
        raise BadInbound(reason="no message")
    return {str(one.tag): one.text or "" for one in root if isinstance(one.tag, str)}


def inbound_of(told: Mapping[str, str]) -> Inbound | None:
    """The message of WeChat's XML; None for what is no message to us. Raises BadInbound."""
    kind, sender = told.get("MsgType", ""), told.get("FromUserName", "")
    try:
        at = datetime.fromtimestamp(int(told.get("CreateTime", "")), UTC)
    except (ValueError, OverflowError, OSError) as failed:
        raise BadInbound(reason="time") from failed
    # An event has no id of its own: WeChat names it by who and when.
    id = told.get("MsgId") or f"{sender}:{told.get('CreateTime')}:{told.get('Event', '')}"
    usual: dict[str, Any] = {
        "channel": NAME,
        "chat": sender,
        "sender": sender,
        "message_id": id,
        "at": at,
    }
    if kind == "text":
        return checked(Inbound(text=told.get("Content", ""), **usual))
    if kind == "event":
        text = _event_text(told)
        return checked(Inbound(text=text, **usual)) if text else None
    ref = told.get("MediaId") or kind
    return checked(Inbound(media=Media(_MEDIA.get(kind, "other"), ref), **usual))


def _event_text(told: Mapping[str, str]) -> str | None:
    """What an event means, as if it had been typed; None for those that mean nothing to us."""
    event, key = told.get("Event", "").lower(), told.get("EventKey", "")
    if event in ("subscribe", "scan"):
        return f"/start {key.removeprefix('qrscene_')}".strip()
    if event == "unsubscribe":
        return "/stop"
    return key if event == "click" and key else None


def answer_xml(told: Mapping[str, str], text: str) -> str:
    """A text as the answer to a request; what it says can never be markup."""
    return (
        f"<xml><ToUserName>{escape(told['FromUserName'])}</ToUserName>"
        f"<FromUserName>{escape(told.get('ToUserName', ''))}</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{escape(text)}</Content></xml>"
    )


def encrypted(plain: bytes, aes_key: str, app_id: str) -> str:
    """A message as WeChat seals it: random, length, message, account; AES-CBC, blocks of 32."""
    whole = secrets.token_bytes(16) + struct.pack("!I", len(plain)) + plain + app_id.encode()
    fill = _BLOCK - len(whole) % _BLOCK
    sealing = _cipher(aes_key).encryptor()
    sealed = sealing.update(whole + bytes([fill]) * fill) + sealing.finalize()
    return base64.b64encode(sealed).decode()


def decrypted(sealed: str, aes_key: str, app_id: str) -> bytes:
    """The message. Raises _Forged when it was not sealed with our key for our account."""
    try:
        opening = _cipher(aes_key).decryptor()
        whole = opening.update(base64.b64decode(sealed, validate=True)) + opening.finalize()
        plain = whole[16 : -whole[-1]]
        (length,) = struct.unpack("!I", plain[:4])
    except (ValueError, IndexError, struct.error) as failed:
        raise _Forged from failed
    if not hmac.compare_digest(plain[4 + length :], app_id.encode()):
        raise _Forged
    return plain[4 : 4 + length]


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(f"{aes_key}=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _signature(token: str, told: Mapping[str, str], *sealed: str) -> str:
    parts = sorted((token, told.get("timestamp", ""), told.get("nonce", ""), *sealed))
    # SHA-1 is what the platform prescribes.
    return hashlib.sha1("".join(parts).encode()).hexdigest()


def _compare(ours: str, shown: str) -> None:
    if not hmac.compare_digest(ours.encode(), shown.encode()):
        raise _Forged


def _receipt(said: Mapping[str, Any], message: Outbound) -> Receipt:
    code = said.get("errcode", 0)
    if code == 0:
        return Receipt(str(said.get("msgid") or message.key), datetime.now(UTC))
    if code in _BUSY:
        raise TryLater(seconds=_BUSY[code])
    if code in _BAD_TOKEN:
        raise TryLater(seconds=60)
    raise Refused(reason="window" if code in _OUT_OF_WINDOW else f"wechat_{code}")
