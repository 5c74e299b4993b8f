"""A message in the shape that a channel can carry: short enough, with buttons or with numbers.

Lengths are counted in UTF-16 units, as the strictest of the platforms counts them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from askdoc.channels.port import Abilities, Choice, Outbound
from askdoc.wording import Lang, phrase

# Where a text is best cut, best first: between paragraphs, lines, sentences, clauses, words.
_CUTS = ("\n\n", "\n", "。", "！", "？", ". ", "；", "; ", "，", ", ", " ")
_REPLY = re.compile(
    r"\s*(?:回复|回覆|选|选择|reply|option)?\s*[:：]?\s*(\d{1,2})\s*[.。)）]?\s*", re.I
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def shaped(message: Outbound, abilities: Abilities, lang: Lang) -> tuple[Outbound, ...]:
    """The message as one or several that the channel can carry; choices go with the last.

    Each part has a key of its own, made from the key of the whole.
    """
    if message.choices and not abilities.buttons:
        text = f"{message.text}\n{numbered(message.choices, lang)}"
        message = replace(message, text=text, choices=())
    if message.edit_of is not None and not abilities.edits:
        message = replace(message, edit_of=None)
    texts = split(message.text, abilities.longest_text)
    last = len(texts) - 1
    return tuple(
        replace(
            message,
            key=message.key if at == 0 else f"{message.key}:{at}",
            text=text,
            choices=message.choices if at == last else (),
            edit_of=message.edit_of if at == 0 else None,
        )
        for at, text in enumerate(texts)
    )


def numbered(choices: Sequence[Choice], lang: Lang) -> str:
    """Choices for a channel without buttons: how to choose, and a line for each."""
    lines = [phrase("channels.reply_with", lang)]
    lines += [
        phrase("channels.numbered", lang, number=number, label=choice.label)
        for number, choice in enumerate(choices, 1)
    ]
    return "\n".join(lines)


def number_said(text: str) -> int | None:
    """The number of a choice when the message says nothing else: "回复2", "2", "２。"."""
    found = _REPLY.fullmatch(text.translate(_FULL_WIDTH))
    return int(found[1]) if found else None


def split(text: str, longest: int) -> tuple[str, ...]:
    """The text in pieces of at most `longest` UTF-16 units; nothing but blanks at a cut is lost."""
    pieces = []
    rest = text.strip()
    while units(rest) > longest:
        end = _end(rest, longest)
        at = _cut(rest[:end])
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return (*pieces, rest) if rest or not pieces else tuple(pieces)


def units(text: str) -> int:
    """How long a platform says that the text is."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _end(text: str, longest: int) -> int:
    """How many signs fit."""
    taken = 0
    for at, sign in enumerate(text):
        taken += 2 if sign > "\uffff" else 1
        if taken > longest:
            return at
    return len(text)


def _cut(fits: str) -> int:
    """Where to cut what fits; not in its first half, which would leave many small pieces."""
    for mark in _CUTS:
        at = fits.rfind(mark)
        if at >= len(fits) // 2:
            return at + len(mark)
    return _before_a_figure(fits)


def _before_a_figure(fits: str) -> int:
    """The end of what fits, or before a figure that would be cut in two."""
    at = len(fits)
    while at > len(fits) // 2 and fits[at - 1] in "0123456789.":
        at -= 1
    return at
