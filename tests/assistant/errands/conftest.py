"""Whole talks over a real database: a woman who speaks for herself and for her parents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.storage import clinic_records as records

from askdoc.assistant.answer import Answer
from askdoc.assistant.talk.session import Session
from askdoc.bootstrap import House
from askdoc.care.patients import Patient
from askdoc.settings import Settings

TODAY = date(2026, 11, 25)
# Half past nine in the morning in China, on a Wednesday.
NOW = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
SHE, MOTHER, FATHER = (
    Patient("she", "self"),
    Patient("mother", "parent", "妈妈"),
    Patient("father", "parent", "爸爸"),
)


@dataclass
class Talk:
    """One conversation: what is said or pressed, and what was answered."""

    house: House
    patients: Sequence[Patient]
    given: dict[str, Any] = field(default_factory=dict)
    now: datetime = NOW
    lang: Any = None

    def __post_init__(self) -> None:
        opened = self.house.transcript.open_conversation("terminal", "resident", self.now)
        self.session = Session(self.house.transcript, opened)
        self.answers: list[Answer] = []

    def says(self, *words: str) -> Answer:
        """The answer to the last of these messages."""
        for one in words:
            self.answers.append(self.session.say(one, self._context(), self.now))
        return self.answers[-1]

    def presses(self, at: int = 0) -> Answer:
        """The answer to a button of the last answer."""
        choice = self.answers[-1].choices[at]
        answer = self.session.say(choice.label, self._context(), self.now, choice.sets)
        self.answers.append(answer)
        return answer

    def waits(self, minutes: int) -> None:
        """Let time go by."""
        self.now += timedelta(minutes=minutes)

    def _context(self) -> Any:
        context = self.house.context(TODAY, {}, 0, self.lang, patients=lambda _: self.patients)
        return replace(context, profile=self.given)


@pytest.fixture
def house(knowledge: Path, tmp_path: Path) -> Iterator[House]:
    """An installation with a clinic and three of its residents."""
    found = House(Settings(knowledge, config=tmp_path / "c", data=tmp_path / "d", lang="zh"))
    records.clinic(found.database)
    for one in (SHE, MOTHER, FATHER):
        records.resident(found.database, one.resident)
    yield found
    found.database.close()


@pytest.fixture
def talk(house: House) -> Talk:
    """A conversation of the daughter."""
    return Talk(house, (SHE, MOTHER, FATHER))
