"""Tool calls that a model makes, also those that it writes as text.

Small models write calls fenced, bare, or in tags (`<tools>`, `<tool_call>`); all of them are read.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askdoc.assistant.outside.listening import text_of

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_NAMES = ("name", "tool", "function")
_ARGUMENTS = ("arguments", "args", "parameters")
_WRAPPING = re.compile(r"```[a-z]*|</?[a-z_]+>", re.I)
MOST_CALLS = 8


@dataclass(frozen=True, slots=True)
class SaidCall:
    """A call as the model made it; nothing of it is trusted yet."""

    tool: str
    arguments: Mapping[str, Any]
    id: str


def said_calls(message: "AIMessage") -> list[SaidCall]:
    """The calls of a message, at most eight; none when it only speaks."""
    made = [
        SaidCall(one["name"], one["args"], one["id"] or f"call-{number}")
        for number, one in enumerate(message.tool_calls)
    ]
    broken = [
        SaidCall(str(one.get("name") or ""), {}, str(one.get("id") or f"broken-{number}"))
        for number, one in enumerate(message.invalid_tool_calls)
    ]
    written = [] if made or broken else list(_written(text_of(message)))
    return [*made, *broken, *written][:MOST_CALLS]


def _written(text: str) -> Iterator[SaidCall]:
    for number, found in enumerate(_objects(text)):
        nested = found.get("function")
        inner = nested if isinstance(nested, dict) else found
        name = next((inner[key] for key in _NAMES if isinstance(inner.get(key), str)), None)
        if name is None or not any(key in inner for key in _ARGUMENTS):
            continue
        arguments = next(inner[key] for key in _ARGUMENTS if key in inner)
        yield SaidCall(name, _mapping(arguments), f"written-{number}")


def _mapping(arguments: object) -> Mapping[str, Any]:
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return {}
    return arguments if isinstance(arguments, dict) else {}


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every JSON object of a text, alone or in a list."""
    plain = _WRAPPING.sub(" ", text)
    reader = json.JSONDecoder()
    at = 0
    while (begin := plain.find("{", at)) >= 0:
        try:
            found, at = reader.raw_decode(plain, begin)
        except (ValueError, RecursionError):
            at = begin + 1
            continue
        if isinstance(found, dict):
            yield found
