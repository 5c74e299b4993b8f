"""Identifiers written so that only a machine reads them: base64, hex, %-signs, digits as syllables.

A run is hidden where what it says holds an identifier, so that drug codes, which have the same
letters, stay. Names in such writing are found where the plain text would show them too.
"""

import base64
import re
from binascii import Error
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from urllib.parse import unquote_to_bytes

from askdoc.privacy.found import Found

Find = Callable[[str], Iterable[Found]]

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{12,}+={0,2}(?![A-Za-z0-9+/=])")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}[ :]?){11,1000}(?![0-9A-Za-z])")
_PERCENT = re.compile(r"(?:[\w.\-+]{0,64}(?:%[0-9a-fA-F]{2})+){1,400}[\w.\-+]{0,64}")
_SPOKEN = (
    *("ling dong zero oh", "yi yao one", "er liang two", "san three", "si four"),
    *("wu five", "liu six", "qi guai seven", "ba eight", "jiu gou nine"),
)
_DIGITS = {word: str(digit) for digit, words in enumerate(_SPOKEN) for word in words.split()}
_SYLLABLE = "|".join(sorted(_DIGITS, key=len, reverse=True))
# Nobody says a sum digit by digit for as long.
_SPELT = re.compile(rf"(?<![a-z])(?:(?:{_SYLLABLE})[1-5]?[ ,.\-']{{0,3}}){{7,40}}(?![a-z])", re.I)
_SPELT_ONE = re.compile(_SYLLABLE, re.I)
_WEIGHT = 5


def find_encoded(text: str, find: Find) -> Iterator[Found]:
    """Every such run in a normalised text; `find` looks into what it says."""
    for match, said in chain(_decoded(text), _spelt(text)):
        inside = next(iter(find(said)), None)
        if inside is not None:
            start, end = match.span()
            kind, value = inside.kind, inside.value
            yield replace(Found(kind, start, end, value), weight=_WEIGHT)


def _decoded(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for pattern, decode in ((_BASE64, _from_base64), (_HEX, _from_hex), (_PERCENT, _from_percent)):
        for match in pattern.finditer(text):
            said = decode(match[0])
            if said is not None:
                yield match, said


def _spelt(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _SPELT.finditer(text):
        yield match, "".join(_DIGITS[one.lower()] for one in _SPELT_ONE.findall(match[0]))


def _from_base64(run: str) -> str | None:
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _text(base64.b64decode(plain + "=" * (-len(plain) % 4)))
    except (Error, ValueError):
        return None


def _from_hex(run: str) -> str | None:
    return _text(bytes.fromhex(run.replace(":", "")))


def _from_percent(run: str) -> str | None:
    return _text(unquote_to_bytes(run))


def _text(found: bytes) -> str | None:
    """What the bytes say, if they are text at all."""
    for encoding in ("utf-8", "gb18030"):
        try:
            said = found.decode(encoding)
        except UnicodeDecodeError:
            continue
        if said.isprintable():
            return said
    return None
