"""What a tool of this room works from."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers.known import Known
from askdoc.assistant.context import Context
from askdoc.assistant.reading.facts import Reading
from askdoc.china_days import CHINA, today_of
from askdoc.wording import Lang, phrase

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Errand:
    """What was asked for: the reading, what is known for it, and the turn's surroundings."""

    reading: Reading
    known: Known
    context: Context
    lang: Lang

    @property
    def day(self) -> date:
        """The day on which it is asked, whatever day the question is about."""
        if self.context.now is not None:
            return today_of(self.context.now)
        return self.context.now_day or self.context.today

    @property
    def now(self) -> datetime:
        """The moment at which it is asked; noon of the day where no conversation is kept."""
        if self.context.now is not None:
            return self.context.now
        return datetime.combine(self.day, _NOON, CHINA).astimezone(UTC)

    def chosen(self, name: str) -> str | None:
        """What a pressed choice set for the person that this is about."""
        fact = self.known.get(name)
        if fact is None or fact.origin != "asked" or fact.subject != self.reading.subject:
            return None
        return str(fact.value)

    def phrase(self, key: str, /, **fields: object) -> str:
        """A sentence of this room."""
        return phrase(f"errands.{key}", self.lang, **fields)

    def says(self, key: str, /, **fields: object) -> Answer:
        """An answer of one sentence of this room."""
        lines = (self.phrase(key, **fields),)
        return Answer("answer", lines, brief=lines, lang=self.lang)

    def declines(self, key: str, /, **fields: object) -> Answer:
        """As `says`, of what cannot be done here at all."""
        return replace(self.says(key, **fields), kind="decline")
