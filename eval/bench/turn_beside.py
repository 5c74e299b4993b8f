"""The same turn as an agent out of the box: LangChain's create_agent over LangGraph's SqliteSaver.

Its model is canned and costs next to nothing; its tools are ours, on the same opened library; its
text is ours with the same citations. It comes in two kinds: one that does all that a turn of ours
does (emergencies first, then the message is read, so that tools only use what was said), and a
bare one, which looks for no emergency and for which the message was read beforehand.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import StructuredTool
from langgraph.checkpoint.sqlite import SqliteSaver

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.answers.telling import source_line
from askdoc.assistant.context import Context
from askdoc.assistant.planning.tools import TOOLS, Asked, run_tool
from askdoc.assistant.triage.alarms import triage

# The tool that a question needs and the facts that it is called with.
Calls = dict[str, tuple[str, dict[str, Any]]]


class Canned(BaseChatModel):
    """Asks for the tool that a question needs, then tells word for word what it returned."""

    calls: Calls

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "Canned":
        return self

    @property
    def _llm_type(self) -> str:
        return "canned"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        newest = messages[-1]
        if isinstance(newest, ToolMessage):
            said = AIMessage(str(newest.content))
        else:
            name, facts = self.calls[str(newest.content)]
            wanted = {"question": newest.content, "facts": facts}
            said = AIMessage("", tool_calls=[{"name": name, "args": wanted, "id": "call-0"}])
        return ChatResult(generations=[ChatGeneration(message=said)])


@dataclass(frozen=True, slots=True)
class Beside:
    """The agent, and a second way into its file to count what it kept."""

    agent: Any
    first: Callable[[str], object]
    file: sqlite3.Connection

    def begin(self) -> str:
        """The id of a new conversation."""
        return secrets.token_hex(16)

    def say(self, conversation: str, question: str) -> str:
        """One turn: the text with what it cites."""
        self.first(question)
        thread = {"configurable": {"thread_id": conversation}}
        after = self.agent.invoke({"messages": [("user", question)]}, thread)
        return str(after["messages"][-1].content)

    def rows(self, conversation: str) -> int:
        """Bytes of everything kept of a conversation; nothing is overwritten."""
        counted = self.file.execute(
            "SELECT sum(length(checkpoint) + length(metadata)) FROM checkpoints"
            " WHERE thread_id = ?1 UNION ALL"
            " SELECT sum(length(value)) FROM writes WHERE thread_id = ?1",
            (conversation,),
        )
        return sum(size or 0 for (size,) in counted)

    def state(self, conversation: str) -> int:
        """Bytes of the newest state, which counts among the rows already."""
        newest = self.file.execute(
            "SELECT length(checkpoint) FROM checkpoints WHERE thread_id = ?"
            " ORDER BY checkpoint_id DESC LIMIT 1",
            (conversation,),
        )
        return int(newest.fetchone()[0])

    def overwritten(self, conversation: str) -> int:
        """Bytes that a turn writes in the place of others."""
        return 0


@contextmanager
def open_beside(
    file: Path, context: Callable[[], Context], calls: Calls, bare: bool
) -> Iterator[Beside]:
    """The agent with its database in a file."""
    beforehand = {question: asked_of(question, context()) for question in calls}

    def asked(question: str) -> Asked:
        return beforehand[question] if bare else asked_of(question, context())

    def first(question: str) -> object:
        return None if bare else triage(question, context().flags)

    tools = [_tool(name, asked) for name in dict.fromkeys(name for name, _ in calls.values())]
    with SqliteSaver.from_conn_string(str(file)) as saver:
        saver.setup()
        agent = create_agent(Canned(calls=calls), tools, checkpointer=saver)
        with closing(sqlite3.connect(file)) as counting:
            yield Beside(agent, first, counting)


def cited(answer: Answer) -> str:
    """The text of an answer with what it cites."""
    return "\n".join((answer.text, *(source_line(one, answer.lang) for one in answer.sources)))


def asked_of(question: str, context: Context) -> Asked:
    """What a tool works from."""
    reading = context.read(question)
    return Asked(reading, known_facts(reading, context), context, reading.lang)


def _tool(name: str, asked: Callable[[str], Asked]) -> StructuredTool:
    def call(question: str, facts: dict[str, Any]) -> str:
        return cited(run_tool(name, facts, asked(question)))

    return StructuredTool.from_function(call, name=name, description=TOOLS[name].__doc__)
