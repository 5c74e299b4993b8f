"""The port of a hospital's own booking system.

Asking it ends in one of three ways: its number (booked), `Declined` (certainly not booked) or
`NoAnswer` (nobody knows). The last leaves a booking `unknown` until the system has been asked what
became of the key; until then nobody says "booked", and the slot is given to nobody else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from askdoc.wording import AskdocError


class Declined(AskdocError):
    """The hospital's system did not take the booking, or has cancelled it."""

    code = "referrals.declined"


class NoAnswer(AskdocError):
    """The hospital's system did not answer in time, or not in a way that can be read."""

    code = "referrals.no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A slot as the hospital's system names it; `is_free`: it can be had now."""

    ref: str
    department: str
    doctor: str
    doctor_name: str
    day: date
    begins: int
    ends: int
    is_free: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is asked for: the hospital's slot, for whom, under a key that is used for nothing else.

    `patient` is the record's id, which clinic and hospital agree on; times are aware.
    """

    ref: str
    key: str
    patient: str
    starts_at: datetime
    ends_at: datetime


class HospitalSystem(Protocol):
    """One hospital's system; every call answers within its own time limit."""

    def listed(self, since: date) -> list[Offered]:
        """All its slots from a day on, each once, taken ones too. Raises NoAnswer."""

    def book(self, visit: Visit) -> str:
        """Book a slot under a key; its number. Raises Declined and NoAnswer.

        Not every system knows a key again: whoever is unsure asks `find` first.
        """

    def find(self, key: str) -> str | None:
        """The number of what is booked with a key; None: nothing ever was.

        Raises Declined, when it was declined or cancelled there, and NoAnswer.
        """

    def cancel(self, key: str) -> None:
        """Cancel what was booked with a key; nothing was is fine too. Raises NoAnswer."""

    def standing(self, since: date) -> list[str]:
        """The keys of what is booked there of visits from a day on. Raises NoAnswer."""

    def cancelled(self, since: date) -> list[str]:
        """The keys of what was cancelled there of visits from a day on, by whomever.

        A key may stand for something else that is booked still: ask `find`. Raises NoAnswer.
        """
