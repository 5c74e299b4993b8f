"""What one file in `bots/` gives: a channel to send on, and ways for messages to come in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from askdoc.channels.inbound import Inbound
from askdoc.channels.port import Channel
from askdoc.channels.webhook import Handle
from askdoc.wording import AskdocError

Keep = Callable[[Inbound], None]


class MissingSetting(AskdocError):
    """A channel cannot be opened without this variable of the environment."""

    code = "channels.missing_setting"


class NoPolling(AskdocError):
    """The platform only calls us; nothing can be fetched from it."""

    code = "channels.no_polling"


class NoPhotoReader(AskdocError):
    """What reads photos is not installed."""

    code = "channels.no_photo_reader"


class NoTranscriber(AskdocError):
    """What is to write recordings down is no program."""

    code = "channels.no_transcriber"


class BadPlace(AskdocError):
    """Where the platform is to call is no host and port."""

    code = "channels.bad_place"


class BadRate(AskdocError):
    """A rate of sending that is none."""

    code = "channels.bad_rate"


class Budget(Protocol):
    """How fast one account may send, shared by everything that sends with it."""

    def turn(self, name: str) -> float:
        """The seconds until it is our turn, which is ours from now on. Raises TryLater."""


class App(Protocol):
    """A messaging app. `keep` keeps a message for good before it returns."""

    @property
    def channel(self) -> Channel:
        """Where answers and reminders go."""

    @property
    def polls(self) -> bool:
        """Whether messages can be fetched; elsewhere the platform only calls us."""

    def hooks(self, keep: Keep) -> Mapping[str, Handle]:
        """What answers the platform's requests, by path."""

    def poll(self, keep: Keep, stop: Event) -> None:
        """Fetch messages until told to stop; only where the app polls."""

    def fetch(self, ref: str) -> bytes:
        """A picture or a recording. Raises TryLater and Refused."""

    def close(self) -> None:
        """Give back connections and threads."""


@dataclass(frozen=True, slots=True)
class Unlimited:
    """A budget without a bound, for channels that have none."""

    def turn(self, name: str) -> float:
        return 0.0
