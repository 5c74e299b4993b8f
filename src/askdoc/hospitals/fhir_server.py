"""`HospitalSystem` over HTTP: a FHIR R4 server that has Schedules, Slots and Appointments.

Reading and putting are done again once, since twice is the same as once. An Appointment is posted
a second time only where nothing can have arrived; the server is told by `If-None-Exist` that the
key is to be booked once, and whoever is unsure asks `find`, for not every server heeds that.
"""

import json
from datetime import date
from time import monotonic
from typing import Any
from urllib.parse import urljoin

import httpx

from askdoc.care.referrals.fhir_slots import (
    KEY_SYSTEM,
    appointment_for,
    appointments_in,
    cancelled_keys,
    is_live,
    number_of,
    read_listed,
    standing_keys,
)
from askdoc.care.referrals.hospital_system import Declined, NoAnswer, Offered, Visit
from askdoc.hospitals.connections import Connection

_MEDIA = "application/fhir+json"
_PAGE, _MOST_PAGES, _MOST_BYTES = "200", 200, 20_000_000
# It refuses this booking. What refuses us (401, 403) or is not known (404) says nothing of it.
_REFUSED = (409, 410, 422)
_DONE = (200, 201)


class FhirServer:
    """The system of one hospital."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        headers = {"accept": _MEDIA}
        if connection.token:
            headers["authorization"] = f"Bearer {connection.token}"
        seconds = httpx.Timeout(connection.answer_seconds, connect=connection.connect_seconds)
        self._client = httpx.Client(headers=headers, timeout=seconds)

    def listed(self, since: date) -> list[Offered]:
        """All its slots from a day on, each once, taken ones too. Raises NoAnswer."""
        query = {"start": f"ge{since}", "_include": "Slot:schedule"}
        return [one for one in read_listed(self._search("Slot", query)) if one.day >= since]

    def book(self, visit: Visit) -> str:
        """Book a slot under a key; its number. Raises Declined and NoAnswer."""
        headers = {
            "if-none-exist": f"identifier={KEY_SYSTEM}|{visit.key}",
            "prefer": "return=representation",
        }
        asked = appointment_for(visit, self._to.patients)
        status, told = self._send("POST", f"{self._to.url}/Appointment", headers, asked)
        if status in _REFUSED:
            raise Declined
        if status in _DONE and told is None:
            number = self.find(visit.key)
            if number is None:
                raise NoAnswer
            return number
        return number_of(_answered(status, told), visit.key)

    def find(self, key: str) -> str | None:
        """The number of what is booked with a key; None: nothing ever was.

        Of several that stand for it one is kept and the others are cancelled.
        Raises Declined and NoAnswer.
        """
        mine = self._under(key)
        live = sorted((one for one in mine if is_live(one)), key=lambda one: str(one["id"]))
        if not live:
            if mine:
                raise Declined
            return None
        for surplus in live[1:]:
            self._cancel(surplus)
        return number_of(live[0], key)

    def cancel(self, key: str) -> None:
        """Cancel what was booked with a key; nothing was is fine too. Raises NoAnswer."""
        for one in self._under(key):
            if is_live(one):
                self._cancel(one)

    def standing(self, since: date) -> list[str]:
        """The keys of what is booked there of visits from a day on. Raises NoAnswer."""
        return standing_keys(self._ours("booked,arrived,fulfilled,checked-in", since))

    def cancelled(self, since: date) -> list[str]:
        """The keys of what was cancelled there of visits from a day on. Raises NoAnswer."""
        return cancelled_keys(self._ours("cancelled,noshow,entered-in-error", since))

    def close(self) -> None:
        """Give back every connection."""
        self._client.close()

    def _ours(self, statuses: str, since: date) -> dict[str, Any]:
        query = {"identifier": f"{KEY_SYSTEM}|", "status": statuses, "date": f"ge{since}"}
        return self._search("Appointment", query)

    def _under(self, key: str) -> list[dict[str, Any]]:
        query = {"identifier": f"{KEY_SYSTEM}|{key}"}
        return appointments_in(self._search("Appointment", query), key)

    def _cancel(self, appointment: dict[str, Any]) -> None:
        gone = appointment | {"status": "cancelled"}
        where = f"{self._to.url}/Appointment/{appointment['id']}"
        _answered(*self._send("PUT", where, {}, gone))

    def _search(self, kind: str, query: dict[str, str]) -> dict[str, Any]:
        """All pages of a search as one Bundle."""
        where = f"{self._to.url}/{kind}?{httpx.QueryParams(query | {'_count': _PAGE})}"
        entry: list[Any] = []
        for _ in range(_MOST_PAGES):
            page = _answered(*self._send("GET", where, {}, None))
            if not isinstance(page, dict) or page.get("resourceType") != "Bundle":
                raise NoAnswer
            found = page.get("entry") or []
            if not isinstance(found, list):
                raise NoAnswer
            entry += found
            following = self._next(page, where)
            if following is None:
                return {"resourceType": "Bundle", "type": "searchset", "entry": entry}
            where = following
        raise NoAnswer

    def _next(self, page: dict[str, Any], where: str) -> str | None:
        """Where the next page is; our token goes to no other server. Raises NoAnswer."""
        for link in page.get("link") or ():
            if isinstance(link, dict) and link.get("relation") == "next":
                following = urljoin(where, str(link.get("url")))
                if not following.startswith((f"{self._to.url}/", f"{self._to.url}?")):
                    raise NoAnswer
                return following
        return None

    def _send(self, method: str, where: str, headers: dict[str, str], body: Any) -> tuple[int, Any]:
        """Status and JSON of an answer, None where it has no body. Raises NoAnswer."""
        try:
            return self._send_once(method, where, headers, body)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            pass
        except (httpx.HTTPError, NoAnswer) as failed:
            if method == "POST":
                raise NoAnswer from failed
        try:
            return self._send_once(method, where, headers, body)
        except httpx.HTTPError as failed:
            raise NoAnswer from failed

    def _send_once(
        self, method: str, where: str, headers: dict[str, str], body: Any
    ) -> tuple[int, Any]:
        """Raises NoAnswer for what comes too late, is too much, no JSON, or a fault of theirs."""
        until, told = monotonic() + self._to.answer_seconds, bytearray()
        content = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"content-type": _MEDIA}
        with self._client.stream(method, where, content=content, headers=headers | kind) as reply:
            for part in reply.iter_bytes():
                told += part
                if len(told) > _MOST_BYTES or monotonic() > until:
                    raise NoAnswer
        if reply.status_code >= 500:
            raise NoAnswer
        try:
            return reply.status_code, json.loads(told) if told else None
        except ValueError as failed:
            raise NoAnswer from failed


def _answered(status: int, told: Any) -> Any:
    """What was told, once it was done. Raises NoAnswer."""
    if status not in _DONE:
        raise NoAnswer
    return told
