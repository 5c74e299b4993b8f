"""What is known of slots and of a patient's bookings: the port that `askdoc.storage` implements."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from askdoc.care.referrals.bookings import Booking, Found, Waiting, Wanted
from askdoc.care.referrals.grants import Grant, Standing
from askdoc.care.referrals.requests import Request
from askdoc.care.referrals.slots import Hospital


class SlotBook(Protocol):
    """What a conversation may read of slots; everything else is a doer's."""

    def hospitals(self) -> Sequence[Hospital]:
        """Every hospital that has a schedule here."""

    def departments(self) -> Sequence[str]:
        """Every department that has slots."""

    def standing(self, resident: str, today: date) -> Standing:
        """What about a patient opens doors: contract, combination, referrals, groups."""

    def find(self, resident: str, wanted: Wanted, now: datetime) -> list[Found]:
        """Free slots that the patient may take now, earliest first."""

    def closed(self, resident: str, wanted: Wanted, now: datetime) -> Grant | None:
        """Why the first slot that is free and not open to the patient yet is not; None of none."""

    def bookings(self, resident: str, now: datetime) -> list[Booking]:
        """What the patient holds or has booked that is not past, earliest first."""

    def waiting(self, resident: str) -> list[Waiting]:
        """What the patient waits for."""

    def requests(self, resident: str) -> list[Request]:
        """What staff were asked to book for the patient, oldest first."""
