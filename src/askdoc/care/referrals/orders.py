"""A referral order: who sends whom where, why, and which medicines were used already.

The medicines are there so that the hospital neither repeats nor needlessly changes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from askdoc.care.referrals.errors import IncompleteOrder

Urgency = Literal["routine", "soon", "urgent"]
Direction = Literal["up", "down"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
_NEEDED = ("person", "from_place", "to_hospital", "department", "reason", "diagnosis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One referral. `used_listed` are medicines of the catalogue that were used; `used_unlisted`
    those outside it. `none_used` says that nothing was left out by mistake.
    """

    person: str
    from_place: str
    to_hospital: str
    department: str
    reason: str
    diagnosis: str
    made_on: date
    valid_until: date
    urgency: Urgency = "routine"
    direction: Direction = "up"
    used_listed: tuple[str, ...] = ()
    used_unlisted: tuple[str, ...] = ()
    none_used: bool = False

    def is_for(self, hospital: str, department: str, day: date) -> bool:
        """Whether it sends the person to this department on this day."""
        return (
            self.direction == "up"
            and self.to_hospital == hospital
            and self.department == department
            and self.made_on <= day <= self.valid_until
        )


def missing_of(order: Order) -> tuple[str, ...]:
    """What the hospital needs and the order does not say."""
    missing = [name for name in _NEEDED if not str(getattr(order, name)).strip()]
    if not (order.used_listed or order.used_unlisted or order.none_used):
        missing.append("medicines")
    if order.valid_until < order.made_on:
        missing.append("valid_until")
    return tuple(missing)


def complete(order: Order) -> Order:
    """The order itself. Raises IncompleteOrder with what is missing."""
    missing = missing_of(order)
    if missing:
        raise IncompleteOrder(missing=", ".join(missing))
    return order


def order_for(orders: Iterable[Order], hospital: str, department: str, day: date) -> Order | None:
    """The most urgent order that is for this department on this day."""
    fitting = [order for order in orders if order.is_for(hospital, department, day)]
    return max(fitting, key=lambda order: URGENCIES.index(order.urgency), default=None)
