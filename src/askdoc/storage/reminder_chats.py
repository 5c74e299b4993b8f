"""To which chats a reminder went, so that its buttons count nowhere else."""

from sqlalchemy import select

from askdoc.care.reminders import TOPIC
from askdoc.storage.care_tables import refill_cycles
from askdoc.storage.database import Database
from askdoc.storage.outbox_tables import letters


def went_to(database: Database, token: str, channel: str, chat: str) -> bool:
    """Whether the reminder of this token was sent to this chat."""
    its = refill_cycles.c
    asked = (
        select(letters.c.number)
        .join(
            refill_cycles,
            (letters.c.subject == its.resident) & (letters.c.cycle == its.letter),
        )
        .where(letters.c.topic == TOPIC, its.token == token)
        .where(letters.c.channel == channel, letters.c.chat == chat)
        .limit(1)
    )
    with database.reading() as connection:
        return connection.scalar(asked) is not None
