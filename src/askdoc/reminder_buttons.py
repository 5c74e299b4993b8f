"""What is pressed under a reminder in a chat: kept for the clinic, and answered.

A button counts only in the chat that the reminder went to: whoever knows its id elsewhere is told
that it is too old.
"""

from dataclasses import dataclass
from datetime import datetime

from askdoc.care.loop import UnknownReminder, barrier_choices, pressed
from askdoc.reception.chat import Chat, Offered, Offers
from askdoc.reception.reacting import ELSEWHERE
from askdoc.reception.reaction import Saying
from askdoc.storage.database import Database
from askdoc.storage.refill_answers import answer_reminder
from askdoc.storage.reminder_chats import went_to


@dataclass(frozen=True, slots=True)
class ReminderButtons:
    """`PressedElsewhere` for the buttons of reminders."""

    database: Database

    def __call__(self, chat: Chat, choice: str, now: datetime) -> Saying | None:
        """What the person is told; None when this is no button of a reminder to this chat."""
        said = pressed(choice)
        if said is None or not went_to(self.database, said.token, chat.channel, chat.chat):
            return None
        try:
            replied = answer_reminder(self.database, said.token, said.answer, now, said.barrier)
        except UnknownReminder:
            return None
        lang = chat.lang or "zh"
        ways = barrier_choices(said.token, lang) if replied.choices else ()
        shown = tuple(Offered(one.id, one.label, ELSEWHERE) for one in ways)
        text = replied.sentence(lang)
        return Saying(text, Offers(text, shown) if shown else None)
