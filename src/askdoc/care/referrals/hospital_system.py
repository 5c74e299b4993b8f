"""The port of a hospital's own booking system.

Asking it ends in one of three ways: its number (booked), `Declined` (certainly not booked) or
`NoAnswer` (nobody knows). The last leaves a booking `unknown` until the system has been asked what
became of the key; until then nobody says "booked", and the slot is given to nobody else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from askdoc.wording import AskdocError


class Declined(AskdocError):
    """The hospital's system did not take the booking."""

    code = "referrals.declined"


class NoAnswer(AskdocError):
    """The hospital's system did not answer in time, or not in a way that can be read."""

    code = "referrals.no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A free slot as the hospital's system names it."""

    ref: str
    department: str
    doctor: str
    doctor_name: str
    day: date
    begins: int
    ends: int


class HospitalSystem(Protocol):
    """One hospital's system; every call answers within its own time limit."""

    def offered(self) -> list[Offered]:
        """What it has free now. Raises NoAnswer."""

    def book(self, ref: str, key: str) -> str:
        """Book a slot under a key; its number. Raises Declined and NoAnswer.

        Not every system knows a key again: whoever is unsure asks `find` first.
        """

    def find(self, key: str) -> str | None:
        """The number of what was booked with a key; None: nothing was. Raises NoAnswer."""

    def cancel(self, key: str) -> None:
        """Cancel what was booked with a key; nothing was is fine too. Raises NoAnswer."""
