"""What time alone changes about slots, done by whoever comes by: the worker, or staff by hand."""

from dataclasses import dataclass
from datetime import datetime

from askdoc.storage.bookings import lapse_holds
from askdoc.storage.slot_desk import Desk
from askdoc.storage.slot_letters import pass_on
from askdoc.storage.slot_notices import put_reminders
from askdoc.storage.waiting_list import offer_free


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """Holds ended, slots offered, reminders put down, letters put, notices that find no way."""

    ended: int
    offered: int
    reminders: int
    letters: int
    unreachable: int


def sweep(desk: Desk, now: datetime) -> Swept:
    """End holds past their end, offer what is free, and tell people what they are to know."""
    ended = lapse_holds(desk, now)
    offered = offer_free(desk, now)
    reminders = put_reminders(desk.database, desk.rules, now)
    told = pass_on(desk.database, now)
    return Swept(
        ended=ended,
        offered=offered,
        reminders=reminders,
        letters=told.put,
        unreachable=told.unreachable,
    )
