"""Bytes → text, when nobody says for certain how it was written.

Chinese text that is valid UTF-8 is UTF-8: GBK text passes for it only by a chance that long
texts do not have. So what a page says of itself is asked only where UTF-8 fails.
"""

import codecs
import re

from askdoc.library.reading.errors import BinaryContent, EncodingUnknown, NulBytes
from askdoc.library.reading.han import common_share, is_common, is_sign

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Text has tabs and line ends, now and then a form feed; program data is full of the others.
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CONTROL_SHARE = 0.02
# GB18030 makes characters of nearly any bytes. Measured: 99.9 % of those in policy texts are
# common ones, and 56 % or fewer where Big5 or UTF-8 was taken for GB18030.
COMMON_SHARE = 0.85
# Bytes that are UTF-8 but for one in so many: damage is then counted, not another encoding tried.
UTF8_LOST_SHARE = 0.02
# Enough to tell an encoding, and quick on a file of many megabytes.
_SAMPLE = 200_000
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
# The wider set that pages mean when they name the narrower one.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}


def text_of(name: str, content: bytes) -> str:
    """The text of a file, with plain line ends.

    Raises BinaryContent, NulBytes or EncodingUnknown.
    """
    text = _decoded(name, content)
    if "\x00" in text:
        raise NulBytes(file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding) or content.decode(encoding, "replace")
    wide = _unmarked_utf16(content)
    if wide:
        return _strict(content, wide) or content.decode(wide, "replace")
    if len(_CONTROL.findall(content[:_SAMPLE])) > CONTROL_SHARE * min(len(content), _SAMPLE):
        raise BinaryContent(file=name)
    if b"\x00" in content:
        raise NulBytes(file=name)
    for text in (_strict(content, "utf-8"), _as_told(content), _as_chinese(content)):
        if text is not None:
            return text
    nearly = content.decode("utf-8", "replace")
    beyond_ascii = sum(byte >= 0x80 for byte in content[:_SAMPLE])
    if nearly[:_SAMPLE].count("\ufffd") <= UTF8_LOST_SHARE * beyond_ascii:
        return nearly
    guessed = _guessed(content)
    if guessed is None:
        raise EncodingUnknown(file=name)
    return guessed


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """Blanks and line ends show UTF-16 by their zero bytes; what it decodes to must be text."""
    if b"\x00" not in content[:_SAMPLE] or len(content) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _strict(content[:_SAMPLE], encoding)
        if text and all(sign.isprintable() or sign in "\r\n\t" for sign in text):
            plain = sum(sign.isascii() or is_sign(sign) or is_common(sign) for sign in text)
            if plain >= COMMON_SHARE * len(text):
                return encoding
    return None


def _as_told(content: bytes) -> str | None:
    found = _META.search(content[:4096])
    if not found:
        return None
    told = found[1].decode("ascii").lower()
    text = _strict(content, _WIDER.get(told, told))
    return text if text is not None and _is_chinese(text) else None


def _as_chinese(content: bytes) -> str | None:
    for encoding in ("gb18030", "big5hkscs"):
        text = _strict(content, encoding)
        if text is not None and _is_chinese(text):
            return text
    return None


def _is_chinese(text: str) -> bool:
    return common_share(text[:_SAMPLE]) >= COMMON_SHARE


def _guessed(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE]).best()
    return _strict(content, best.encoding) if best is not None else None
