"""A hospital's system in memory that speaks FHIR and fails as it is told to.

Unless `knows_keys`, it does not know a key again: what is booked twice is there twice, as in the
worst of systems. A failure of `book` named "after" comes once the booking is made: an answer that
was lost.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from askdoc.care.referrals.fhir_slots import (
    appointment_for,
    appointments_in,
    cancelled_keys,
    is_live,
    number_of,
    read_listed,
    standing_keys,
)
from askdoc.care.referrals.hospital_system import Declined, NoAnswer, Offered, Visit

Failure = Literal["before", "after"]


@dataclass(slots=True)
class FakeHospital:
    """The fake of `HospitalSystem`; `bundle` is what it answers when asked for slots."""

    bundle: dict[str, Any]
    knows_keys: bool = False
    appointments: list[dict[str, Any]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _failures: deque[Failure | None] = field(default_factory=deque)

    def fail(self, failures: Iterable[Failure | None]) -> None:
        """How the next calls fail; None lets one through."""
        self._failures.extend(failures)

    def listed(self, since: date) -> list[Offered]:
        self._fails()
        return [one for one in read_listed(self.shown()) if one.day >= since]

    def book(self, visit: Visit) -> str:
        is_lost = self._fails()
        made = self.put(appointment_for(visit))
        if is_lost:
            raise NoAnswer
        return number_of(made, visit.key)

    def find(self, key: str) -> str | None:
        self._fails()
        mine = self._of(key)
        live = [one for one in mine if is_live(one)]
        if mine and not live:
            raise Declined
        return number_of(live[0], key) if live else None

    def cancel(self, key: str) -> None:
        self._fails()
        for one in self._of(key):
            self.change(one["id"], "cancelled")

    def standing(self, since: date) -> list[str]:
        self._fails()
        return standing_keys(self.searchset(self.appointments))

    def cancelled(self, since: date) -> list[str]:
        self._fails()
        return cancelled_keys(self.searchset(self.appointments))

    def put(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Take an Appointment in; cancelled at once where its slot is taken."""
        before = [one for one in self.appointments if one["identifier"] == asked["identifier"]]
        if self.knows_keys and before:
            return before[0]
        ref = asked["slot"][0]["reference"]
        status = "cancelled" if ref in self.taken else "booked"
        made = asked | {"id": f"a{len(self.appointments) + 1}", "status": status}
        self.appointments.append(made)
        self.taken.add(ref)
        return made

    def change(self, id: str, status: str) -> None:
        """Give an Appointment another status; one that is cancelled frees its slot."""
        for one in self.appointments:
            if one["id"] == id and one["status"] != status:
                if is_live(one):
                    self.taken.discard(one["slot"][0]["reference"])
                one["status"] = status

    def shown(self) -> dict[str, Any]:
        """`bundle`, with what is booked here as busy."""
        told = (one["resource"] for one in self.bundle.get("entry", ()))
        return self.bundle | {"entry": [{"resource": self._as_it_is(one)} for one in told]}

    def _as_it_is(self, resource: dict[str, Any]) -> dict[str, Any]:
        is_taken = f"Slot/{resource.get('id')}" in self.taken
        return resource | {"status": "busy"} if is_taken else resource

    def searchset(self, resources: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """A Bundle of what a search found."""
        entry = [{"resource": one} for one in resources]
        return {"resourceType": "Bundle", "type": "searchset", "entry": entry}

    def _of(self, key: str) -> list[dict[str, Any]]:
        return appointments_in(self.searchset(self.appointments), key)

    def _fails(self) -> bool:
        """Whether the answer is to be lost. Raises NoAnswer when nothing even arrives."""
        failure = self._failures.popleft() if self._failures else None
        if failure == "before":
            raise NoAnswer
        return failure == "after"
