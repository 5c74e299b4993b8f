"""What a person has of a slot: a hold that ends, a booking, an offer from the waiting list.

An offer is a hold that somebody else made for the person: it ends like any other. `unknown` means
that a hospital was asked and has not answered: the slot stays taken and nobody says "booked".
`leaving` means that the person has given back what the hospital has not cancelled yet.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from askdoc.care.referrals.grants import Grant, Reason
from askdoc.care.referrals.slots import Pool, Slot

State = Literal[
    "held", "unknown", "booked", "leaving", "attended", "missed",
    "lapsed", "given_back", "cancelled", "moved", "withdrawn", "refused",
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
# Only one of these may stand on a slot: the partial unique index says the same.
TAKING: tuple[State, ...] = ("held", "unknown", "booked", "attended", "missed", "leaving")
# What may still change without the person having come or stayed away.
UPCOMING: tuple[State, ...] = ("held", "unknown", "booked", "leaving")
Wish = Literal["waiting", "offered", "settled", "left"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What one person has, or had, of one slot.

    `held_until` is the end of a hold; `door` is how they came in, `reasons` why. `is_at_hospital`:
    the slot is of a hospital's own system.
    """

    id: str
    person: str
    slot: Slot
    state: State
    door: Pool
    reasons: tuple[Reason, ...]
    made_at: datetime
    held_until: datetime | None = None
    replaces: str | None = None
    is_offer: bool = False
    is_at_hospital: bool = False

    def is_over(self, now: datetime) -> bool:
        """Whether it is a hold past its end."""
        return self.state == "held" and self.held_until is not None and self.held_until <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for: places, days (both included), perhaps a part of the day."""

    departments: tuple[str, ...]
    first: date
    last: date
    hospitals: tuple[str, ...] = ()
    begins: int = 0
    ends: int = 24 * 60
    doctor: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A free slot with why it is open to the person."""

    slot: Slot
    grant: Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody on the waiting list; `because` names the priority that ranks them, if any."""

    id: str
    person: str
    wanted: Wanted
    place: int
    because: str | None
    state: Wish
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a person is to be told, once: `key` names it for good."""

    key: str
    person: str
    kind: str
    booking: str | None
    due_at: datetime
    alternatives: tuple[int, ...] = ()
