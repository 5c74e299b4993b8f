"""The errands by the name of their tool."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from askdoc.assistant.answer import Answer
from askdoc.assistant.errands.errand import Errand
from askdoc.assistant.errands.my_bookings import cancel_slot, move_slot, my_slots
from askdoc.assistant.errands.refills import ask_for_refill, medicine_left
from askdoc.assistant.errands.reminder_wishes import (
    answer_reminder,
    move_reminders,
    resume_reminders,
    stop_reminders,
)
from askdoc.assistant.errands.slots import find_slot

ERRANDS: Mapping[str, Callable[[Errand], Answer]] = MappingProxyType(
    {
        errand.__name__: errand
        for errand in (
            medicine_left,
            ask_for_refill,
            move_reminders,
            stop_reminders,
            resume_reminders,
            answer_reminder,
            find_slot,
            my_slots,
            move_slot,
            cancel_slot,
        )
    }
)
