"""Words that may leave a gap: "压着…石头" is found in 压着一块大石头.

The gap holds a few letters of the same sentence. A Latin word only matches as a whole word;
the longest word wins at its place, as in `askdoc.language.word_list`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from askdoc.language import Span, simplify

GAP = "…"
# Letters of dialects that mean no more than the common one, and are no part of another word.
_CANTONESE = zip("攞唔冇咗嘅喺佢畀俾瞓睇勿", "拿不没了的在他被被睡看不", strict=True)
_MINNAN = zip("袂呷伫喙跤", "不吃在嘴脚", strict=True)
_COMMON = str.maketrans({"\u2019": "'", "\u2018": "'", **dict(_CANTONESE), **dict(_MINNAN)})
_HAN_GAP = r"[^。!?;]{0,6}?"
_LATIN_GAP = r"[^.!?;。]{0,24}?"
_LATIN_LETTER = re.compile(r"[a-z]")


def fold(text: str) -> str:
    """A normalised text in lower case, sign for sign, dialect letters as common ones."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return lowered.translate(_COMMON)


@dataclass(frozen=True, slots=True)
class GappedWords:
    """Words to be found in folded texts.

    `every` looks around each Latin word, so it tries all words at every letter; `not_latin`, which
    holds the others, jumps to letters that one of them begins with. A text without a Latin letter
    is asked for these alone, in a quarter of the time: a turn asks hundreds of lists.
    """

    every: re.Pattern[str]
    not_latin: re.Pattern[str]

    def spans(self, text: str, with_latin: bool) -> list[Span]:
        """Where the words stand in a folded text, in order; whether it has a Latin letter."""
        pattern = self.every if with_latin else self.not_latin
        return [found.span() for found in pattern.finditer(text)]


def has_latin(text: str) -> bool:
    """Whether a folded text has a Latin letter."""
    return _LATIN_LETTER.search(text) is not None


def gapped_words(words: Iterable[str]) -> GappedWords:
    """These words; without any, nothing is found."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    not_latin = [word for word in ordered if not _is_latin(fold(word[0]))]
    return GappedWords(_pattern(ordered), _pattern(not_latin))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(_one(word) for word in words) or r"(?!)")


def _one(word: str) -> str:
    pieces = [fold(simplify(piece)) for piece in word.split(GAP)]
    gap = _LATIN_GAP if pieces[0].isascii() else _HAN_GAP
    before = r"(?<![a-z])" if _is_latin(pieces[0][:1]) else ""
    after = r"(?![a-z])" if _is_latin(pieces[-1][-1:]) else ""
    return f"{before}{gap.join(re.escape(piece) for piece in pieces)}{after}"


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
