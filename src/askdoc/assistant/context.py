"""What a turn may look at: knowledge, the day, the person's profile, answers given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from askdoc.assistant.planning.frame import Frames
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.assistant.reading.reader import Surroundings, read
from askdoc.assistant.triage.red_flags import RedFlags
from askdoc.care.patients import Patient
from askdoc.medicines import Catalogue, CatalogueOnDay
from askdoc.policy import Book, Content
from askdoc.policy.modelled import Coverage
from askdoc.wording import Lang

if TYPE_CHECKING:
    from askdoc.assistant.answers.look_up import Library
    from askdoc.assistant.errands.refill_book import RefillBook
    from askdoc.assistant.errands.slot_book import SlotBook
    from askdoc.assistant.outside.outside_model import OutsideModel
    from askdoc.assistant.planning.choosing import Likeness
    from askdoc.assistant.triage.alarms import Speaker

MOST_QUESTIONS = 2


def untold(line: str) -> None:
    """Nobody waits for single lines."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier turn of this conversation: what was said, and the essential of the answer."""

    said: str
    answered: str


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one turn.

    `profile` is used for what the question does not say about the one who speaks; `given`
    are facts from flags or from answers to questions back, and stand above both.
    `questions_asked` counts how often askdoc asked back already. `library` opens the index of
    documents, which is only done for a question that needs it. `now_day` is the real day where
    `today` was moved to the day of care. `readings` are the texts of this turn that were read.
    `outside` is a model that the person agreed to, else None. `conversation` and `now` say where
    and when a change is proposed; without them, nothing is kept and nothing can be proposed.
    `earlier` reads the newest turns, oldest first, for an outside model alone. `tell` is given the
    lines of the answer that are certain before the whole of it is.
    `patients_of` tells for whom the speaker of a conversation may act; `refills` and `slots` what
    is known of their medicine and their bookings, where this installation keeps any.
    """

    book: Book
    catalogue: Catalogue
    lexicon: Lexicon
    coverage: Coverage
    today: date
    frames: Frames
    flags: RedFlags
    around: Callable[[date], Surroundings]
    defaults: Mapping[str, Content] = field(default_factory=dict)
    profile: Mapping[str, str | int | bool] = field(default_factory=dict)
    given: Mapping[str, str | int | bool] = field(default_factory=dict)
    questions_asked: int = 0
    lang: Lang | None = None
    library: Callable[[], Library] | None = None
    likeness: Likeness | None = None
    speaker: Speaker = "resident"
    now_day: date | None = None
    outside: OutsideModel | None = None
    conversation: str = ""
    now: datetime | None = None
    earlier: Callable[[], Sequence[Earlier]] = tuple
    tell: Callable[[str], None] = untold
    patients_of: Callable[[str], Sequence[Patient]] = field(default=lambda _: (), repr=False)
    refills: RefillBook | None = None
    slots: SlotBook | None = None
    readings: dict[tuple[str, date], Reading] = field(default_factory=dict, repr=False)

    @property
    def on_day(self) -> CatalogueOnDay:
        """The catalogue in force today."""
        return self.around(self.today).catalogue

    def surroundings(self) -> Surroundings:
        """What the reader reads against."""
        return self.around(self.today)

    def patients(self) -> Sequence[Patient]:
        """Those for whom the one who speaks here may act."""
        return self.patients_of(self.conversation)

    def read(self, text: str) -> Reading:
        """A text as facts; the planner, its tools and the search read the same text once."""
        found = self.readings.get((text, self.today))
        if found is None:
            found = read(text, self.surroundings())
            self.readings[text, self.today] = self.readings[found.text, self.today] = found
        return found
