"""Slots that only a city's platform gives out: a person asks, staff book there and enter what came.

Until staff have entered the platform's result the person hears 已申请, and never 已预约.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from askdoc.care.referrals.bookings import Wanted

Standing = Literal["applied", "unclear", "arranged", "refused", "taken_back"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)
# What staff still have to do something about.
OPEN: tuple[Standing, ...] = ("applied", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What the platform gave, as staff read it there."""

    hospital: str
    department: str
    doctor: str
    day: date
    begins: int
    ends: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A person's request. `unclear`: staff asked the platform and do not know what became of it."""

    id: str
    person: str
    wanted: Wanted
    state: Standing
    made_at: datetime
    arranged: Arranged | None = None
    note: str = ""
