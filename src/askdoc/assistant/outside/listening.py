"""One answer of an outside model, streamed and bounded in time and length.

Whatever a provider's library raises becomes ModelFailed here: the planner answers then.
"""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from askdoc.wording import AskdocError

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage

MOST_LETTERS = 4000


class ModelFailed(AskdocError):
    """An outside model gave no usable answer."""

    code = "assistant.model_failed"


def listen(
    model: "BaseChatModel | Any", messages: Sequence["BaseMessage"], deadline: float
) -> "AIMessage":
    """The model's next message, whole. Raises ModelFailed; `deadline` as in `heard`."""
    from langchain_core.messages import message_chunk_to_message

    pieces = list(heard(model, messages, deadline))
    return message_chunk_to_message(sum(pieces[1:], pieces[0]))  # type: ignore[return-value]


def heard(
    model: "BaseChatModel | Any", messages: Sequence["BaseMessage"], deadline: float
) -> Iterator["AIMessageChunk"]:
    """The pieces of the model's next message as they come, at least one.

    `deadline` counts in `time.monotonic`. Closing it hangs up. Raises ModelFailed.
    """
    letters = 0
    stream = _stream(model, messages)
    for piece in stream:
        letters += len(text_of(piece)) + sum(
            len(one.get("args") or "") for one in getattr(piece, "tool_call_chunks", ())
        )
        if time.monotonic() > deadline:
            raise ModelFailed(why="time")
        if letters > MOST_LETTERS:
            raise ModelFailed(why="length")
        yield piece


def _stream(
    model: "BaseChatModel | Any", messages: Sequence["BaseMessage"]
) -> Iterator["AIMessageChunk"]:
    silent = True
    try:
        for piece in model.stream(messages):
            silent = False
            yield piece
    # A provider's library has errors of its own, and any of them means the same here.
    except Exception as failed:
        raise ModelFailed(why=type(failed).__name__) from failed
    if silent:
        raise ModelFailed(why="silence")


def text_of(message: "BaseMessage") -> str:
    """The words of a message, without blocks of other kinds."""
    content = message.content
    if isinstance(content, str):
        return content
    words = (one if isinstance(one, str) else str(one.get("text", "")) for one in content)
    return "".join(words)
