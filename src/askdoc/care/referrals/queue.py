"""Who comes first among those who wait: by named priorities in a set order, then by time.

The sources speak of four priorities without naming them, so the order is configuration, and
whoever asks is told so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from askdoc.care.referrals.grants import Standing
from askdoc.care.referrals.orders import Order

Priority = Literal["urgent", "referred", "contracted", "priority_group"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the queue: lower comes first; `because` is None for one without priority."""

    place: int
    because: Priority | None


def rank(standing: Standing, order: Order | None, queue: Sequence[str]) -> Rank:
    """The rank of somebody who waits; `order` is the referral that fits what they wait for."""
    has: dict[Priority, bool] = {
        "urgent": order is not None and order.urgency == "urgent",
        "referred": order is not None,
        "contracted": standing.contracted,
        "priority_group": bool(standing.groups),
    }
    held = [priority for priority in PRIORITIES if has[priority] and priority in queue]
    first = min(held, key=queue.index, default=None)
    return Rank(len(queue) if first is None else queue.index(first), first)
