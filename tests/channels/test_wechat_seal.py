"""What WeChat seals is opened whole or not at all."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from askdoc.channels.wechat_seal import Forged, decrypted, encrypted
from askdoc.testing.wechat_api import AES_KEY

ACCOUNT = "wx_ours"


def sealed_as(whole: bytes) -> str:
    """These bytes under the account's key, whatever they are filled up with."""
    raw = base64.b64decode(f"{AES_KEY}=")
    coder = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(coder.update(whole) + coder.finalize()).decode()


def told(fill: int) -> bytes:
    """A message that lacks `fill` bytes of a whole block, under its random head."""
    text = b"x" * ((-(20 + len(ACCOUNT) + fill)) % 32)
    return b"r" * 16 + len(text).to_bytes(4, "big") + text + ACCOUNT.encode()


@pytest.mark.parametrize("fill", range(1, 33))
def test_a_message_filled_up_as_prescribed_is_opened(fill: int) -> None:
    whole = told(fill)
    assert decrypted(sealed_as(whole + bytes([fill]) * fill), AES_KEY, ACCOUNT) == whole[20:-7]


@pytest.mark.parametrize("fill", range(2, 33))
def test_one_whose_last_byte_alone_is_right_was_changed_on_the_way(fill: int) -> None:
    filled = bytes([fill ^ 1]) * (fill - 1) + bytes([fill])
    with pytest.raises(Forged):
        decrypted(sealed_as(told(fill) + filled), AES_KEY, ACCOUNT)


@pytest.mark.parametrize(
    "sealed", ["", "é", "AAAA", sealed_as(b"\0" * 32), sealed_as(b"\xff" * 32)]
)
def test_what_holds_no_message_is_refused(sealed: str) -> None:
    with pytest.raises(Forged):
        decrypted(sealed, AES_KEY, ACCOUNT)


def test_what_we_seal_we_open() -> None:
    for length in range(70):
        said = "答".encode() * length
        assert decrypted(encrypted(said, AES_KEY, ACCOUNT), AES_KEY, ACCOUNT) == said
