"""One question on its own: a conversation of a single turn."""

from askdoc.assistant.answer import Answer
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.talk.conversation import converse


def take_turn(question: str, context: Context) -> Answer:
    """Answer one question in the language it was asked in."""
    return converse(question, Dialogue(), context).answer
