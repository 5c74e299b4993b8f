"""The results led in by an outside model's words, sentence by sentence as they become certain.

It never sees a figure, and none of its own is shown. Words are certain once the sentence that they
lead to is named and the guard has passed everything up to there; what comes later takes nothing of
it back. So what is struck costs what follows, and a text that is struck at once is written anew.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from askdoc.assistant.outside.evidence import Evidence
from askdoc.assistant.outside.guard import Struck
from askdoc.assistant.outside.listening import ModelFailed, heard, text_of
from askdoc.assistant.outside.outside_model import OutsideModel
from askdoc.assistant.outside.prompts import prompt
from askdoc.assistant.outside.prose import Prose, Unit, hidden, lines_of, read_prose
from askdoc.assistant.outside.veil import Veil

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_TRIES = 2
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Phrased:
    """What came of asking for prose: the sentences to show, or None; all that was struck.

    `failed` says why the text ended before its end, or came to nothing.
    """

    lines: tuple[str, ...] | None
    used: frozenset[int] = frozenset()
    struck: tuple[Struck, ...] = ()
    failed: str | None = None


@dataclass(slots=True)
class _Text:
    """A text while it is written: what of it was told, and what was found wrong.

    `read` and `check` make prose of what was heard and find what is wrong with it.
    """

    read: Callable[[str], Prose]
    check: Callable[[Prose], tuple[Struck, ...]]
    heard: str = ""
    told: tuple[Unit, ...] = ()
    struck: list[Struck] = field(default_factory=list)
    failed: str | None = None


def phrase_results(outside: OutsideModel, evidence: Evidence, tell: Tell) -> Phrased:
    """The results led in by the model's words; each line is told as soon as it is certain."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    deadline = time.monotonic() + outside.seconds
    veil = Veil(evidence.medicines)
    results = "\n".join(f"{{{n}}} {hidden(one)}" for n, one in enumerate(evidence.lines, 1))
    messages: list[BaseMessage] = [
        SystemMessage(prompt("system", evidence.lang)),
        HumanMessage(f"{veil.mask(evidence.said.text)}\n\n{veil.mask(results)}"),
    ]
    struck: list[Struck] = []
    for _ in range(_TRIES):
        text = _Text(
            read=lambda said: read_prose(veil.restore(said), evidence),
            check=lambda prose: outside.guard(prose, evidence),
        )
        pieces = (text_of(one) for one in heard(outside.model, messages, deadline))
        for line in _certain(pieces, text):
            tell(line)
        struck += text.struck
        if text.told or text.failed != "struck":
            break
        why = ", ".join(dict.fromkeys(one.why for one in text.struck))
        again = prompt("rewrite", evidence.lang).format(why=why)
        messages += [AIMessage(text.heard), HumanMessage(again)]
    used = frozenset(one.cites for one in text.told if one.cites is not None)
    return Phrased(lines_of(text.told) or None, used, tuple(struck), text.failed)


def _certain(pieces: Iterator[str], text: _Text) -> Iterator[str]:
    """The lines of a text as the guard passes them; it is left where something is struck."""
    try:
        for piece in pieces:
            text.heard += piece
            if "}" in piece or "｝" in piece:
                certain = text.read(text.heard).certain
                yield from _passed(certain, text) if certain.units else ()
            if text.failed:
                return
        yield from _passed(text.read(text.heard), text)
    except ModelFailed as failed:
        text.failed = str(failed.fields["why"])


def _passed(prose: Prose, text: _Text) -> Iterator[str]:
    """The lines of a prose that were not told yet, if nothing is wrong with it."""
    new = prose.units[len(text.told) :]
    if text.told and not new:
        return
    wrong = text.check(prose)
    if wrong:
        text.struck += wrong
        text.failed = "struck"
        return
    text.told = prose.units
    yield from lines_of(new)
