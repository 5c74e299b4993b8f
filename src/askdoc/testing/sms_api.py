"""Tencent Cloud's short messages over real HTTP, as its SDK calls them."""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from askdoc.testing.local_server import serving


@dataclass(slots=True)
class SmsApi:
    """The fake. `troubles` befall the next sends: a code for this number, `!code` for the whole
    call, `lost` for an answer that never comes; None for no trouble."""

    url: str = ""
    sent: list[tuple[str, list[str]]] = field(default_factory=list)
    _troubles: deque[str | None] = field(default_factory=deque)

    def befall(self, troubles: Iterable[str | None]) -> None:
        """What happens to the next sends."""
        self._troubles.extend(troubles)

    def called(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a call; None for one that is accepted and then lost."""
        trouble = self._troubles.popleft() if self._troubles else None
        if trouble is not None and trouble.startswith("!"):
            return {"Error": {"Code": trouble[1:], "Message": "error"}, "RequestId": "1"}
        (number,) = body["PhoneNumberSet"]
        if trouble in (None, "lost"):
            self.sent.append((number, body["TemplateParamSet"]))
        if trouble == "lost":
            return None
        status = {"SerialNo": f"s{len(self.sent)}", "PhoneNumber": number, "Fee": 1}
        status |= {"SessionContext": "", "Code": trouble or "Ok", "Message": "", "IsoCode": "CN"}
        return {"SendStatusSet": [status], "RequestId": "1"}


@contextmanager
def running_sms(api: SmsApi) -> Iterator[SmsApi]:
    """Serve the fake on a free port; `api.url` says where."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            found = api.called(json.loads(self.rfile.read(length)))
            if found is None:
                self.close_connection = True
                return
            body = json.dumps({"Response": found}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(Handler) as api.url:
        yield api
