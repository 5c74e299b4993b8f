"""Text that was read but must not be searched: lost, garbled or private characters, and spam.

Each judgement is a measured feature over a named limit, no model. No shipped
document reaches a limit, which a test proves.
"""

import re
from collections.abc import Sequence

from askdoc.library.reading.advert_words import ADVERT_WORDS
from askdoc.library.reading.draft import Section
from askdoc.library.reading.errors import (
    GarbledText,
    LostCharacters,
    PrivateCharacters,
    SpamContent,
    UnreadableFile,
)
from askdoc.library.reading.han import is_common, is_han

# One replaced character in a thousand is a slip; more is a broken conversion.
LOST_SHARE = 0.001
# Beside a figure not one may be lost: "8?%" may have been 80 %.
_LOST = "(?:\ufffd|\\(cid:\\d+\\))"
_LOST_SIGN = re.compile(_LOST)
_LOST_IN_FIGURE = re.compile(rf"[0-9０-９.]\s?{_LOST}|{_LOST}\s?[0-9０-９%％元]")
# Runs of question marks where Chinese letters were: nobody asks with four.
_QUESTION_RUN = re.compile(r"[?？]{4,}")
# What conversions between UTF-8, GBK and Latin leave, in one of a hundred characters.
GARBLED_SHARE = 0.01
_CONVERTED = re.compile("锟斤拷|斤拷锟|锟斤|烫烫烫|屯屯屯")
_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_UTF8_AS_LATIN = re.compile(
    f"[\u00c2-\u00df][{_CONTINUATION}]|[\u00e0-\u00ef][{_CONTINUATION}]{{2}}"
)
_GBK_AS_LATIN = re.compile("[\u00a1-\u00fe]{6,}")
# Measured: 99.9 % of the Chinese characters of policy texts are common ones in GB2312 or Big5,
# 28 % of those that UTF-8 read as GBK gives, 56 % of those that Big5 read as GBK gives.
COMMON_HAN_SHARE = 0.85
# With fewer Chinese characters a few rare names weigh too much.
HAN_COUNTS_FROM = 40
# Private-use characters have a meaning in the file's own font only.
PRIVATE_SHARE = 0.005
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
# Adverts: so many different words of the trade, so many per thousand characters. A warning
# against such adverts names some of them too, but not in every other line.
ADVERT_KINDS = 4
ADVERTS_PER_THOUSAND = 12.0
# Passages that are mostly addresses, where there are enough of them to be no list of sources.
LINK_SHARE = 0.4
LEAST_LINKS = 5
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。；）)]+", re.IGNORECASE)
# Forms repeat short lines (盖章); long ones that make up half of a text are filling.
REPEATED_SHARE = 0.5
REPEATED_LINE = 8
LEAST_LINES = 10
_SAMPLE = 20


def check_text(name: str, sections: Sequence[Section]) -> None:
    """Raise what is wrong with the text of a file, if anything is."""
    whole = "\n".join(section.text for section in sections)
    for check in (_lost, _garbled, _private):
        refused = check(name, whole)
        if refused is not None:
            raise refused
    for text in (whole, *(section.text for section in sections)):
        if _is_advert(text):
            raise SpamContent(file=name, sample=_sample(text))
    if _is_links(whole) or _is_repeated(whole):
        raise SpamContent(file=name, sample=_sample(whole))


def _lost(name: str, text: str) -> UnreadableFile | None:
    count = len(_LOST_SIGN.findall(text)) + sum(map(len, _QUESTION_RUN.findall(text)))
    if count > LOST_SHARE * len(text) or _LOST_IN_FIGURE.search(text):
        return LostCharacters(file=name, count=count)
    return None


def _garbled(name: str, text: str) -> UnreadableFile | None:
    found = [
        *_CONVERTED.findall(text),
        *filter(_is_utf8, _UTF8_AS_LATIN.findall(text)),
        *filter(_is_gbk, _GBK_AS_LATIN.findall(text)),
    ]
    if sum(map(len, found)) > GARBLED_SHARE * len(text):
        return GarbledText(file=name, sample="".join(found)[:_SAMPLE])
    han = [sign for sign in text if is_han(sign)]
    rare = [sign for sign in han if not is_common(sign)]
    if len(han) >= HAN_COUNTS_FROM and len(rare) > (1 - COMMON_HAN_SHARE) * len(han):
        return GarbledText(file=name, sample="".join(rare)[:_SAMPLE])
    return None


def _is_utf8(letters: str) -> bool:
    """Whether letters are the bytes of one UTF-8 character, read as Windows Latin."""
    try:
        single = b"".join(
            sign.encode("latin-1") if sign < "\u0100" else sign.encode("cp1252") for sign in letters
        )
        return bool(single.decode("utf-8"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return False


def _is_gbk(letters: str) -> bool:
    """Whether letters are the bytes of common Chinese characters, read as Latin."""
    said = letters.encode("latin-1")[: len(letters) // 2 * 2].decode("gb18030", "replace")
    return sum(is_common(sign) for sign in said if is_han(sign)) >= 0.5 * len(said)


def _private(name: str, text: str) -> UnreadableFile | None:
    count = len(_PRIVATE.findall(text))
    return PrivateCharacters(file=name, count=count) if count > PRIVATE_SHARE * len(text) else None


def _is_advert(text: str) -> bool:
    lower = text.lower()
    counts = {word: lower.count(word) for word in ADVERT_WORDS if word in lower}
    return (
        len(counts) >= ADVERT_KINDS
        and sum(counts.values()) > ADVERTS_PER_THOUSAND * len(text) / 1000
    )


def _is_links(text: str) -> bool:
    links = _LINK.findall(text)
    return len(links) >= LEAST_LINKS and sum(map(len, links)) > LINK_SHARE * len(text)


def _is_repeated(text: str) -> bool:
    """Rows of tables are left out: a price list says the same of many medicines."""
    lines = [line for line in text.split("\n") if len(line) >= REPEATED_LINE and line[0] != "|"]
    return len(lines) >= LEAST_LINES and len(set(lines)) < (1 - REPEATED_SHARE) * len(lines)


def _sample(text: str) -> str:
    return text.replace("\n", " ")[:_SAMPLE]
