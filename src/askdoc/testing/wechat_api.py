"""WeChat's end of an Official Account over real HTTP: tokens, messages, and signed requests.

It seals and opens by its own code, so that a mistake of the bot's is not made twice.
"""

import base64
import hashlib
import json
import time
import xml.etree.ElementTree as ET
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from threading import Condition
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from askdoc.testing.local_server import serving

TOKEN, APP_ID = "spamtest", "wx2c2769f8efd9abc2"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OUT_OF_WINDOW = 45015


@dataclass(slots=True)
class WeChatApi:
    """The fake. `troubles` are the error codes of the next sends (0: none, None: a lost answer)."""

    url: str = ""
    customs: list[tuple[str, str]] = field(default_factory=list)
    templates: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    tokens: int = 0
    _troubles: deque[int | None] = field(default_factory=deque)
    _changed: Condition = field(default_factory=Condition)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def befall(self, troubles: Iterable[int | None]) -> None:
        """What happens to the next sends."""
        self._troubles.extend(troubles)

    def text(self, chat: str, said: str, id: int | None = None) -> bytes:
        """The XML of a text that somebody writes."""
        return self.xml(chat, MsgType="text", Content=said, MsgId=str(id or next(self._numbers)))

    def xml(self, chat: str, **fields: str) -> bytes:
        """The XML of anything that somebody does."""
        root = ET.Element("xml")
        told = {"ToUserName": "gh_1", "FromUserName": chat, "CreateTime": str(int(time.time()))}
        for name, value in (told | fields).items():
            ET.SubElement(root, name).text = value
        return ET.tostring(root, encoding="unicode").encode()

    @property
    def env(self) -> dict[str, str]:
        """What a bot of this account is told."""
        return {
            "ASKDOC_WECHAT_APP_ID": APP_ID,
            "ASKDOC_WECHAT_SECRET": "s",
            "ASKDOC_WECHAT_TOKEN": TOKEN,
            "ASKDOC_WECHAT_API": self.url,
        }

    def wait_for(self, many: int, seconds: float = 20.0) -> None:
        """Wait until so many messages came outside of any request."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.customs) >= many, seconds)
        if not came:
            raise AssertionError(f"{len(self.customs)} of {many} messages came")

    def called(self, path: str, asked: dict[str, Any], body: Any) -> tuple[int, bytes] | None:
        """The answer to a call of the bot's."""
        with self._changed:
            if path == "/cgi-bin/stable_token":
                self.tokens += 1
                told = {"access_token": f"token-{self.tokens}", "expires_in": 7200}
                return 200, json.dumps(told).encode()
            if asked.get("access_token") != [f"token-{self.tokens}"]:
                return 200, b'{"errcode": 40001, "errmsg": "invalid credential"}'
            if path == "/cgi-bin/media/get":
                return self._file(asked["media_id"][0])
            return self._sent(path, body)

    def _file(self, id: str) -> tuple[int, bytes] | None:
        if self._troubles and self._troubles.popleft() is None:
            return None
        return 200, self.files.get(id, b'{"errcode": 40007, "errmsg": "invalid media_id"}')

    def _sent(self, path: str, body: Any) -> tuple[int, bytes] | None:
        code = self._troubles.popleft() if self._troubles else 0
        chat, is_custom = str(body["touser"]), path.endswith("custom/send")
        if is_custom and chat in self.closed:
            code = OUT_OF_WINDOW
        if code:
            return 200, json.dumps({"errcode": code, "errmsg": "error"}).encode()
        if is_custom:
            self.customs.append((chat, str(body["text"]["content"])))
        else:
            told = " ".join(str(one["value"]) for one in body["data"].values())
            self.templates.append((chat, told))
        self._changed.notify_all()
        return None if code is None else (200, b'{"errcode": 0, "errmsg": "ok"}')


def signed(token: str = TOKEN, *sealed: str) -> dict[str, str]:
    """The query of a request that WeChat signs."""
    told = {"timestamp": str(int(time.time())), "nonce": "1320562132"}
    parts = "".join(sorted((token, *told.values(), *sealed)))
    name = "msg_signature" if sealed else "signature"
    return told | {name: hashlib.sha1(parts.encode()).hexdigest()}


def sealed_request(xml: bytes, app_id: str = APP_ID, key: str = AES_KEY) -> tuple[str, bytes]:
    """The query and the body of an encrypted request."""
    text = seal(xml, app_id, key)
    body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{text}</Encrypt></xml>"
    return urlencode(signed(TOKEN, text)), body.encode()


def seal(xml: bytes, app_id: str = APP_ID, key: str = AES_KEY) -> str:
    """A message under the account's key."""
    raw = base64.b64decode(key + "=")
    plain = b"0123456789abcdef" + len(xml).to_bytes(4, "big") + xml + app_id.encode()
    plain += bytes([32 - len(plain) % 32]) * (32 - len(plain) % 32)
    coder = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(coder.update(plain) + coder.finalize()).decode()


def unseal(text: str, key: str = AES_KEY) -> bytes:
    """What a message under the account's key says."""
    raw = base64.b64decode(key + "=")
    coder = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).decryptor()
    plain = coder.update(base64.b64decode(text)) + coder.finalize()
    length = int.from_bytes(plain[16:20], "big")
    return plain[20 : 20 + length]


@contextmanager
def running_wechat(api: WeChatApi) -> Iterator[WeChatApi]:
    """Serve the fake on a free port; `api.url` says where."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            self._answer(json.loads(self.rfile.read(length)))

        def do_GET(self) -> None:
            self._answer(None)

        def _answer(self, body: Any) -> None:
            where = urlsplit(self.path)
            found = api.called(where.path, parse_qs(where.query), body)
            if found is None:
                self.close_connection = True
                return
            kind = "application/json" if found[1].startswith(b'{"') else "image/png"
            self.send_response(found[0])
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(found[1])))
            self.end_headers()
            self.wfile.write(found[1])

    with serving(Handler) as api.url:
        yield api
