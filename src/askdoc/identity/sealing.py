"""Sealing a person's identifying words under a key of their own.

Erasing the key makes every sealed copy unreadable, in backups too. What was sealed for one person
and one column cannot be moved to another: both names are bound into it.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from askdoc.wording import AskdocError

_NONCE = 12


class Unreadable(AskdocError):
    """A sealed text does not open: another secret, another person, or a changed byte."""

    code = "identity.unreadable"


def new_key() -> bytes:
    """A key for one person."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """The sealed bytes; `about` names whose and which column it is."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """What was sealed. Raises Unreadable."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None


def seal_words(key: bytes, words: Mapping[str, Any], about: str) -> bytes:
    """Named words sealed together; padded, so that their length tells little."""
    plain = json.dumps(dict(words), ensure_ascii=False).encode()
    return seal(key, plain + b" " * (-len(plain) % 64), about)


def unseal_words(key: bytes, sealed: bytes, about: str) -> dict[str, Any]:
    """The named words. Raises Unreadable."""
    found: dict[str, Any] = json.loads(unseal(key, sealed, about))
    return found
