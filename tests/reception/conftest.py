"""A receptionist on an empty database of either kind, a channel in memory, people who write."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from askdoc.bootstrap import House
from askdoc.channels import Abilities, Inbound, Media
from askdoc.channels.delivering import Sender
from askdoc.channels.letters import Window
from askdoc.channels.sending import SendingRules
from askdoc.reception.chat import Chat
from askdoc.receptionist import Receptionist
from askdoc.settings import read_settings
from askdoc.storage.database import Database
from askdoc.storage.enrolments import SqlEnrolments
from askdoc.storage.inbox import SqlInbox
from askdoc.storage.outbox import SqlOutbox
from askdoc.testing import MemoryChannel

BUTTONS = Abilities(buttons=True, edits=True)
NUMBERS = Abilities(longest_text=600)
ABROAD = Abilities(buttons=True, edits=True, crosses_border=True)
START = datetime(2026, 11, 25, 2, tzinfo=UTC)


@dataclass
class Counter:
    """The receptionist as one person meets it: say something, and see what comes back."""

    receptionist: Receptionist
    channel: MemoryChannel
    sender: Sender
    database: Database
    clock: list[datetime]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def says(self, text: str | None = None, chat: str = "c1", **told: Any) -> list[str]:
        """What the chat sees after it said this."""
        before = len(self.channel.seen)
        number = next(self.numbers)
        usual: dict[str, Any] = {"channel": "memory", "chat": chat, "sender": chat}
        usual |= {"message_id": str(number), "at": self.clock[0], "text": text}
        self.receptionist.inbox.keep([Inbound(**(usual | told))], self.clock[0])
        self.receptionist.answer_waiting()
        self.clock[0] += timedelta(seconds=10)
        self.sender.send_due()
        return [seen.message.text for seen in self.channel.seen[before:]]

    def presses(self, label: str, chat: str = "c1") -> list[str]:
        """What the chat sees after it pressed the newest button of this label."""
        for at in range(len(self.channel.seen) - 1, -1, -1):
            seen = self.channel.seen[at]
            for choice in seen.message.choices:
                if seen.chat == chat and choice.label == label:
                    told = {"choice": choice.id, "pressed_on": f"memory-{at + 1}"}
                    return self.says(chat=chat, **told)
        raise AssertionError(f"no button {label}")

    def shows(self, chat: str = "c1") -> list[str]:
        """The labels of the newest buttons."""
        for seen in reversed(self.channel.seen):
            if seen.chat == chat and seen.message.choices:
                return [one.label for one in seen.message.choices]
        return []

    def chat(self, name: str = "c1") -> Chat | None:
        """The chat as it is kept."""
        return SqlEnrolments(self.database).chat("memory", name)


@pytest.fixture(scope="session")
def house() -> House:
    """The shipped knowledge, read once."""
    return House(read_settings({"HOME": "/nonexistent"}))


@pytest.fixture
def abilities() -> Abilities:
    return BUTTONS


@pytest.fixture
def look() -> Any:
    """Reads a picture or a recording; tests that need one say which."""
    return None


@pytest.fixture
def counter(house: House, kept_database: Database, abilities: Abilities, look: Any) -> Counter:
    database, clock = kept_database, [START]
    receptionist = Receptionist(
        inbox=SqlInbox(database),
        house=house,
        abilities={"memory": abilities},
        clock=lambda: clock[0],
        look=look,
    )
    channel = MemoryChannel(abilities=abilities)
    rules = SendingRules(zone=ZoneInfo("Asia/Shanghai"), quiet=Window(21, 8))
    sender = Sender(SqlOutbox(database), [channel], rules, lambda: clock[0])
    return Counter(receptionist, channel, sender, database, clock)


def photo(ref: str) -> Media:
    return Media("photo", ref)
