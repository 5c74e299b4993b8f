"""One turn of conversation: read the question, call the tools, tell the answer."""

from askdoc.assistant.answer import Answer, Choice, Cited, Understood
from askdoc.assistant.context import Context
from askdoc.assistant.turn import take_turn

__all__ = ["Answer", "Choice", "Cited", "Context", "Understood", "take_turn"]
