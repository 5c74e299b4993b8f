"""A rule changes: the doctor sees first whom it touches, and only then do residents hear of it.

Each resident hears of a change once, with what held, what will hold, and from which day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from askdoc.care.reminders import Reached, day_words
from askdoc.channels.letters import Letter
from askdoc.wording import AskdocError, phrase

TOPIC = "rule"


class BadChange(AskdocError):
    """A change that says nothing, or the same as before. Field `name`: which part is missing."""

    code = "rule_changes.bad_change"


class NotProposed(AskdocError):
    """There is no such proposal, or it was decided already. Field `id`."""

    code = "rule_changes.not_proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changes, for whom, and where it is written.

    `medicine`: it touches those who take it; empty: everybody with a prescription that holds.
    """

    id: str
    clinic: str
    medicine: str
    about: str
    old: str
    new: str
    day: date
    source: str

    def __post_init__(self) -> None:
        for name in ("id", "clinic", "about", "old", "new", "source"):
            if not getattr(self, name).strip():
                raise BadChange(name=name)
        if self.old.strip() == self.new.strip():
            raise BadChange(name="new")


def notice(
    change: Change, resident: str, reached: Reached, now: datetime, holds: timedelta
) -> Letter:
    """The one message that a resident gets. Raises NoRoute without a way to them."""
    return Letter(
        topic=TOPIC,
        subject=resident,
        cycle=change.id,
        kind="notice",
        recipient=resident,
        routes=reached.routes,
        text=phrase(
            "rule_changes.notice",
            reached.lang,
            about=change.about,
            old=change.old,
            new=change.new,
            day=day_words(change.day, reached.lang),
            source=change.source,
        ),
        lang=reached.lang,
        not_before=now,
        not_after=now + holds,
        window=reached.window,
    )
