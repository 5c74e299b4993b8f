"""What can stand in the way of a slot, said so that a person knows what to do next."""

from datetime import date

from askdoc.care.referrals.days_said import day_words
from askdoc.wording import AskdocError, Lang, phrase


class SlotTaken(AskdocError):
    """Somebody else holds or has booked the slot."""

    code = "referrals.slot_taken"


class UnknownSlot(AskdocError):
    """No slot of that number is offered, or the hospital has withdrawn it."""

    code = "referrals.unknown_slot"


class SlotOver(AskdocError):
    """The slot has begun or is past."""

    code = "referrals.slot_over"


class NotOpenYet(AskdocError):
    """The slot is not open to this person yet. Field `opens`: the day on which it will be."""

    code = "referrals.not_open_yet"

    def __init__(self, opens: date) -> None:
        super().__init__(opens=opens)
        self.opens = opens

    def sentence(self, lang: Lang) -> str:
        return phrase("referrals.error.not_open_yet", lang, opens=day_words(self.opens, lang))


class TooManyHolds(AskdocError):
    """The person holds as many slots as one person may. Field `most`."""

    code = "referrals.too_many_holds"


class HoldOver(AskdocError):
    """The time to confirm is over, or the slot was given back."""

    code = "referrals.hold_over"


class UnknownBooking(AskdocError):
    """This person has no hold or booking of that number."""

    code = "referrals.unknown_booking"


class NotBooked(AskdocError):
    """What is to be changed is no longer a booking. Field `state`."""

    code = "referrals.not_booked"

    def __init__(self, state: str) -> None:
        super().__init__(state=state)
        self.state = state

    def sentence(self, lang: Lang) -> str:
        state = phrase(f"referrals.state.{self.state}", lang)
        return phrase("referrals.error.not_booked", lang, state=state)


class CancelThere(AskdocError):
    """The hospital's own system has this booking and must be told first."""

    code = "referrals.cancel_there"


class MoveThere(AskdocError):
    """A slot of a hospital's own system is not moved: another is booked, then it is cancelled."""

    code = "referrals.move_there"


class KeyUsed(AskdocError):
    """The key of this confirmation has confirmed something else already."""

    code = "referrals.key_used"


class IncompleteOrder(AskdocError):
    """A referral order lacks what the hospital needs. Field `missing`."""

    code = "referrals.incomplete_order"


class UnknownHospital(AskdocError):
    """No hospital or department of that name is in the schedule."""

    code = "referrals.unknown_hospital"


class UnclearDay(AskdocError):
    """A day was named that cannot be read as one. Field `said`."""

    code = "referrals.unclear_day"


class BadSchedule(AskdocError):
    """A row of a schedule cannot be read. Fields `place` and `said`."""

    code = "referrals.bad_schedule"


class SessionOverlaps(AskdocError):
    """The doctor is already published for a part of that time."""

    code = "referrals.session_overlaps"


class UnknownRequest(AskdocError):
    """No open request of that number."""

    code = "referrals.unknown_request"
