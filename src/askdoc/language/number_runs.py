"""Where numerals stand in a text, before anybody asks what they count.

Words that merely hold a numeral (统一, 十二指肠, 二甲双胍) are blanked first. A full-width comma
joins 1，200 but not 38，92, where it is punctuation; 200，400 could be either and is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from askdoc.language.normalise import Normalised
from askdoc.language.numerals import read_normalised_numeral
from askdoc.language.spans import Reason

# Stands for a blanked character; no pattern of this room names it.
BLANK = "\ufffc"

_ARABIC = r"[0-9]++(?:[.,][0-9]++)*+"
_RUN = re.compile(
    rf"(?:{_ARABIC}|[零〇一二两三四五六七八九十廿卅百千万亿几])"
    rf"(?:(?<=[十百千万亿]){_ARABIC}|[十百千万亿]|(?<![0-9])[零〇一二两三四五六七八九廿卅几]"
    r"|(?<=[零〇一二两三四五六七八九十])点(?=[零〇一二三四五六七八九]))*+"
    r"|[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}"
)
_FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
# 队伍零 and 大陆 hold such signs too; a numeral has a digit with its place.
_FINANCIAL_PLACE = re.compile(r"[壹贰叁肆伍陆柒捌玖][拾佰仟万亿]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})++(?:\.[0-9]+)?[百千万亿]?")
_TWO_DIGITS = re.compile(r"[一两二三四五六七八九][一二两三四五六七八九]")
_VAGUE_TAIL = re.compile(
    r"余(?![下额甲款的钱])| ?(?:[来几]|多(?!少|付|报|出|花|收|退|交|用|给)|出头)"
)
# Numerals inside longer words, where they would run into a number beside them or pass for one.
# Words that begin with a unit sign (百令, 千金, 万艾可) need no row: no numeral begins with one.
_WORDS = re.compile(
    r"(?:统一|唯一|之一|专一|单一|同一)(?![百千万十])|(?<![0-9一二两三四五六七八九十百千几])万一|一[共起些样般直定律致旦边并向]|一下|一块儿|一次性|一会儿?"
    r"|(?<![十百千万元块])(?:十一|五一|六一)(?=放假|假期|黄金周|长假|期间|国庆|节|劳动)"
    r"|十二指肠|999(?=感冒|皮炎|胃泰|小儿)|千万(?=别|不要|要|记得|小心)"
)


@dataclass(frozen=True, slots=True)
class NumberRun:
    """A numeral in a normalised text: its value, or the reason why there is none.

    `start` and `end` take in a word that makes it vague (多, 来, 几), `text` does not.
    """

    text: str
    start: int
    end: int
    value: Decimal | None
    reason: Reason | None

    @property
    def is_arabic(self) -> bool:
        return self.text[0].isascii()


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these stretches blanked, each character keeping its place."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += (text[done:start], BLANK * (end - start))
        done = end
    return "".join((*pieces, text[done:]))


def blank_words(text: str) -> str:
    """The text without words that only look like numbers."""
    return _WORDS.sub(lambda match: BLANK * len(match[0]), text)


def begins_word(text: str, at: int) -> bool:
    """Whether one of the words that only look like numbers begins here."""
    return _WORDS.match(text, at) is not None


def number_runs(source: Normalised, text: str) -> Iterator[NumberRun]:
    """The numerals of `text`, which is `source.text` with some stretches blanked."""
    for match in _RUN.finditer(text):
        if match[0][0] in _FINANCIAL and not _FINANCIAL_PLACE.search(match[0]):
            continue
        for start, end, is_unsure in _pieces(source, match):
            yield _read_run(text, start, end, is_unsure)


def _read_run(text: str, start: int, end: int, is_unsure: bool) -> NumberRun:
    said = text[start:end]
    if "几" in said or _TWO_DIGITS.search(said.partition("点")[0]) or said[0] in "百千万亿":
        return NumberRun(said, start, end, None, "vague")
    tail = _VAGUE_TAIL.match(text, end)
    if tail:
        return NumberRun(said, start, tail.end(), None, "vague")
    if is_unsure:
        return NumberRun(said, start, end, None, "ambiguous")
    value = read_normalised_numeral(said)
    return NumberRun(said, start, end, value, "unclear_number" if value is None else None)


def _pieces(source: Normalised, match: re.Match[str]) -> Iterator[tuple[int, int, bool]]:
    """A run cut at the full-width commas that are punctuation; True for an unsure one."""
    start, end = match.span()
    commas = [
        at
        for at in range(start, end)
        if source.text[at] == "," and source.original[source.starts[at]] != ","
    ]
    if not commas:
        yield start, end, False
        return
    groups = match[0].split(",")
    has_zeros = any(len(group) > 1 and group[0] == "0" for group in groups[1:])
    if has_zeros or _GROUPED.fullmatch(match[0]):
        # No list goes on with 000 or 05, and few with one digit before three.
        yield start, end, not has_zeros and len(groups[0]) > 1
        return
    for comma in commas:
        yield start, comma, False
        start = comma + 1
    yield start, end, False
