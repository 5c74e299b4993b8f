"""What a model's words are held against: what was said, what the tools returned, of whom."""

from collections.abc import Callable
from dataclasses import dataclass

from askdoc.assistant.answer import Answer
from askdoc.assistant.reading.facts import Reading
from askdoc.wording import Lang


@dataclass(frozen=True, slots=True)
class Evidence:
    """The turn as the guard sees it.

    `lines` are the answer's sentences, which the model may insert by number. `read` reads a text
    as the person's own message was read. `receipts` are the sentences of what was carried out in
    this conversation: only their very words may say that something was done. `citable` are the
    places of the lines that a claim may be cited to; a line that is not among them can be shown
    whole, and proves nothing.
    """

    said: Reading
    answers: tuple[Answer, ...]
    lines: tuple[str, ...]
    lang: Lang
    read: Callable[[str], Reading]
    receipts: tuple[str, ...] = ()
    citable: frozenset[int] = frozenset()

    @property
    def medicines(self) -> frozenset[str]:
        """Names that may be spoken of: said by the person or resolved by a tool."""
        told = {name for one in self.answers for name in one.medicines}
        return frozenset(told | {mention.text for mention in self.said.mentions})
