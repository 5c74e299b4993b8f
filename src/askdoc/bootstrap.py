"""The one place that builds things: the book, the catalogue, the lexicon, a turn's context."""

from datetime import date
from functools import cached_property

from askdoc.assistant import Context
from askdoc.assistant.lexicon import Lexicon, load_lexicon
from askdoc.medicines import Catalogue, load_catalogue
from askdoc.policy import Book, load_book
from askdoc.policy.modelled import load_modelled
from askdoc.profile import Profile, load_profile
from askdoc.settings import Settings
from askdoc.soundness import check_soundness
from askdoc.wording import Lang


class House:
    """Everything askdoc knows, each part read when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def book(self) -> Book:
        return load_book(self.settings.knowledge)

    @cached_property
    def catalogue(self) -> Catalogue:
        return load_catalogue(self.settings.knowledge / "medicines", self.settings.editions)

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_lexicon(self.settings.knowledge)

    @cached_property
    def profile(self) -> Profile:
        return load_profile(self.settings.profile_file, self.book)

    def read_all(self) -> None:
        """Read every file of the knowledge folder, so that every mistake is found."""
        check_soundness(self.settings.knowledge, self.book, self.catalogue)

    def context(
        self,
        today: date,
        given: dict[str, str | int | bool],
        questions_asked: int,
        lang: Lang | None,
    ) -> Context:
        """The surroundings of one turn."""
        return Context(
            book=self.book,
            catalogue=self.catalogue,
            lexicon=self.lexicon,
            coverage=load_modelled(self.settings.knowledge, self.book),
            today=today,
            profile=self.profile.told(),
            given=given,
            questions_asked=questions_asked,
            lang=lang,
        )
