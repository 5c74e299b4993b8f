"""The endpoint of an outside model: it fails in every way, waits for consent, shows no key."""

import time
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.messages import BaseMessage

from askdoc.assistant.outside.listening import ModelFailed, listen
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.outside.provider import BadModelName, NoModelPackage, open_model
from askdoc.assistant.talk.turned import Turned
from askdoc.bootstrap import House
from askdoc.consent import agree, has_agreed, withdraw
from askdoc.settings import ModelSettings, Settings

from .fake_endpoint import endpoint
from .talking import BILL, talk

# Two tries of one second, and our own work on a busy machine.
_MOST_SECONDS = 8.0


def turn(house: House, outside: OutsideModel | None = None) -> Turned:
    return talk(house, BILL, outside=outside)[-1]


@pytest.mark.parametrize(
    ("fails", "led_in"),
    [
        ("status", False),
        ("half", False),
        ("silence", False),
        ("hangs_up", False),
        ("endless", True),
        ("junk", True),
    ],
)
def test_a_failing_endpoint_costs_bounded_time_and_no_answer(
    house: House, fails: str, led_in: bool
) -> None:
    pytest.importorskip("langchain_openai")
    lead = "您好，请看下面的结果："
    with endpoint(lead + "{1}", fails) as served:
        model = open_model("openai:any", served.url, seconds=1)
        begun = time.monotonic()
        found = turn(house, OutsideModel(model, seconds=1))
        assert time.monotonic() - begun < _MOST_SECONDS
    assert served.asked
    assert found.phrased is not None
    assert found.phrased.failed
    # What was certain before it failed may stay; no result is lost and none is added.
    plain = turn(house).answer
    assert sorted(set(found.answer.lines) - {lead}) == sorted(set(plain.lines))
    assert (lead in found.answer.lines) is led_in
    assert found.answer.figures == plain.figures


def test_a_status_of_failure_is_asked_again_once(house: House) -> None:
    pytest.importorskip("langchain_openai")
    with endpoint("您好，请看：{1}", "first_status") as served:
        model = open_model("openai:any", served.url, seconds=5)
        found = turn(house, OutsideModel(model, seconds=5))
    assert len(served.asked) == 2
    assert found.answer.lines[0] == "您好，请看："
    with endpoint("您好，请看：{1}", "status") as served:
        model = open_model("openai:any", served.url, seconds=5)
        assert turn(house, OutsideModel(model, seconds=5)).answer == turn(house).answer
    assert len(served.asked) == 2


def test_an_endpoint_is_spoken_to_over_http(house: House) -> None:
    pytest.importorskip("langchain_openai")
    with endpoint("您好，请看：{1}") as served:
        found = turn(house, OutsideModel(open_model("openai:any", served.url, seconds=5)))
    assert found.answer.lines[0] == "您好，请看："
    assert served.asked[0]["stream"] is True


def test_a_stream_that_says_nothing_has_failed() -> None:
    class Silent:
        def stream(self, messages: list[BaseMessage]) -> list[Any]:
            return []

    with pytest.raises(ModelFailed):
        listen(Silent(), [], 1e18)


@pytest.mark.parametrize("named", ["", "gpt", ":x", "openai:"])
def test_a_model_has_a_provider_and_a_name(named: str) -> None:
    with pytest.raises(BadModelName):
        open_model(named)


def test_an_unknown_provider_names_what_to_install() -> None:
    with pytest.raises(NoModelPackage, match="nobody:x"):
        open_model("nobody:x")


def test_an_outside_model_waits_for_consent(house: House, settings_with_model: Settings) -> None:
    chosen = settings_with_model.model
    assert chosen is not None
    assert House(settings_with_model).outside is None
    agree(settings_with_model.consent_file, chosen.consent)
    assert settings_with_model.consent_file.stat().st_mode & 0o777 == 0o600
    pytest.importorskip("langchain_openai")
    assert House(settings_with_model).outside is not None
    elsewhere = replace(chosen, base_url="http://127.0.0.1:2/v1")
    assert House(replace(settings_with_model, model=elsewhere)).outside is None
    assert withdraw(settings_with_model.consent_file)
    assert not has_agreed(settings_with_model.consent_file, chosen.consent)


@pytest.fixture
def settings_with_model(house: House, tmp_path: Any) -> Settings:
    model = ModelSettings("openai:any", "http://127.0.0.1:1/v1", key="secret")
    return replace(house.settings, config=tmp_path / "config", model=model)


def test_a_key_never_shows(settings_with_model: Settings) -> None:
    assert "secret" not in repr(settings_with_model)
