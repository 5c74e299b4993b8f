"""Commands and words in their place: language, details, help, and no button too long to be sent."""

import pytest

from askdoc.care.loop import barrier_choices
from askdoc.care.reminders import ANSWERS, TOPIC, token_of
from askdoc.channels.inbound import MOST_CHOICE

from .conftest import Counter


@pytest.fixture
def agreed(counter: Counter) -> Counter:
    counter.says("/start")
    counter.presses("同意")
    return counter


@pytest.mark.parametrize("said", ["/language en", "/lang English", "语言"])
def test_the_language_is_chosen_by_a_word_or_a_button_and_stays(agreed: Counter, said: str) -> None:
    agreed.says(said)
    if said == "语言":
        agreed.presses("English")
    assert "class A" in agreed.says("阿司匹林肠溶片")[-1]
    assert "甲类" not in agreed.says("阿司匹林肠溶片")[-1]
    agreed.says("/language 中文")
    assert "甲类" in agreed.says("阿司匹林肠溶片")[-1]


def test_names_of_medicines_come_into_reminders_only_while_they_are_wanted(
    agreed: Counter,
) -> None:
    def wants() -> bool:
        chat = agreed.chat()
        assert chat is not None
        return chat.names_medicines

    assert not wants()
    told = agreed.says("/details")
    assert not wants()
    assert "/details on" in told[0]
    agreed.says("/details on")
    assert wants()
    agreed.says("/details off")
    assert not wants()


@pytest.mark.parametrize("said", ["帮助", "/help", "/nonsense"])
def test_help_says_what_can_be_asked(agreed: Counter, said: str) -> None:
    (told,) = agreed.says(said)
    assert "退订" in told


def test_the_longest_button_of_a_reminder_is_short_enough_to_be_sent() -> None:
    token = token_of(("r" * 64, "amlodipine-tablet", "2026-11-25"))
    ids = [one.id for one in barrier_choices(token, "zh")]
    ids += [f"{TOPIC}:{one}:{token}" for one in ANSWERS]
    assert max(len(one.encode()) for one in ids) <= MOST_CHOICE
