"""The fake hospital over real HTTP, as a FHIR R4 server answers, with the troubles of one.

Searches answer in pages of two, so that whoever reads only the first page is caught.
"""

import json
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from askdoc.testing.hospital import FakeHospital
from askdoc.testing.local_server import serving

# `late`: done after the caller has gone; `lost`: done, and the answer never comes; `error`: 500 and
# not done; `broken`: done, and half an answer; `empty`: done, and no body; `twice`: each found
# resource is told twice; `away`: the next page is said to be at another server; `kept`: done and
# answered when `free` is set.
Trouble = Literal["late", "lost", "error", "broken", "empty", "twice", "away", "kept"]
DONE_LATE_SECONDS = 2.0
_PAGE = 2
_MOST_KEPT_SECONDS = 60


@dataclass(slots=True)
class HospitalApi:
    """The fake. `asked` are the calls, `tokens` what they showed, troubles befall the next ones."""

    hospital: FakeHospital
    url: str = ""
    asked: list[str] = field(default_factory=list)
    tokens: set[str | None] = field(default_factory=set)
    free: Event = field(default_factory=Event)
    _troubles: deque[Trouble | None] = field(default_factory=deque)
    _one_at_a_time: Any = field(default_factory=Lock, repr=False)

    def befall(self, troubles: Iterable[Trouble | None]) -> None:
        """What happens to the next calls."""
        self._troubles.extend(troubles)

    def next_trouble(self) -> Trouble | None:
        """What happens to this call."""
        return self._troubles.popleft() if self._troubles else None

    def answer(self, method: str, path: str, body: Any, trouble: Trouble | None) -> tuple[int, Any]:
        """Status and body of a call."""
        with self._one_at_a_time:
            where = urlsplit(path)
            said = {name: each[-1] for name, each in parse_qs(where.query).items()}
            kind, _, id = where.path.strip("/").partition("/")
            if method == "POST":
                made = self.hospital.put(body)
                return (409 if made["status"] == "cancelled" else 201), made
            if method == "PUT":
                self.hospital.change(id, body["status"])
                return 200, next(one for one in self.hospital.appointments if one["id"] == id)
            found = self._found(kind, said)
            if trouble == "twice":
                found = [*found, *found]
            return 200, self._page(kind, said, found, trouble)

    def _found(self, kind: str, said: dict[str, str]) -> list[dict[str, Any]]:
        if kind == "Slot":
            return [one["resource"] for one in self.hospital.shown()["entry"]]
        system, _, key = said["identifier"].partition("|")
        wanted = said.get("status", "").split(",")
        return [
            one
            for one in self.hospital.appointments
            if one["identifier"][0]["system"] == system
            and key in ("", one["identifier"][0]["value"])
            and (wanted == [""] or one["status"] in wanted)
        ]

    def _page(
        self, kind: str, said: dict[str, str], found: list[dict[str, Any]], trouble: Trouble | None
    ) -> dict[str, Any]:
        begins = int(said.get("_offset", 0))
        bundle = self.hospital.searchset(found[begins : begins + _PAGE])
        if begins + _PAGE < len(found) or trouble == "away":
            server = "http://127.0.0.2:1" if trouble == "away" else self.url
            query = urlencode(said | {"_offset": begins + _PAGE})
            bundle["link"] = [{"relation": "next", "url": f"{server}/{kind}?{query}"}]
        return bundle


@contextmanager
def running_hospital(api: HospitalApi) -> Iterator[HospitalApi]:
    """Serve the fake on a free port; `api.url` says where."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            api.asked.append(f"{self.command} {urlsplit(self.path).path}")
            api.tokens.add(self.headers.get("authorization"))
            trouble = api.next_trouble()
            if trouble == "late":
                time.sleep(DONE_LATE_SECONDS)
            if trouble == "kept":
                api.free.wait(_MOST_KEPT_SECONDS)
            if trouble == "error":
                self._send(500, b"{}")
                return
            status, told = api.answer(self.command, self.path, body, trouble)
            whole = json.dumps(told).encode()
            if trouble == "lost":
                self.close_connection = True
            elif trouble == "empty":
                self._send(status, b"")
            else:
                self._send(status, whole[: len(whole) // 2] if trouble == "broken" else whole)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_PUT(self) -> None:
            self._answer()

        def _send(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("content-type", "application/fhir+json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                # The caller did not wait.
                self.close_connection = True

    with serving(Handler) as api.url:
        yield api
