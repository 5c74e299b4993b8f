"""Which format a file claims by its name, and whether its first bytes agree.

A wrong extension is refused rather than followed: whoever renamed the file should look at it.
"""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from askdoc.library.reading.errors import (
    ContentMismatch,
    FormatUnknown,
    OldWordFile,
    WordDamaged,
    WordEncrypted,
)

BY_SUFFIX = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
}
_MAGIC = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rtf"),
    (b"PK", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xd0\xcf\x11\xe0", "office"),
)
# Two letters are also how a text may begin; only a longer magic or a blank byte decides.
_WORDLIKE = (b"MZ", b"PK")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
# How far into a file its kind must show.
_HEAD = 4096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_TAG = re.compile(rb"<(?:[a-z][a-z0-9]*[\s/>]|!--)", re.IGNORECASE)


def format_of(name: str, content: bytes) -> str:
    """The format of a file: pdf, docx, html, txt or md.

    Raises FormatUnknown by name, ContentMismatch, OldWordFile, WordEncrypted, WordDamaged by
    content.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".doc":
        raise OldWordFile(file=name)
    if suffix not in BY_SUFFIX:
        raise FormatUnknown(file=name)
    said, found = BY_SUFFIX[suffix], _found(content)
    if said == "docx":
        _check_word(name, content, found)
    elif said == "html":
        _check_page(name, content, found)
    elif said == "md":
        if found not in ("text", "html"):
            raise ContentMismatch(file=name, found=found)
    elif found != {"pdf": "pdf", "txt": "text"}[said]:
        raise ContentMismatch(file=name, found=found)
    return said


def _found(content: bytes) -> str:
    head = content[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (magic not in _WORDLIKE or b"\x00" in head[:64]):
            return _archive(content) if kind == "archive" else kind
    return "html" if _PAGE.search(_latin(head)) else "text"


def _latin(head: bytes) -> bytes:
    """The ASCII letters of a head, also of one written in UTF-16."""
    return head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head


def _archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return "docx" if "word/document.xml" in packed.namelist() else "archive"
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return "archive"


def _check_word(name: str, content: bytes, found: str) -> None:
    if found == "office":
        if _ENCRYPTED_OFFICE in content:
            raise WordEncrypted(file=name)
        raise OldWordFile(file=name)
    if found == "archive" and b"word/" in content:
        raise WordDamaged(file=name)
    if found != "docx":
        raise ContentMismatch(file=name, found=found)


def _check_page(name: str, content: bytes, found: str) -> None:
    if found == "text" and not _TAG.search(_latin(content[:_HEAD])):
        raise ContentMismatch(file=name, found=found)
    if found not in ("text", "html"):
        raise ContentMismatch(file=name, found=found)
