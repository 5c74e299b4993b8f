"""The one secret of an installation, and what is derived from it.

Lost, every name is unreadable and every token void; that is the price of a database that tells a
thief nothing. Each purpose gets a key of its own, so that no two uses share one.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from askdoc.wording import AskdocError

_BYTES = 32


class BadSecret(AskdocError):
    """The secret is not one that askdoc made: base64 of 32 bytes."""

    code = "identity.bad_secret"


@dataclass(frozen=True, slots=True)
class Secret:
    """Keys for wrapping persons' keys and for signing tokens; shown in no `repr`."""

    wrapping: bytes = field(repr=False)
    signing: bytes = field(repr=False)


def new_secret() -> str:
    """A fresh secret as text."""
    return base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def read_secret(text: str) -> Secret:
    """The keys that follow from a secret. Raises BadSecret."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise BadSecret from None
    if len(raw) != _BYTES:
        raise BadSecret
    return Secret(_derived(raw, b"askdoc wrapping"), _derived(raw, b"askdoc signing"))


def _derived(raw: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=purpose).derive(raw)
