"""A hospital's system in memory that speaks FHIR and fails as it is told to.

It does not know a key again: what is booked twice is there twice, as in the worst of systems. A
failure of `book` named "after" comes once the booking is made: an answer that was lost.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from askdoc.care.referrals.fhir_slots import appointment_for, number_of, read_offered
from askdoc.care.referrals.hospital_system import NoAnswer, Offered

Failure = Literal["before", "after"]


@dataclass(slots=True)
class FakeHospital:
    """The fake of `HospitalSystem`; `bundle` is what it answers when asked for slots."""

    bundle: dict[str, Any]
    appointments: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _failures: deque[Failure | None] = field(default_factory=deque)

    def fail(self, failures: Iterable[Failure | None]) -> None:
        """How the next calls fail; None lets one through."""
        self._failures.extend(failures)

    def offered(self) -> list[Offered]:
        self._fails()
        return read_offered(self.bundle)

    def book(self, ref: str, key: str) -> str:
        is_lost = self._fails()
        made = appointment_for(ref, key, "Patient/1") | {"id": f"a{len(self.appointments) + 1}"}
        made["status"] = "cancelled" if ref in self.taken else "booked"
        self.appointments.append((key, made))
        self.taken.add(ref)
        if is_lost:
            raise NoAnswer
        return number_of(made, key)

    def find(self, key: str) -> str | None:
        self._fails()
        booked = self._booked(key)
        return number_of(booked[0], key) if booked else None

    def cancel(self, key: str) -> None:
        self._fails()
        for one in self._booked(key):
            one["status"] = "cancelled"
            self.taken.discard(one["slot"][0]["reference"])

    def _booked(self, key: str) -> list[dict[str, Any]]:
        return [one for of, one in self.appointments if of == key and one["status"] == "booked"]

    def _fails(self) -> bool:
        """Whether the answer is to be lost. Raises NoAnswer when nothing even arrives."""
        failure = self._failures.popleft() if self._failures else None
        if failure == "before":
            raise NoAnswer
        return failure == "after"
