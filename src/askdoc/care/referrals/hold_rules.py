"""How long a slot is held, how many at once, who comes first, when to remind."""

from collections.abc import Mapping
from dataclasses import dataclass

from askdoc.policy import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRules:
    """askdoc's own rules of giving out slots.

    `queue` is the order of priorities on the waiting list; reminders come `reminder_days` before
    the visit, at `reminder_hour`.
    """

    hold_minutes: int
    offer_minutes: int
    most_holds: int
    queue: tuple[str, ...]
    reminder_days: tuple[int, ...] = ()
    reminder_hour: int = 8


def hold_rules_of(defaults: Mapping[str, Content]) -> HoldRules:
    """The rules as the defaults set them."""
    return HoldRules(
        hold_minutes=_whole(defaults["hold_minutes"]),
        offer_minutes=_whole(defaults["offer_minutes"]),
        most_holds=_whole(defaults["most_holds"]),
        queue=_texts(defaults["referral_queue"]),
        reminder_days=tuple(int(count) for count in _texts(defaults["visit_reminder_days"])),
        reminder_hour=_whole(defaults["quiet_until_hour"]),
    )


def _whole(content: Content) -> int:
    return int(str(content))


def _texts(content: Content) -> tuple[str, ...]:
    return tuple(str(one) for one in content) if isinstance(content, tuple) else ()
