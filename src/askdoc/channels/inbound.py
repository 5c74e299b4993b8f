"""What comes in from a channel, checked once at the border.

Text that a person cannot see is taken out here: tag characters, zero-width signs and signs that
turn the direction of writing carry nothing for us, and may carry orders or a false look for others.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from askdoc.wording import AskdocError

MOST_TEXT = 8000
# The longest of them is the name of a file on Telegram.
MOST_ID = 256
# What a button may carry on every channel that has buttons.
MOST_CHOICE = 64
_CHOICE = re.compile(rf"[A-Za-z0-9.:_-]{{1,{MOST_CHOICE}}}")
_KEPT_CONTROLS = "\n\t"
# Invisible without being of a class that says so: Hangul fillers, and the blank of Braille.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_UNSEEN = ("Cc", "Cf", "Cn", "Co")
MediaKind = Literal["photo", "voice", "other"]


class BadInbound(AskdocError):
    """What came in is not what a channel of this kind sends. Field `reason`; nothing is kept."""

    code = "channels.bad_inbound"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a recording: the channel's own name of it, never the thing itself."""

    kind: MediaKind
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A message that came in: one of `text`, `choice` (the id of a button) and `media`.

    `message_id` is given by the channel and names the message for good: a second one with the same
    id is the same message. `pressed_on` is the message whose button was pressed. `at` is aware.
    """

    channel: str
    chat: str
    sender: str
    message_id: str
    at: datetime
    text: str | None = None
    choice: str | None = None
    media: Media | None = None
    pressed_on: str | None = None


def checked(message: Inbound) -> Inbound:
    """The message with its text made visible. Raises BadInbound."""
    told = [one for one in (message.text, message.choice, message.media) if one is not None]
    if len(told) != 1:
        raise BadInbound(reason="not one of text, choice, media")
    ids = [message.channel, message.chat, message.sender, message.message_id]
    ids += [one for one in (message.pressed_on, message.media and message.media.ref) if one]
    if not all(0 < len(one) <= MOST_ID and one == visible(one) for one in ids):
        raise BadInbound(reason="id")
    if message.at.tzinfo is None:
        raise BadInbound(reason="time")
    if message.choice is not None and not _CHOICE.fullmatch(message.choice):
        raise BadInbound(reason="choice")
    if message.text is None:
        return message
    if len(message.text) > MOST_TEXT:
        raise BadInbound(reason="too long")
    text = visible(message.text).strip()
    if not text:
        raise BadInbound(reason="empty")
    return replace(message, text=text)


def visible(text: str) -> str:
    """The text without what nobody can see; half a surrogate pair becomes U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(sign for sign in whole if _is_seen(sign))


def _is_seen(sign: str) -> bool:
    if sign in _KEPT_CONTROLS:
        return True
    if sign in _FILLERS or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
        return False
    return unicodedata.category(sign) not in _UNSEEN
