"""What a conversation may read of slots and bookings: `SlotBook` over the office."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from askdoc.care.referrals.bookings import Booking, Found, Waiting, Wanted
from askdoc.care.referrals.grants import Grant, Standing
from askdoc.care.referrals.requests import Request
from askdoc.care.referrals.slots import Hospital
from askdoc.storage.booking_lookup import mine
from askdoc.storage.booking_office import Office
from askdoc.storage.schedule import all_hospitals, departments
from askdoc.storage.slot_requests import requests_of
from askdoc.storage.slot_search import find_slots, first_closed
from askdoc.storage.standing import standing_of
from askdoc.storage.waiting_list import waiting

# Enough to choose from several days and hospitals.
_MOST_FOUND = 120


@dataclass(frozen=True, slots=True)
class SqlSlotBook:
    """`SlotBook`; the office is opened when somebody first asks for a slot."""

    office: Callable[[], Office]

    def hospitals(self) -> Sequence[Hospital]:
        """Every hospital that has a schedule here."""
        return all_hospitals(self.office())

    def departments(self) -> Sequence[str]:
        """Every department that has slots."""
        return departments(self.office())

    def standing(self, resident: str, today: date) -> Standing:
        """What about a patient opens doors."""
        with self.office().database.reading() as connection:
            return standing_of(connection, resident, today)

    def find(self, resident: str, wanted: Wanted, now: datetime) -> list[Found]:
        """Free slots that the patient may take now, earliest first."""
        return find_slots(self.office(), resident, wanted, now, _MOST_FOUND)

    def closed(self, resident: str, wanted: Wanted, now: datetime) -> Grant | None:
        """Why the first slot that is free and not open to the patient yet is not."""
        return first_closed(self.office(), resident, wanted, now)

    def bookings(self, resident: str, now: datetime) -> list[Booking]:
        """What the patient holds or has booked that is not past, earliest first."""
        return mine(self.office(), resident, now)

    def waiting(self, resident: str) -> list[Waiting]:
        """What the patient waits for."""
        return waiting(self.office(), resident)

    def requests(self, resident: str) -> list[Request]:
        """What staff were asked to book for the patient, oldest first."""
        return requests_of(self.office(), resident)
