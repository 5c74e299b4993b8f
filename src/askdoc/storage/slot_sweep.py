"""What time alone changes about slots, done by whoever comes by: the worker, or staff by hand."""

from dataclasses import dataclass
from datetime import datetime

from askdoc.storage.booking_ends import lapse_holds
from askdoc.storage.booking_office import Office
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


def sweep(office: Office, now: datetime) -> Swept:
    """End holds past their end, offer what is free, and tell people what they are to know."""
    ended = lapse_holds(office, now)
    offered = offer_free(office, now)
    reminders = put_reminders(office.database, office.rules, now)
    told = pass_on(office.database, now)
    return Swept(
        ended=ended,
        offered=offered,
        reminders=reminders,
        letters=told.put,
        unreachable=told.unreachable,
    )
