"""Reading and answering in this process, against the shipped knowledge, on a fixed day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from askdoc.assistant.answer import Answer
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.reader import read
from askdoc.assistant.talk.turn import take_turn
from askdoc.bootstrap import House
from askdoc.settings import Settings

DAY = date(2026, 11, 25)
Read = Callable[[str], Reading]
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def house(knowledge: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    """The shipped knowledge, with an empty home."""
    home = tmp_path_factory.mktemp("home")
    return House(Settings(knowledge, config=home / "config", data=home / "data", lang="zh"))


@pytest.fixture(scope="session")
def reading(house: House) -> Read:
    """Read a question."""
    around = house.context(DAY, {}, 0, None).surroundings()
    return lambda text: read(text, around)


@pytest.fixture(scope="session")
def answered(house: House) -> Ask:
    """Answer a question; `given` are answers to questions back, `asked` how many there were."""

    def ask(text: str, asked: int = 0, day: date = DAY, **given: str | int | bool) -> Answer:
        return take_turn(text, house.context(day, dict(given), asked, None))

    return ask
