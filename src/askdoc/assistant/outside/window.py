"""The turns before this one, as an outside model may see them: few, short, masked, without figures.

They come from our own transcript, read once when a model is asked to choose. What a reader would
not guess: a text is masked whole and cut afterwards, because half a telephone number is no number.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from askdoc.assistant.context import Earlier
from askdoc.assistant.outside.prose import hidden

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

MOST_TURNS = 3
MOST_LETTERS = 160


def window_messages(earlier: Sequence[Earlier], mask: Callable[[str], str]) -> "list[BaseMessage]":
    """The newest turns as messages of a person and a model, oldest first."""
    from langchain_core.messages import AIMessage, HumanMessage

    found: list[BaseMessage] = []
    for one in earlier[-MOST_TURNS:]:
        found.append(HumanMessage(_short(mask(one.said))))
        found.append(AIMessage(_short(hidden(mask(one.answered)))))
    return found


def _short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"
