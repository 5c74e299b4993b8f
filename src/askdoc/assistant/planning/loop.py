"""Model ⇄ tools: the model asks for tools until it answers, a bounded number of times.

Our own loop on LangChain's messages: a call's arguments are held against what was said, and a
prebuilt agent alone costs about what a whole turn costs here (eval/bench/turn.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askdoc.assistant.answer import Answer
from askdoc.assistant.planning.tools import TOOLS, Asked, UnboundArgument, run_tool

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Called:
    """A tool call and what came of it; `refused` says why there is no answer."""

    tool: str
    arguments: Mapping[str, Any]
    answer: Answer | None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the frames want: calls, each with what its tool works from."""

    tool: str
    arguments: Mapping[str, Any]
    asked: Asked


def run(model: "BaseChatModel", said: str, plans: list[Plan]) -> tuple[list[Called], str]:
    """The calls that were made, in order, and the model's closing words."""
    from langchain_core.messages import HumanMessage, ToolMessage

    from askdoc.assistant.planning.planner import PLAN

    plan = [{"tool": one.tool, "arguments": dict(one.arguments)} for one in plans]
    messages: list[BaseMessage] = [HumanMessage(said, additional_kwargs={PLAN: plan})]
    done: list[Called] = []
    for _ in range(MOST_ROUNDS):
        answer = model.invoke(messages)
        messages.append(answer)
        calls = getattr(answer, "tool_calls", [])
        if not calls:
            return done, str(answer.content)
        for number, call in enumerate(calls):
            made = _called(call["name"], call["args"], _for(call["name"], number, plans))
            done.append(made)
            told = made.answer.text if made.answer else made.refused
            messages.append(ToolMessage(told or "", tool_call_id=call["id"] or str(number)))
    return done, ""


def _for(tool: str, number: int, plans: list[Plan]) -> Asked:
    """What a call works from: its own plan's facts, else the first plan's."""
    if number < len(plans) and plans[number].tool == tool:
        return plans[number].asked
    return next((one.asked for one in plans if one.tool == tool), plans[0].asked)


def _called(tool: str, arguments: Mapping[str, Any], asked: Asked) -> Called:
    if tool not in TOOLS:
        return Called(tool, arguments, None, f"no tool is called {tool}")
    try:
        return Called(tool, arguments, run_tool(tool, arguments, asked))
    except UnboundArgument as refused:
        return Called(tool, arguments, None, refused.sentence(asked.lang))
