"""The one place that builds things: the book, the catalogue, the lexicon, a turn's context.

Rooms are imported where a part is first built: a sum from a case file needs neither the
catalogue nor the reader, and starts without them.
"""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

from askdoc.consent import has_agreed
from askdoc.policy import Book, load_book
from askdoc.settings import Settings

if TYPE_CHECKING:
    from askdoc.assistant.answers.look_up import Library
    from askdoc.assistant.assistant import Assistant
    from askdoc.assistant.context import Context
    from askdoc.assistant.outside.outside_model import OutsideModel
    from askdoc.assistant.planning.nearest import Nearest
    from askdoc.assistant.talk.transcript import Transcript
    from askdoc.assistant.triage.alarms import Speaker
    from askdoc.care.referrals.terms import OwnTerms, Terms
    from askdoc.care.reminders import ReminderRules
    from askdoc.channels import Channel
    from askdoc.channels.sending import SendingRules
    from askdoc.identity.secret import Secret
    from askdoc.library.keeper import Kept, Place, Progress
    from askdoc.medicines import Catalogue
    from askdoc.policy.units import Content
    from askdoc.profile import Profile
    from askdoc.storage.database import Database
    from askdoc.storage.slot_desk import Desk
    from askdoc.wording import Lang


class House:
    """Everything askdoc knows, each part read when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def book(self) -> Book:
        """The book of policy values."""
        return load_book(self.settings.knowledge)

    @cached_property
    def whole_book(self) -> Book:
        """The book with what is only shown and never computed with."""
        return load_book(self.settings.knowledge, shown=True)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The shipped medicines and the imported editions."""
        from askdoc.medicines import load_catalogue

        return load_catalogue(self.settings.knowledge / "medicines", self.settings.editions)

    @cached_property
    def profile(self) -> Profile:
        """What the person stored about themselves."""
        from askdoc.profile import load_profile

        return load_profile(self.settings.profile_file, self.book)

    @cached_property
    def library(self) -> Place:
        """Where the library is; nothing of it is opened."""
        from askdoc.library.keeper import Place

        kept = self.settings
        return Place(kept.knowledge, kept.library, kept.embedding, kept.chroma)

    def open_library(self, progress: Progress | None = None) -> Kept:
        """The index of today's documents, made now when it is missing."""
        from askdoc.library.keeper import open_index

        return open_index(self.library, lambda: self.whole_book, progress)

    @cached_property
    def database(self) -> Database:
        """Everything that is kept, with the tables made now when they are missing."""
        from askdoc.storage.transcript import open_database

        return open_database(self.settings.database)

    @cached_property
    def transcript(self) -> Transcript:
        """The conversations."""
        from askdoc.storage.transcript import SqlTranscript

        return SqlTranscript(self.database)

    @cached_property
    def secret(self) -> Secret:
        """The keys of this installation, made now when there are none. Raises BadSecret."""
        from askdoc.identity.secret import new_secret, read_secret
        from askdoc.profile import write_privately

        if self.settings.secret is not None:
            return read_secret(self.settings.secret)
        file = self.settings.secret_file
        if not file.exists():
            write_privately(file, new_secret())
        return read_secret(file.read_text(encoding="utf-8"))

    @cached_property
    def desk(self) -> Desk:
        """Where slots are given out, with the tables made now when they are missing."""
        from askdoc.care.referrals.hold_rules import hold_rules_of
        from askdoc.care.referrals.terms import terms_of
        from askdoc.policy import Policy
        from askdoc.policy.modelled import load_defaults
        from askdoc.storage.slot_desk import open_desk

        book, defaults = self.whole_book, load_defaults(self.settings.knowledge, self.whole_book)

        @cache
        def terms(region: str, own: OwnTerms | None, today: date) -> Terms:
            return terms_of(Policy(book, today, region), defaults, own)

        return open_desk(self.settings.database, hold_rules_of(defaults), terms)

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The ways on which this installation can send."""
        from askdoc.channels.folder import FolderChannel

        folder = self.settings.send_folder
        return () if folder is None else (FolderChannel(folder),)

    @cached_property
    def sending_rules(self) -> SendingRules:
        """How letters are sent, by askdoc's own defaults."""
        from askdoc.care.rules import sending_rules

        return sending_rules(self.defaults)

    @cached_property
    def reminder_rules(self) -> ReminderRules:
        """When refills are reminded of, by askdoc's own defaults."""
        from askdoc.care.rules import reminder_rules

        return reminder_rules(self.defaults)

    @cached_property
    def own_days(self) -> dict[date, bool]:
        """Days that are open or closed whatever the announced calendar says."""
        from askdoc.care.open_days import load_own_days

        return load_own_days(self.settings.knowledge, self.book)

    @cached_property
    def defaults(self) -> dict[str, Content]:
        """askdoc's own settings; never shown as policy."""
        from askdoc.policy.modelled import load_defaults

        return load_defaults(self.settings.knowledge, self.book)

    def read_all(self) -> None:
        """Read every file of the knowledge folder, so that every mistake is found."""
        from askdoc.soundness import check_soundness

        check_soundness(self.settings.knowledge, self.whole_book, self.catalogue)

    @cached_property
    def assistant(self) -> Assistant:
        """What every turn reads against, each part read once."""
        from askdoc.assistant.assistant import load_assistant

        return load_assistant(self.settings.knowledge, self.book, self.catalogue)

    def context(
        self,
        today: date,
        given: dict[str, str | int | bool],
        questions_asked: int,
        lang: Lang | None,
        speaker: Speaker = "resident",
    ) -> Context:
        """The surroundings of one turn."""
        return self.assistant.context(
            today,
            profile=self.profile.told(),
            given=given,
            questions_asked=questions_asked,
            lang=lang,
            speaker=speaker,
            library=lambda: self.searchable,
            likeness=self.nearest,
            outside=self.outside,
        )

    def context_of(
        self,
        today: date,
        profile: dict[str, str | int | bool],
        given: dict[str, str | int | bool],
        lang: Lang | None,
        speaker: Speaker = "resident",
    ) -> Context:
        """The surroundings of a turn of somebody who is not the owner of this machine.

        No outside model: that needs the consent of the one who speaks.
        """
        return self.assistant.context(
            today,
            profile=profile,
            given=given,
            lang=lang,
            speaker=speaker,
            library=lambda: self.searchable,
            likeness=self.nearest,
        )

    @cached_property
    def outside(self) -> OutsideModel | None:
        """The outside model, when one is set and the person agreed to it.

        Raises BadModelName and NoModelPackage.
        """
        chosen = self.settings.model
        if chosen is None or not has_agreed(self.settings.consent_file, chosen.consent):
            return None
        from askdoc.assistant.outside.outside_model import OutsideModel
        from askdoc.assistant.outside.provider import open_model

        model = open_model(chosen.name, chosen.base_url, chosen.key, chosen.seconds)
        return OutsideModel(model, chosen.seconds)

    @cached_property
    def nearest(self) -> Nearest:
        """How near a question comes to what people say for each frame."""
        from askdoc.assistant.planning.nearest import Nearest

        return Nearest(
            tuple(self.assistant.frames.by_id.values()),
            self.settings.knowledge,
            lambda: self.searchable.kept.embedding,
        )

    @cached_property
    def searchable(self) -> Library:
        """The opened index with the words in front of it."""
        from askdoc.assistant.answers.look_up import Library
        from askdoc.library.vocabulary import load_vocabulary

        return Library(self.open_library(), load_vocabulary(self.settings.knowledge))
