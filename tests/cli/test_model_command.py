"""`askdoc model`: which model answers, and the consent to an outside one."""

import pytest

from .conftest import Command


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDOC_MODEL", "openai:any")
    monkeypatch.setenv("ASKDOC_MODEL_URL", "http://127.0.0.1:1/v1")


def test_without_a_setting_the_planner_answers(askdoc: Command) -> None:
    assert "ASKDOC_MODEL" in askdoc("model").out


@pytest.mark.usefixtures("with_model")
def test_a_model_waits_for_consent_until_it_is_withdrawn(askdoc: Command) -> None:
    assert "--agree" in askdoc("model").out
    agreed = askdoc("model", "--agree").out
    assert "openai:any http://127.0.0.1:1/v1" in agreed
    assert "--withdraw" in agreed
    assert "--withdraw" in askdoc("model").out
    assert "--agree" in askdoc("model", "--withdraw").out
    assert "--agree" in askdoc("model", "--lang", "en").out


@pytest.mark.usefixtures("with_model")
def test_an_unreachable_model_costs_no_answer(askdoc: Command) -> None:
    said = ("ask", "二甲双胍在医保目录里吗？", "--day", "2026-11-25", "--region", "cn/shanghai")
    without = askdoc(*said).out
    askdoc("model", "--agree")
    assert askdoc(*said).out == without


def test_a_bad_time_is_refused_in_one_sentence(
    askdoc: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOC_MODEL", "openai:any")
    monkeypatch.setenv("ASKDOC_MODEL_SECONDS", "soon")
    ran = askdoc("model")
    assert ran.code == 2
    assert "ASKDOC_MODEL_SECONDS" in ran.err
