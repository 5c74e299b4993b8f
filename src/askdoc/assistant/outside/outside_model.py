"""An outside model, and how it chooses tools where words leave it open which.

Its calls are run with what was said, whatever it makes of that. Where it fails, loops or is silent,
the turn is what it would have been without it.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from askdoc.assistant.context import Earlier
from askdoc.assistant.outside.entrance import Entrance, admitted
from askdoc.assistant.outside.guard import Guard, check_prose
from askdoc.assistant.outside.listening import ModelFailed, listen
from askdoc.assistant.outside.prompts import prompt
from askdoc.assistant.outside.said_calls import SaidCall, said_calls
from askdoc.assistant.outside.veil import Veil
from askdoc.assistant.outside.window import window_messages
from askdoc.assistant.planning.loop import Called, Plan
from askdoc.assistant.planning.tools import TOOLS, UnboundArgument, run_tool
from askdoc.wording import Lang

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import BaseMessage

MOST_ROUNDS = 3
MOST_CALLS = 6


@dataclass(frozen=True, slots=True)
class OutsideModel:
    """The model, how long a turn may wait for it, and what stands at the exit and the entrance."""

    model: "BaseChatModel"
    seconds: float = 30.0
    guard: Guard = check_prose
    entrance: Entrance = admitted


def choose_tools(
    outside: OutsideModel,
    said: str,
    plans: Mapping[str, Plan],
    lang: Lang,
    earlier: Sequence[Earlier] = (),
) -> list[Called]:
    """Calls that the model asks for, run with what was said; refused ones tell it why."""
    from langchain_core.messages import HumanMessage, SystemMessage, ToolMessage

    deadline = time.monotonic() + outside.seconds
    veil = Veil(_names(plans))
    messages: list[BaseMessage] = [
        SystemMessage(prompt("tools", lang)),
        *window_messages(earlier, veil.mask),
        HumanMessage(veil.mask(said)),
    ]
    done: dict[tuple[str, str], Called] = {}
    for _ in range(MOST_ROUNDS):
        try:
            bound: Any = outside.model.bind_tools(_schemas(plans))
            answer = listen(bound, messages, deadline)
        # LangChain's way to say that a model takes no tools.
        except (ModelFailed, NotImplementedError):
            break
        calls = [replace(one, arguments=veil.values(one.arguments)) for one in said_calls(answer)]
        new = [one for one in calls if _key(one) not in done]
        if not new or len(done) >= MOST_CALLS:
            break
        messages.append(answer)
        for call in calls:
            made = done.setdefault(_key(call), _called(call, plans, outside.entrance))
            told = made.answer.kind if made.answer else made.refused
            messages.append(ToolMessage(veil.mask(told or ""), tool_call_id=call.id))
        if all(done[_key(one)].answer is not None for one in new):
            break
    return list(done.values())


def _key(call: SaidCall) -> tuple[str, str]:
    return call.tool, repr(sorted(call.arguments.items(), key=repr))


def _called(call: SaidCall, plans: Mapping[str, Plan], entrance: Entrance) -> Called:
    if call.tool not in plans or call.tool not in TOOLS:
        return Called(call.tool, call.arguments, None, f"no tool is called {call.tool[:40]}")
    plan = plans[call.tool]
    try:
        let_in = entrance(call.arguments, plan)
        answer = run_tool(call.tool, let_in.arguments, let_in.asked)
        return Called(call.tool, let_in.arguments, answer)
    except UnboundArgument as refused:
        return Called(call.tool, {}, None, refused.sentence(plan.asked.lang))


def _names(plans: Mapping[str, Plan]) -> frozenset[str]:
    return frozenset(
        mention.text for plan in plans.values() for mention in plan.asked.reading.mentions
    )


def _schemas(plans: Mapping[str, Plan]) -> list[dict[str, Any]]:
    """What is offered: each tool with the facts that were said and may be given."""
    return [
        {
            "type": "function",
            "function": {
                "name": name,
                "description": (TOOLS[name].__doc__ or "").strip(),
                "parameters": {
                    "type": "object",
                    "properties": {
                        argument: _schema(value) for argument, value in plan.arguments.items()
                    },
                },
            },
        }
        for name, plan in plans.items()
    ]


def _schema(value: object) -> dict[str, Any]:
    if isinstance(value, list):
        return {"type": "array", "items": {"enum": value}}
    return {"enum": [value]}
