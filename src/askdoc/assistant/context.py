"""What a turn may look at: knowledge, the day, the person's profile, answers given back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from askdoc.assistant.lexicon import Lexicon
from askdoc.assistant.reader import Surroundings, diagnosis_words, region_words
from askdoc.medicines import Catalogue, CatalogueOnDay
from askdoc.policy import Book
from askdoc.policy.modelled import Coverage
from askdoc.wording import Lang

MOST_QUESTIONS = 2


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one turn.

    `profile` is used for what the question does not say about the one who speaks; `given`
    are facts from flags or from answers to questions back, and stand above both.
    `questions_asked` counts how often askdoc asked back already.
    """

    book: Book
    catalogue: Catalogue
    lexicon: Lexicon
    coverage: Coverage
    today: date
    profile: Mapping[str, str | int | bool] = field(default_factory=dict)
    given: Mapping[str, str | int | bool] = field(default_factory=dict)
    questions_asked: int = 0
    lang: Lang | None = None

    @property
    def on_day(self) -> CatalogueOnDay:
        """The catalogue in force today."""
        return self.catalogue.on(self.today)

    def surroundings(self) -> Surroundings:
        """What the reader reads against."""
        return Surroundings(
            lexicon=self.lexicon,
            regions=region_words(self.book.regions),
            diagnoses=diagnosis_words(self.catalogue.conditions),
            catalogue=self.on_day,
            today=self.today,
        )
