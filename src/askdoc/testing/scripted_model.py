"""A chat model that says what it was told to say, whatever it is asked.

It stands where any other chat model may stand, and keeps what it was asked for tests to look at.
The last message is said again and again, so that one tool call makes a model that never ends.
"""

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr


class ScriptedModel(BaseChatModel):
    """The fake of a chat model; `messages` are its answers in order, at least one."""

    messages: list[AIMessage]
    _asked: list[list[BaseMessage]] = PrivateAttr(default_factory=list)

    @property
    def asked(self) -> list[list[BaseMessage]]:
        """The messages of each call, oldest call first."""
        return self._asked

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "ScriptedModel":
        """Itself: the script names its tools."""
        return self

    @property
    def _llm_type(self) -> str:
        return "askdoc-scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        at = min(len(self._asked), len(self.messages) - 1)
        self._asked.append(list(messages))
        return ChatResult(generations=[ChatGeneration(message=self.messages[at])])
