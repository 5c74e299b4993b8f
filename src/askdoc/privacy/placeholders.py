"""What stands in for a value: ⟦电话A⟧, and ⟦电话A-B⟧ for another way of writing the same value.

A word says what was there, so that a model can build a sentence around it; a letter and not a
digit says which one, so that no reader of figures takes it for a number. The brackets are in no
ordinary text. A model that changes them, spreads the parts or translates the word is understood.
"""

import re
from collections.abc import Iterator

from askdoc.privacy.kinds import WORDS, Kind

Key = tuple[Kind, int, int]

_KINDS: dict[str, Kind] = {word: kind for kind, words in WORDS.items() for word in words}
_OPENING = r"(?:\[\[|\{\{|<<|[⟦〚\[【〔〖「『《〈{<(［（｛＜])"
_CLOSING = r"(?:\]\]|\}\}|>>|[⟧〛\]】〕〗」』》〉}>)］）｝＞])"
_BLANK = r"[\s\u200b\u3000]{0,3}+"
_LETTERS = "[A-Za-zＡ-Ｚａ-ｚ]{1,3}+"
_PLACEHOLDER = re.compile(
    f"{_OPENING}{_BLANK}"
    f"(?P<word>{'|'.join(sorted(map(re.escape, _KINDS), key=lambda word: (-len(word), word)))})"
    rf"(?:{_BLANK}|[\s_:：-])(?P<which>{_LETTERS})"
    rf"(?:{_BLANK}[-－‐–—]{_BLANK}(?P<spelling>{_LETTERS}))?{_BLANK}{_CLOSING}",
    re.IGNORECASE,
)


def placeholder(key: Key) -> str:
    """The text that stands for the value."""
    kind, which, spelling = key
    tail = f"-{_letters(spelling)}" if spelling else ""
    return f"⟦{WORDS[kind][0]}{_letters(which)}{tail}⟧"


def placeholders(text: str) -> Iterator[tuple[int, int, Key]]:
    """Everything in a text that reads as a placeholder, whoever wrote it."""
    for match in _PLACEHOLDER.finditer(text):
        spelling = match["spelling"]
        key = (
            _KINDS[match["word"].lower()],
            _number(match["which"]),
            _number(spelling) if spelling else 0,
        )
        yield match.start(), match.end(), key


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        at = ord(letter)
        number = number * 26 + (at - 0xFF21 if at >= 0xFF21 else at - ord("A")) + 1
    return number - 1
