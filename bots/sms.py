"""Short messages for people without an app, over Tencent Cloud's SDK.

A short message goes through a template that the carrier approved, with three fields: what is said,
the clinic, its phone. It carries no link, so that nobody learns to trust links in messages. Answers
come back at a web address that only the provider knows.
"""

import hmac
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from threading import Event
from time import sleep
from typing import Any

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111.models import SendSmsRequest
from tencentcloud.sms.v20210111.sms_client import SmsClient

from askdoc.channels import (
    Abilities,
    BadInbound,
    Inbound,
    InDoubt,
    Outbound,
    Receipt,
    Refused,
    TryLater,
    checked,
    shaped,
)
from askdoc.channels.app import Budget, Keep, MissingSetting, NoPolling
from askdoc.channels.port import BLOCKED, WRONG_NUMBER
from askdoc.channels.webhook import Handle, Reply, Request

NAME = "sms"
PATH = "/sms"
API = "https://sms.tencentcloudapi.com"
_LONGEST = 300
_SECONDS = 15
_NUMBER = re.compile(r"(?:\+?86)?(1\d{10})")
_LINK = re.compile(r"https?:|www\.|[a-z0-9-]\.(?:cn|com|net|org|top|cc|ly|me)\b", re.IGNORECASE)
# Whoever told the provider to send nothing any more.
_BLOCKED = "FailedOperation.PhoneNumberInBlacklist"
_WRONG = "InvalidParameterValue.IncorrectPhoneNumber"
# What the provider says of a number or a text: it will say the same tomorrow.
_FOR_GOOD = (
    _BLOCKED,
    "FailedOperation.ContainSensitiveWord",
    _WRONG,
    "InvalidParameterValue.TemplateParameterLengthLimit",
    "LimitExceeded.PhoneNumberDailyLimit",
    "UnsupportedOperation",
)
_NOT_STARTED = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the provider and the carrier know us by; `reply_key` is shown by whoever brings answers.

    `clinic` and `phone` stand in every message.
    """

    secret_id: str = field(repr=False)
    secret_key: str = field(repr=False)
    app_id: str
    sign: str
    template: str
    clinic: str
    phone: str
    region: str = "ap-guangzhou"
    reply_key: str | None = field(default=None, repr=False)
    api: str = API


def open_app(env: Mapping[str, str], budget: Budget) -> "SmsApp":
    """The app with what the environment says. Raises MissingSetting."""
    needed = ("secret_id", "secret_key", "app_id", "sign", "template", "clinic", "phone")
    told: dict[str, str] = {}
    for name in needed:
        variable = f"ASKDOC_SMS_{name.upper()}"
        if not env.get(variable):
            raise MissingSetting(name=variable)
        told[name] = env[variable]
    account = Account(
        **told,
        reply_key=env.get("ASKDOC_SMS_REPLY_KEY") or None,
        api=env.get("ASKDOC_SMS_API") or API,
    )
    return SmsApp(account, budget)


class SmsApp:
    """One account of the provider."""

    def __init__(self, account: Account, budget: Budget) -> None:
        self._account = account
        self._budget = budget
        protocol, _, endpoint = account.api.partition("://")
        web = HttpProfile(protocol=protocol, endpoint=endpoint, reqTimeout=_SECONDS)
        credential = Credential(account.secret_id, account.secret_key)
        self._client = SmsClient(credential, account.region, ClientProfile(httpProfile=web))

    @property
    def name(self) -> str:
        return NAME

    @property
    def abilities(self) -> Abilities:
        return Abilities(longest_text=_LONGEST)

    @property
    def channel(self) -> "SmsApp":
        return self

    @property
    def polls(self) -> bool:
        return False

    def poll(self, keep: Keep, stop: Event) -> None:
        raise NoPolling

    def fetch(self, ref: str) -> bytes:
        raise Refused(reason="no_file")

    def close(self) -> None:
        """Nothing is held between two messages."""

    def hooks(self, keep: Keep) -> Mapping[str, Handle]:
        """Where answers come in. Raises MissingSetting without the key that guards it."""
        key = self._account.reply_key
        if not key:
            raise MissingSetting(name="ASKDOC_SMS_REPLY_KEY")
        return {PATH: lambda request: _hooked(request, key, keep)}

    def send(self, chat: str, message: Outbound) -> Receipt:
        """Send now; `chat` is a mobile number. Raises TryLater, Refused, InDoubt."""
        number = _NUMBER.fullmatch(chat)
        if number is None:
            raise Refused(reason=WRONG_NUMBER)
        if self._account.reply_key is None:
            # Nobody would hear the number that was chosen; the clinic's phone stands there anyway.
            message = Outbound(key=message.key, kind=message.kind, text=message.text)
        (message,) = shaped(message, Abilities(longest_text=10**6), "zh")
        if _LINK.search(message.text):
            raise Refused(reason="link")
        if len(message.text) > _LONGEST:
            raise Refused(reason="too_long")
        sleep(self._budget.turn(f"{NAME}:{self._account.app_id}"))
        return self._sent(f"+86{number[1]}", message)

    def _sent(self, number: str, message: Outbound) -> Receipt:
        account = self._account
        asked = SendSmsRequest()
        asked.SmsSdkAppId, asked.SignName = account.app_id, account.sign
        asked.TemplateId, asked.PhoneNumberSet = account.template, [number]
        asked.TemplateParamSet = [message.text, account.clinic, account.phone]
        asked.SessionContext = message.key
        try:
            (said,) = self._client.SendSms(asked).SendStatusSet
        except TencentCloudSDKException as failed:
            raise _told(failed) from failed
        if said.Code == "Ok":
            return Receipt(said.SerialNo, datetime.now(UTC))
        if str(said.Code).startswith(_FOR_GOOD):
            raise _refused(said.Code)
        raise TryLater(seconds=60)


def _refused(code: str) -> Refused:
    return Refused(reason={_BLOCKED: BLOCKED, _WRONG: WRONG_NUMBER}.get(code, code))


def _told(failed: TencentCloudSDKException) -> TryLater | Refused | InDoubt:
    """What an error of the SDK says about a send."""
    code = str(failed.get_code())
    if code == "ClientNetworkError":
        started = not any(one in str(failed.get_message()) for one in _NOT_STARTED)
        return InDoubt() if started else TryLater(seconds=5)
    if code in ("ServerNetworkError", "InternalError", "InternalError.Timeout"):
        return InDoubt()
    if code.startswith(_FOR_GOOD):
        return _refused(code)
    # The rest is about the account (keys, money, rates): no fault of this message.
    _LOG.error("sms.account", extra={"code": code})
    return TryLater(seconds=60)


def _hooked(request: Request, key: str, keep: Keep) -> Reply:
    shown = request.query.get("key", "")
    if not hmac.compare_digest(shown.encode(), key.encode()):
        return Reply(403)
    try:
        told = json.loads(request.body)
        for one in told if isinstance(told, list) else [told]:
            keep(inbound_of(one))
    except (BadInbound, ValueError) as failed:
        _LOG.info("sms.passed_over", extra={"error": type(failed).__name__})
    return Reply(200, b'{"result":0,"errmsg":"OK"}', "application/json")


def inbound_of(told: Any) -> Inbound:
    """An answer by short message. Raises BadInbound."""
    try:
        number, text = str(told["mobile"]), str(told["text"])
        at = datetime.fromtimestamp(int(told["time"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as failed:
        raise BadInbound(reason="no answer") from failed
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise BadInbound(reason="number")
    # The provider gives an answer no id: who, when and what make one.
    id = sha256(f"{number} {told['time']} {text}".encode()).hexdigest()
    return checked(
        Inbound(channel=NAME, chat=found[1], sender=found[1], message_id=id, at=at, text=text)
    )
