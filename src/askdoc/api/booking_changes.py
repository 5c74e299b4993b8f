"""What a resident or their family may change, each once: for the interface and for the pages.

A hold is its own key: confirming it twice, from two phones too, is one booking.
"""

from collections.abc import Callable
from typing import Any

from askdoc.api.acting import check_theirs, office_in, patient_of
from askdoc.api.calls import Change
from askdoc.api.once import Done, carry_out
from askdoc.api.slot_finding import Wish, end_what_is_over, wanted
from askdoc.api.slot_shapes import booking_told, request_told, waiting_told
from askdoc.care.referrals.asking import read_days
from askdoc.care.referrals.bookings import Booking, Wanted
from askdoc.care.referrals.errors import UnknownBooking, UnknownRequest
from askdoc.china_days import today_of
from askdoc.storage.booking_ends import cancel
from askdoc.storage.bookings import confirm, hold_slot, reschedule
from askdoc.storage.database import Kept
from askdoc.storage.slot_lists import booking_owner, request_owner, wish_owner
from askdoc.storage.slot_requests import apply, take_back
from askdoc.storage.waiting_list import leave, wait_for
from askdoc.wording import AskdocError

_WITHIN_DAYS = 28


def hold(change: Change, resident: str | None, slot: int) -> Done:
    """Hold a slot. Raises SlotTaken and its kin."""
    call = change.call
    end_what_is_over(call)

    def work(kept: Kept, whose: str) -> dict[str, Any]:
        held = hold_slot(office_in(call, kept), whose, slot, call.now)
        return _noted(change, kept, "hold", held)

    return _for(change, resident, work)


def confirm_held(change: Change, booking: str) -> Done:
    """Turn a hold into a booking. Raises UnknownBooking, HoldOver."""
    call = change.call

    def work(kept: Kept, owner: str) -> dict[str, Any]:
        made = confirm(office_in(call, kept), owner, booking, f"hold-{booking}", call.now)
        return _noted(change, kept, "confirm", made)

    return _of(change, 201, (booking_owner, booking, UnknownBooking()), work)


def move(change: Change, booking: str, slot: int) -> Done:
    """Move a booking to another slot. Raises UnknownBooking, SlotTaken and its kin."""
    call = change.call
    end_what_is_over(call)

    def work(kept: Kept, owner: str) -> dict[str, Any]:
        key = f"move-{booking}-{slot}"
        made = reschedule(office_in(call, kept), owner, booking, slot, key, call.now)
        return _noted(change, kept, "move", made)

    return _of(change, 201, (booking_owner, booking, UnknownBooking()), work)


def give_back(change: Change, booking: str) -> Done:
    """Give a hold or booking back. Raises UnknownBooking, SlotOver, CancelThere."""
    call = change.call

    def work(kept: Kept, owner: str) -> dict[str, Any]:
        gone = cancel(office_in(call, kept), owner, booking, call.now)
        return _noted(change, kept, "cancel", gone)

    return _of(change, 200, (booking_owner, booking, UnknownBooking()), work)


def wait(change: Change, resident: str | None, wish: Wish) -> Done:
    """Put somebody on the waiting list. Raises UnknownHospital, UnclearDay."""
    call = change.call

    def work(kept: Kept, whose: str) -> dict[str, Any]:
        made = wait_for(office_in(call, kept), whose, wanted(kept, call, wish), call.now)
        call.note(kept, "waiting.join", made.id)
        return waiting_told(made, call.lang)

    return _for(change, resident, work)


def stop_waiting(change: Change, wish: str) -> Done:
    """Take somebody off the waiting list. Raises UnknownRequest."""
    call = change.call

    def work(kept: Kept, owner: str) -> dict[str, Any]:
        leave(office_in(call, kept), owner, wish)
        call.note(kept, "waiting.leave", wish)
        return {"id": wish}

    return _of(change, 200, (wish_owner, wish, UnknownRequest()), work)


def ask_staff(change: Change, resident: str | None, words: str) -> Done:
    """Ask staff to book on the city's platform; the words stay as they are. Raises UnclearDay."""
    call = change.call

    def work(kept: Kept, whose: str) -> dict[str, Any]:
        first, last = read_days(words, today_of(call.now), _WITHIN_DAYS)
        asked = Wanted(departments=(words,), first=first, last=last)
        made = apply(office_in(call, kept), whose, asked, call.now)
        call.note(kept, "slot_request.make", made.id)
        return request_told(made, call.lang)

    return _for(change, resident, work)


def take_request_back(change: Change, request: str) -> Done:
    """No longer want it. Raises UnknownRequest."""
    call = change.call

    def work(kept: Kept, owner: str) -> dict[str, Any]:
        gone = take_back(office_in(call, kept), owner, request, call.now)
        call.note(kept, "slot_request.take_back", request)
        return request_told(gone, call.lang)

    return _of(change, 200, (request_owner, request, UnknownRequest()), work)


def _for(change: Change, resident: str | None, work: Callable[[Kept, str], dict[str, Any]]) -> Done:
    """Make something for a patient of the caller; `work` hears whose it will be."""

    def whole(kept: Kept) -> dict[str, Any]:
        return work(kept, patient_of(kept, change.call, resident).resident)

    return carry_out(change, 201, whole)


# Finds whose a thing is, its id, and what is raised where it is not the caller's to change.
_Thing = tuple[Callable[[Kept, str], str | None], str, AskdocError]


def _of(
    change: Change, status: int, thing: _Thing, work: Callable[[Kept, str], dict[str, Any]]
) -> Done:
    """Change what is there, once the caller may; `work` hears whose it is."""
    owner_of, id, missing = thing

    def whole(kept: Kept) -> dict[str, Any]:
        return work(kept, check_theirs(kept, change.call, owner_of(kept, id), missing))

    return carry_out(change, status, whole)


def _noted(change: Change, kept: Kept, action: str, booking: Booking) -> dict[str, Any]:
    change.call.note(kept, f"booking.{action}", booking.id)
    return booking_told(booking, change.call.lang)
