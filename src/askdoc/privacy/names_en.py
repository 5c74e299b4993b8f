"""Personal names in Latin letters: behind "my name is", a title, a family word."""

import re
from collections.abc import Iterator

from askdoc.privacy.found import Found
from askdoc.privacy.name_book import name_book

_WORD = r"[A-Z][A-Za-z'’\-]{1,20}+"
_CAPITAL = rf"{_WORD}(?: {_WORD}){{0,2}}"
_TWO_CAPITALS = rf"{_WORD}(?: {_WORD}){{1,2}}"
_ANY = r"[A-Za-z][A-Za-z'’\-]{1,20}+(?: [A-Za-z][A-Za-z'’\-]{1,20}+){0,2}"
_ANNOUNCED = re.compile(
    r"(?i:\b(?:my name is|name is|name ?:|i am called|i'm called|full name:?|signed:?"
    r"|wo jiao|wojiao|wo de mingzi(?: shi| jiao)?|xing ?ming:?|ming ?zi:?)) ?"
    rf"(?P<name>{_ANY})"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Doctor|Professor|Nurse)\b\.? ?(?P<name>{_CAPITAL})"
)
_FAMILY = re.compile(
    r"(?i:\b(?:patient|mother|father|mom|mum|dad|wife|husband|son|daughter|grandmother|grandfather|"
    r"brother|sister|aunt|uncle|i am|i'm|this is|on behalf of|regards|sincerely|thanks)),? "
    rf"(?P<name>{_TWO_CAPITALS})"
)
_HAN_CUE = re.compile(rf"(?:我叫|姓名|患者|病人|我是|名字)[ :：是]{{0,2}}(?P<name>{_CAPITAL})")


def find_latin_names(text: str) -> Iterator[Found]:
    """Names in Latin letters in a normalised text."""
    for pattern in (_ANNOUNCED, _TITLED, _FAMILY, _HAN_CUE):
        for match in pattern.finditer(text):
            name = _before_other_words(match["name"])
            if len(name) > 1:
                start = match.start("name")
                yield Found("name", start, start + len(name), name.lower(), 1)


def _before_other_words(name: str) -> str:
    kept: list[str] = []
    for word in name.split(" "):
        if word.lower() in name_book().english_words:
            break
        kept.append(word)
    return " ".join(kept)
