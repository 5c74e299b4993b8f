"""A rule changes: the doctor sees first whom it touches, and only then do residents hear of it.

Each resident hears of a change once, with what held, what will hold, and from which day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from askdoc.care.kinds import Kind
from askdoc.care.reminders import Reached, day_words
from askdoc.channels.letters import Letter
from askdoc.wording import AskdocError, Lang, phrase

TOPIC = "rule"
# What of a change is told in words.
SAID = ("about", "old", "new", "source")


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
    `english`: about, old, new and source in English; without it they are told as they stand.
    `whom`: the kinds of residents of whom one must be true; none: all of those.
    """

    id: str
    clinic: str
    medicine: str
    about: str
    old: str
    new: str
    day: date
    source: str
    english: Mapping[str, str] | None = None
    whom: Sequence[Kind] = ()

    def said(self, lang: Lang) -> dict[str, str]:
        """About, old, new and source in a language, as far as they were written in it."""
        own = {name: getattr(self, name) for name in SAID}
        return {**own, **(self.english or {})} if lang == "en" else own

    def __post_init__(self) -> None:
        for name in ("id", "clinic", "about", "old", "new", "source"):
            if not getattr(self, name).strip():
                raise BadChange(name=name)
        if self.old.strip() == self.new.strip():
            raise BadChange(name="new")


def notice(
    change: Change, resident: str, reached: Reached, now: datetime, holds: timedelta
) -> Letter:
    """The one message that a resident gets. Raises NoRoute without a way to them.

    A change for those who take one medicine would tell who takes it, unless it is put in general.
    """
    day = day_words(change.day, reached.lang)
    whole = phrase(
        "rule_changes.notice",
        reached.lang,
        day=day,
        **change.said(reached.lang),
    )
    plain = phrase("rule_changes.notice_plain", reached.lang, day=day)
    return Letter(
        topic=TOPIC,
        subject=resident,
        cycle=change.id,
        kind="notice",
        recipient=resident,
        routes=reached.routes,
        text=plain if change.medicine else whole,
        named=whole,
        lang=reached.lang,
        not_before=now,
        not_after=now + holds,
        window=reached.window,
    )
