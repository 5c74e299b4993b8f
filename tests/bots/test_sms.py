"""Short messages: the clinic and its phone in each, never a link, answers only with the key."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from askdoc.bots import load_bot
from askdoc.channels import Inbound, InDoubt, Outbound, Refused, TryLater
from askdoc.channels.app import Unlimited
from askdoc.channels.webhook import Request
from askdoc.testing.sms_api import SmsApi, running_sms

NOTE = Outbound(key="k1", kind="reminder", text="该来社区了")


@pytest.fixture
def api() -> Iterator[SmsApi]:
    with running_sms(SmsApi()) as api:
        yield api


def opened(api: SmsApi, **told: str) -> Any:
    names = ("SECRET_ID", "SECRET_KEY", "APP_ID", "SIGN", "TEMPLATE")
    env = {f"ASKDOC_SMS_{name}": "x" for name in names} | {"ASKDOC_SMS_API": api.url}
    env |= {"ASKDOC_SMS_CLINIC": "曲阳社区卫生服务中心", "ASKDOC_SMS_PHONE": "021-5555"}
    return load_bot("sms")(env | told, Unlimited())


def test_each_message_names_the_clinic_and_its_phone(api: SmsApi) -> None:
    opened(api).send("13800138000", NOTE)
    assert api.sent == [("+8613800138000", ["该来社区了", "曲阳社区卫生服务中心", "021-5555"])]


@pytest.mark.parametrize("text", ["点 https://a.b", "看www.x.y", "打开 abc.cn 领取", "t.CN/x"])
def test_a_link_is_never_sent(api: SmsApi, text: str) -> None:
    with pytest.raises(Refused, match="link"):
        opened(api).send("13800138000", Outbound(key="k", kind="reminder", text=text))
    assert api.sent == []


@pytest.mark.parametrize("number", ["110", "+1555", "1380013800", "+8613800138000;", ""])
def test_what_is_no_mobile_number_is_refused(api: SmsApi, number: str) -> None:
    with pytest.raises(Refused, match="wrong_number"):
        opened(api).send(number, NOTE)


@pytest.mark.parametrize(
    ("trouble", "ending"),
    [
        ("!AuthFailure.SecretIdNotFound", TryLater),
        ("!RequestLimitExceeded", TryLater),
        ("!InternalError", InDoubt),
        ("LimitExceeded.PhoneNumberDailyLimit", Refused),
        ("InvalidParameterValue.IncorrectPhoneNumber", Refused),
    ],
)
def test_each_error_says_whether_the_message_may_have_come(
    api: SmsApi, trouble: str, ending: type[Exception]
) -> None:
    api.befall([trouble])
    with pytest.raises(ending):
        opened(api).send("13800138000", NOTE)


def test_nobody_listens_is_certainly_not_sent(api: SmsApi) -> None:
    app = opened(api, ASKDOC_SMS_API="http://127.0.0.1:1")
    with pytest.raises(TryLater):
        app.send("13800138000", NOTE)


def test_an_answer_counts_only_with_the_key(api: SmsApi) -> None:
    kept: list[Inbound] = []
    hook = opened(api, ASKDOC_SMS_REPLY_KEY="k3y").hooks(kept.append)["/sms"]
    told = {"mobile": "13800138000", "text": "T\u202eD", "time": 1764054000, "nationcode": "86"}
    body = json.dumps(told).encode()
    assert hook(Request("POST", {"key": "wrong"}, {}, body)).status == 403
    assert hook(Request("POST", {"key": "k3y"}, {}, b"[7]")).status == 200
    assert kept == []
    assert hook(Request("POST", {"key": "k3y"}, {}, body)).status == 200
    assert hook(Request("POST", {"key": "k3y"}, {}, body)).status == 200
    assert [one.text for one in kept] == ["TD", "TD"]
    assert len({one.message_id for one in kept}) == 1
