"""WeChat's seal: the signature of a request, and AES over what is in it.

SHA-1, CBC and a key that is its own IV are what the platform prescribes, not what one would choose.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

# Bits of the blocks that a message is filled up to.
_FILLED_TO = PKCS7(32 * 8)


class Forged(Exception):
    """The signature, the key or the account is not ours."""


def encrypted(plain: bytes, aes_key: str, app_id: str) -> str:
    """A message as WeChat seals it: random, length, message, account; AES-CBC, blocks of 32."""
    whole = secrets.token_bytes(16) + struct.pack("!I", len(plain)) + plain + app_id.encode()
    filling, sealing = _FILLED_TO.padder(), _cipher(aes_key).encryptor()
    sealed = sealing.update(filling.update(whole) + filling.finalize()) + sealing.finalize()
    return base64.b64encode(sealed).decode()


def decrypted(sealed: str, aes_key: str, app_id: str) -> bytes:
    """The message. Raises Forged when it was not sealed with our key for our account."""
    try:
        opening, emptying = _cipher(aes_key).decryptor(), _FILLED_TO.unpadder()
        whole = opening.update(base64.b64decode(sealed, validate=True)) + opening.finalize()
        plain = (emptying.update(whole) + emptying.finalize())[16:]
        (length,) = struct.unpack("!I", plain[:4])
    except (ValueError, struct.error) as failed:
        raise Forged from failed
    if not hmac.compare_digest(plain[4 + length :], app_id.encode()):
        raise Forged
    return plain[4 : 4 + length]


def _cipher(aes_key: str) -> Cipher[modes.CBC]:
    key = base64.b64decode(f"{aes_key}=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def signature(token: str, told: Mapping[str, str], *sealed: str) -> str:
    parts = sorted((token, told.get("timestamp", ""), told.get("nonce", ""), *sealed))
    # SHA-1 is what the platform prescribes.
    return hashlib.sha1("".join(parts).encode()).hexdigest()


def compare(ours: str, shown: str) -> None:
    if not hmac.compare_digest(ours.encode(), shown.encode()):
        raise Forged
