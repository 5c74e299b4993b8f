"""The embedded model: a chat model without a network, a key or a download.

It stands where any other chat model may stand: it gets the same messages and the same tools, asks
for tools by the frames it is given, and tells what the tools returned word for word.
"""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult

# Where the turn's plan travels: the calls that the frames ask for, made from the reader's facts.
PLAN = "plan"


class Planner(BaseChatModel):
    """Turns the plan in the newest question into tool calls, and results into the answer."""

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "Planner":
        """Itself: the plan names its tools."""
        return self

    @property
    def _llm_type(self) -> str:
        return "askdoc-planner"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        results = _results(messages)
        if results:
            said = AIMessage("\n\n".join(str(one.content) for one in results))
        else:
            said = AIMessage("", tool_calls=_calls(messages))
        return ChatResult(generations=[ChatGeneration(message=said)])


def _results(messages: list[BaseMessage]) -> list[ToolMessage]:
    """The results since the newest question."""
    found: list[ToolMessage] = []
    for message in reversed(messages):
        if isinstance(message, HumanMessage):
            break
        if isinstance(message, ToolMessage):
            found.append(message)
    return found[::-1]


def _calls(messages: list[BaseMessage]) -> list[dict[str, Any]]:
    question = next(one for one in reversed(messages) if isinstance(one, HumanMessage))
    plan: list[dict[str, Any]] = question.additional_kwargs.get(PLAN, [])
    return [
        {"name": one["tool"], "args": one["arguments"], "id": f"call-{number}"}
        for number, one in enumerate(plan)
    ]
