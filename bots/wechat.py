"""WeChat Official Account: signed XML comes in, plain or encrypted; texts go out.

WeChat waits five seconds for an answer in its own request. A sender who has one in time hands it to
the request that waits; later it goes as a customer-service message, which WeChat takes within 48
hours of the person's last word, and after that as a template message, if one is set.
"""

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Any

import httpx

from askdoc.channels import (
    Abilities,
    BadInbound,
    InDoubt,
    Outbound,
    Receipt,
    Refused,
    TryLater,
    shaped,
)
from askdoc.channels.app import Budget, Keep, MissingSetting, NoPolling
from askdoc.channels.port import BLOCKED
from askdoc.channels.waiting_requests import WaitingRequests
from askdoc.channels.webhook import Handle, Reply, Request
from askdoc.channels.wechat_seal import Forged, compare, decrypted, encrypted, signature
from askdoc.channels.wechat_xml import NAME, answer_xml, inbound_of, read_xml

PATH = "/wechat"
API = "https://api.weixin.qq.com"
SUCCESS = Reply(200, b"success")
# A text may have 2,048 bytes; nearly all of ours is Chinese, three bytes a sign.
_LONGEST = 680
_MOST_BYTES = 2048
_WINDOW = timedelta(hours=48)
# WeChat gives up after five seconds and sends the message again, three times in all.
_ANSWER_SECONDS = 4.0
_MOST_FILE = 10 * 1024 * 1024
_BAD_TOKEN = (40001, 40014, 42001)
_BUSY = {-1: 2, 45009: 60, 45011: 10}
_OUT_OF_WINDOW = (45015, 45047)
# Whoever does not follow the account any more.
_LEFT = 43004
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One Official Account. With `aes_key` (43 letters) messages are encrypted both ways.

    `template` is the id of a template with a field `template_field` for what is said and, if its
    owner put one in, `template_choices` for the numbers to reply with; each has at most
    `template_limit` signs.
    """

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str | None = field(default=None, repr=False)
    template: str | None = None
    template_field: str = "thing1"
    template_choices: str | None = None
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
        template_choices=env.get("ASKDOC_WECHAT_TEMPLATE_CHOICES") or None,
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
        self._waiting = WaitingRequests(answer_seconds)

    @property
    def name(self) -> str:
        return NAME

    @property
    def abilities(self) -> Abilities:
        return Abilities(
            longest_text=_LONGEST,
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
        (written,) = shaped(message, Abilities(longest_text=10**6), "zh")
        if len(written.text.encode()) > _MOST_BYTES:
            raise Refused(reason="too_long")
        if message.kind == "answer" and self._waiting.hand_over(chat, written.text):
            return Receipt(f"passive:{message.key}", datetime.now(UTC))
        time.sleep(self._budget.turn(f"{NAME}:{self._account.app_id}"))
        text = {"touser": chat, "msgtype": "text", "text": {"content": written.text}}
        said = self._called("/cgi-bin/message/custom/send", text)
        if said.get("errcode") in _OUT_OF_WINDOW and message.kind != "answer":
            said = self._by_template(chat, message)
        return _receipt(said, message)

    def fetch(self, ref: str) -> bytes:
        """A picture or a recording. Raises TryLater and Refused."""
        found = self._file(ref, self._access_token())
        if _code(found) in _BAD_TOKEN:
            found = self._file(ref, self._renewed_token())
        if found.status_code != 200 or _code(found) is not None or len(found.content) > _MOST_FILE:
            raise Refused(reason="no_file")
        return found.content

    def _file(self, ref: str, token: str) -> httpx.Response:
        asked = {"access_token": token, "media_id": ref}
        try:
            return self._client.get("/cgi-bin/media/get", params=asked)
        except httpx.HTTPError as failed:
            raise TryLater(seconds=5) from failed

    def _by_template(self, chat: str, message: Outbound) -> Mapping[str, Any]:
        told = self._account
        if told.template is None:
            raise Refused(reason="window")
        data = {told.template_field: {"value": message.brief or message.text}}
        if message.choices:
            if told.template_choices is None:
                raise Refused(reason="no_place_for_choices")
            numbers = enumerate(message.choices, 1)
            listed = "".join(f"{number}{choice.label}" for number, choice in numbers)
            data[told.template_choices] = {"value": listed}
        if any(len(one["value"]) > told.template_limit for one in data.values()):
            raise Refused(reason="too_long_for_template")
        body = {"touser": chat, "template_id": told.template, "data": data}
        return self._called("/cgi-bin/message/template/send", body)

    def _called(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """What WeChat says to a call; a token that ended is renewed once."""
        said = self._posted(path, body, self._access_token())
        if said.get("errcode") in _BAD_TOKEN:
            said = self._posted(path, body, self._renewed_token())
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

    def _renewed_token(self) -> str:
        with self._tokens:
            self._token = None
        return self._access_token()

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
        except Forged:
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
        compare(signature(self._account.token, told), told.get("signature", ""))
        return Reply(200, told.get("echostr", "").encode())

    def _opened(self, request: Request) -> bytes:
        told, account = request.query, self._account
        if account.aes_key is None:
            compare(signature(account.token, told), told.get("signature", ""))
            return request.body
        sealed = read_xml(request.body).get("Encrypt", "")
        compare(signature(account.token, told, sealed), told.get("msg_signature", ""))
        return decrypted(sealed, account.aes_key, account.app_id)

    def _closed(self, xml: str) -> bytes:
        account = self._account
        if account.aes_key is None:
            return xml.encode()
        sealed = encrypted(xml.encode(), account.aes_key, account.app_id)
        told = {"timestamp": str(int(time.time())), "nonce": secrets.token_hex(8)}
        return (
            f"<xml><Encrypt>{sealed}</Encrypt>"
            f"<MsgSignature>{signature(account.token, told, sealed)}</MsgSignature>"
            f"<TimeStamp>{told['timestamp']}</TimeStamp><Nonce>{told['nonce']}</Nonce></xml>"
        ).encode()


def _code(found: httpx.Response) -> int | None:
    """The error that came in place of a file; None for a file."""
    if not found.headers.get("content-type", "").startswith(("application/json", "text/plain")):
        return None
    try:
        return int(found.json()["errcode"])
    except (ValueError, KeyError, TypeError):
        return 0


def _receipt(said: Mapping[str, Any], message: Outbound) -> Receipt:
    code = said.get("errcode", 0)
    if code == 0:
        return Receipt(str(said.get("msgid") or message.key), datetime.now(UTC))
    if code in _BUSY:
        raise TryLater(seconds=_BUSY[code])
    if code in _BAD_TOKEN:
        raise TryLater(seconds=60)
    if code == _LEFT:
        raise Refused(reason=BLOCKED)
    raise Refused(reason="window" if code in _OUT_OF_WINDOW else f"wechat_{code}")
