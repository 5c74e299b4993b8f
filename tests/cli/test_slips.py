"""Slips of people at the keyboard: nothing is kept half, nothing ends in a stack trace."""

import json

import pytest

from .conftest import Command, one_sentence


def test_another_scheme_drops_the_status_that_it_does_not_have(askdoc: Command) -> None:
    askdoc("profile", "set", "region=cn/shanghai", "scheme=employee", "status=retired")
    assert askdoc("profile", "set", "scheme=resident").code == 0
    kept = json.loads(askdoc("profile", "show", "--json").out)
    assert kept == {"region": "cn/shanghai", "scheme": "resident"}


def test_a_status_of_the_other_scheme_is_refused(askdoc: Command) -> None:
    assert one_sentence(askdoc("profile", "set", "scheme=resident", "status=retired"))
    assert one_sentence(askdoc("ask", "能报多少", "--scheme", "resident", "--status", "retired"))


def test_no_name_is_asked_for_and_not_called_unrecorded(askdoc: Command) -> None:
    ran = askdoc("medicine", " ")
    assert ran.code == 0
    assert "请写出药名" in ran.out


@pytest.mark.parametrize("months", ["-1", "x"])
def test_a_number_of_months_is_zero_or_more(askdoc: Command, months: str) -> None:
    assert one_sentence(askdoc("check", "--months", months))


def test_a_question_back_asks_for_one_thing_only(askdoc: Command) -> None:
    shown = askdoc("ask", "深圳一档退休职工住院花了3万，能报多少").out
    assert shown.count("？") == 1
    assert "请告诉我" not in shown
    assert "--no-questions" in shown


def test_a_range_is_not_offered_where_there_can_be_none(askdoc: Command) -> None:
    assert "--no-questions" not in askdoc("ask", "三级医院门诊花了1200元，能报多少").out


def test_an_unknown_command_is_led_to_the_overview(askdoc: Command) -> None:
    ran = askdoc("nope")
    assert one_sentence(ran)
    assert "askdoc --help" in ran.err
