"""What the conversation knows already, wherever it stands: without any word beside it."""

import re
from collections.abc import Iterable, Iterator

from askdoc.language.normalise import simplify
from askdoc.language.word_list import WordList
from askdoc.privacy.digits import plain_digits
from askdoc.privacy.found import Found
from askdoc.privacy.kinds import Kind
from askdoc.privacy.vault import Vault

# Shorter values occur by chance.
_FEWEST_SIGNS = {"name": 2, "address": 4}
_FEWEST_SIGNS_OF_A_CODE = 6
_CODE = re.compile(r"[A-Za-z0-9_\-]{6,40}+")


def find_known(text: str, values: Iterable[tuple[Kind, str]]) -> Iterator[Found]:
    """These values in a normalised text: words as they are, numbers as a whole."""
    words: dict[str, Kind] = {}
    codes: dict[str, Kind] = {}
    for kind, value in values:
        if kind in _FEWEST_SIGNS:
            if len(value) >= _FEWEST_SIGNS[kind]:
                words[value.lower()] = kind
        elif len(value) >= _FEWEST_SIGNS_OF_A_CODE:
            codes[value.upper()] = kind
    lowered = text.lower()
    if words and len(lowered) == len(text):
        for hit in WordList(words).find(lowered):
            yield Found(hit.meaning, hit.start, hit.end, hit.word, 1)
    for match in _CODE.finditer(text) if codes else ():
        for value in (match[0].upper(), plain_digits(match[0]).upper()):
            if value in codes:
                yield Found(codes[value], match.start(), match.end(), value, 2)
                break


def told_values(known: Iterable[str]) -> list[tuple[Kind, str]]:
    """Values that the caller knows to be somebody's: what has no digit is a name."""
    told: list[tuple[Kind, str]] = []
    for value in map(simplify, known):
        if any(sign.isdigit() for sign in value) and value.isascii():
            told.append(("record", plain_digits(value).upper()))
        else:
            told.append(("name", value))
    return told


def vault_values(vault: Vault) -> list[tuple[Kind, str]]:
    """What earlier messages told."""
    return vault.values(("name", "address", "identity", "phone", "card", "record", "account"))
