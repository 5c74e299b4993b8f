"""One form for what people type, with the way back to what they typed.

Full-width signs become half-width, Traditional characters become Simplified ones one by one,
invisible characters go and runs of blanks shrink to one space. Every sign of the result
remembers where it stood in the original, so that a fact can quote the person's own letters.

What a reader would not guess: circled, raised and fraction digits (①, ², ½) stay as they
are. Unfolded they would stick to a number beside them, and "1200①" would become 12001.
"""

import json
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from askdoc.language.spans import Span

# Traditional characters that the Simplified character set GB2312 holds as well; for all others
# "not in GB2312" already says that the conversion table is worth loading.
_TRADITIONAL_IN_GB2312 = frozenset("乾吒夥後徵拚捱摺於榘渖甯菸薹谘醣醯钜锺镟馀麴麽")
# Forms of the digit zero that people find on their keyboards.
_ZEROS = {"○": "〇", "◯": "〇"}


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text and, for each of its characters, where it came from.

    `starts[i]` and `ends[i]` bound the piece of `original` that character `i` stands for.
    """

    text: str
    original: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original_span(self, start: int, end: int) -> Span:
        """The span in the original of the characters from `start` up to `end`."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return (at, at)
        return (self.starts[start], self.ends[end - 1])

    def text_span(self, span: Span) -> Span:
        """A span of the original as a span of the normalised text."""
        inside = [
            at
            for at, (start, end) in enumerate(zip(self.starts, self.ends, strict=True))
            if start < span[1] and end > span[0]
        ]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def normalise(text: str) -> Normalised:
    """The normalised form of any text, in linear time; never raises."""
    simplified = _simplified_letters(text)
    folds = {letter: _fold(simplified.get(letter, letter)) for letter in set(text)}
    if _is_settled(text, folds):
        return Normalised(text, text, range(len(text)), range(1, len(text) + 1))
    letters: list[str] = []
    starts, ends = array("L"), array("L")
    for at, letter in enumerate(text):
        for sign in folds[letter]:
            if sign == " " and (not letters or letters[-1] == " "):
                if letters:
                    ends[-1] = at + 1
                continue
            letters.append(sign)
            starts.append(at)
            ends.append(at + 1)
    if letters and letters[-1] == " ":
        letters.pop()
        starts.pop()
        ends.pop()
    return Normalised("".join(letters), text, starts, ends)


def simplify(text: str) -> str:
    """The normalised text alone."""
    return normalise(text).text


def normalised(text: str | Normalised) -> Normalised:
    """`text` itself when somebody normalised it already."""
    return text if isinstance(text, Normalised) else normalise(text)


def _is_settled(text: str, folds: dict[str, str]) -> bool:
    if any(letter != fold for letter, fold in folds.items()):
        return False
    return "  " not in text and text[:1] != " " and text[-1:] != " "


@cache
def _fold(letter: str) -> str:
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs") or _is_variation_selector(letter):
        return ""
    if letter in _ZEROS:
        return _ZEROS[letter]
    if unicodedata.category(letter) == "No" and "<sub>" not in unicodedata.decomposition(letter):
        return letter
    folded = unicodedata.normalize("NFKC", letter)
    return "".join(" " if sign.isspace() else sign for sign in folded)


def _is_variation_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _simplified_letters(text: str) -> dict[str, str]:
    """The letters of the text that have a Simplified form, each with that form."""
    candidates = {letter for letter in set(text) if _may_be_traditional(letter)}
    if not candidates:
        return {}
    table = _simplified_table()
    # A compatibility character is first the character that it stands for.
    plain = {letter: unicodedata.normalize("NFKC", letter) for letter in candidates}
    return {letter: table[known] for letter, known in plain.items() if known in table}


@cache
def _may_be_traditional(letter: str) -> bool:
    if not ("\u3400" <= letter <= "\u9fff" or letter >= "\uf900"):
        return False
    if letter in _TRADITIONAL_IN_GB2312:
        return True
    try:
        unicodedata.normalize("NFKC", letter).encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


@cache
def _simplified_table() -> dict[str, str]:
    # zhconv's table is read without running zhconv: importing it takes a tenth of a second
    # and leaves a file open.
    spec = find_spec("zhconv")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("zhconv", name="zhconv")
    file = Path(spec.submodule_search_locations[0], "zhcdict.json")
    table: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))["zh2Hans"]
    return {
        letter: simple
        for letter, simple in table.items()
        if len(letter) == len(simple) == 1 and letter != simple and letter.isalpha()
    }
