"""The one place that builds things: the book, the catalogue, the lexicon, a turn's context.

Rooms are imported where a part is first built: a sum from a case file needs neither the
catalogue nor the reader, and starts without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from askdoc.consent import has_agreed
from askdoc.policy import Book, load_book
from askdoc.settings import Settings

if TYPE_CHECKING:
    from askdoc.assistant.answers.look_up import Library
    from askdoc.assistant.assistant import Assistant
    from askdoc.assistant.context import Context
    from askdoc.assistant.errands.refill_book import RefillBook
    from askdoc.assistant.errands.slot_book import SlotBook
    from askdoc.assistant.outside.outside_model import OutsideModel
    from askdoc.assistant.planning.nearest import Nearest
    from askdoc.assistant.talk.transcript import Transcript
    from askdoc.assistant.triage.alarms import Speaker
    from askdoc.care.patients import Patient
    from askdoc.care.referrals.hospital_system import HospitalSystem
    from askdoc.care.reminders import ReminderRules
    from askdoc.channels import Channel
    from askdoc.channels.sending import SendingRules
    from askdoc.hospitals.connections import Connection
    from askdoc.identity.secret import Secret
    from askdoc.library.current import Current
    from askdoc.library.keeper import Kept, Place, Progress
    from askdoc.library.vocabulary import Vocabulary
    from askdoc.medicines import Catalogue
    from askdoc.policy.units import Content
    from askdoc.profile import Profile
    from askdoc.storage.booking_office import Office
    from askdoc.storage.database import Database
    from askdoc.storage.deeds import Doer
    from askdoc.storage.transcript import Beside
    from askdoc.wording import Lang

    Watching = Callable[[], AbstractContextManager[Progress | None]]


class House:
    """Everything askdoc knows, each part read when it is first needed.

    `watching` shows how far long work on the index is, whoever happens to need it first.
    """

    def __init__(self, settings: Settings, watching: Watching = nullcontext) -> None:
        self.settings = settings
        self.watching = watching

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

    def open_library(self, patience: float | None = None) -> Kept:
        """The index of today's documents, made now when it is missing.

        `patience`: how many seconds to wait for another process that makes it (None: a few).
        """
        from askdoc.library.keeper import open_index

        with self.watching() as progress:
            return open_index(self.library, lambda: self.whole_book, progress, patience)

    def by_words(self, lang: Lang) -> str | None:
        """Why searches go by words alone; None where they don't, or nothing was looked up yet."""
        without = self._index.without
        return without.sentence(lang) if without else None

    @cached_property
    def database(self) -> Database:
        """Everything that is kept, with the tables made now when they are missing."""
        from askdoc.storage.transcript import open_database

        return open_database(self.settings.database)

    @cached_property
    def transcript(self) -> Transcript:
        """The conversations."""
        from askdoc.storage.transcript import SqlTranscript

        return SqlTranscript(self.database, self.doers)

    def transcript_with(self, beside: Beside) -> Transcript:
        """The conversations; `beside` keeps more in the transaction of each turn."""
        from askdoc.storage.transcript import SqlTranscript

        return SqlTranscript(self.database, self.doers, beside)

    @cached_property
    def doers(self) -> Mapping[str, Doer]:
        """Who carries out what people confirm."""
        from askdoc.storage.refill_doers import refill_doers
        from askdoc.storage.slot_doers import slot_doers

        return {**refill_doers(lambda: self.database), **slot_doers(lambda: self.booking_office)}

    @cached_property
    def refill_book(self) -> RefillBook:
        """What conversations may read of refills."""
        from askdoc.storage.refill_book import SqlRefillBook

        return SqlRefillBook(lambda: self.database, self.reminder_rules, self.own_days)

    def patients_of(self, conversation: str) -> Sequence[Patient]:
        """For whom the speaker of a conversation may act."""
        from askdoc.storage.patients import patients_of

        if not conversation:
            return ()
        with self.database.reading() as kept:
            return patients_of(kept, conversation)

    @cached_property
    def slot_book(self) -> SlotBook:
        """What conversations may read of slots."""
        from askdoc.storage.slot_book import SqlSlotBook

        return SqlSlotBook(lambda: self.booking_office)

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
    def booking_office(self) -> Office:
        """Where slots are given out, with the tables made now when they are missing."""
        from askdoc.care.referrals.hold_rules import hold_rules_of
        from askdoc.care.referrals.terms import terms_by
        from askdoc.storage.booking_office import Office

        terms = terms_by(self.whole_book, self.defaults)
        connected = frozenset(self.hospital_connections)
        return Office(self.database, hold_rules_of(self.defaults), terms, connected)

    @cached_property
    def hospital_connections(self) -> Mapping[str, Connection]:
        """How hospitals' own systems are asked, by hospital. Raises BadConnection."""
        from askdoc.hospitals.connections import load_connections

        return load_connections(self.settings.hospitals_file, self.book.regions)

    @cached_property
    def hospital_systems(self) -> Mapping[str, HospitalSystem]:
        """Hospitals' own systems. Raises BadConnection and NoFhirPackage."""
        from askdoc.hospitals.connections import open_systems

        return open_systems(self.hospital_connections)

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

        return replace(reminder_rules(self.defaults), name_of=self._medicine_name)

    def _medicine_name(self, id: str) -> str | None:
        return self._names.get(id)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """What the medicines of the catalogue are called, by their ids."""
        shelves = self.catalogue.shelves.values()
        return {one.id: one.name for shelf in shelves for one in shelf.medicines}

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
        patients: Callable[[str], Sequence[Patient]] | None = None,
    ) -> Context:
        """The surroundings of one turn; `patients` where somebody else says for whom it may be."""
        context = self.context_of(today, self.profile.told(), given, lang, speaker)
        return replace(
            context,
            questions_asked=questions_asked,
            outside=self.outside,
            patients_of=patients or self.patients_of,
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
            patients_of=self.patients_of,
            refills=self.refill_book,
            slots=self.slot_book,
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

    @property
    def searchable(self) -> Library:
        """The opened index with the words in front of it."""
        from askdoc.assistant.answers.look_up import Library

        return Library(self._index.kept(), self._vocabulary)

    @cached_property
    def _index(self) -> Current:
        from askdoc.library.current import Current

        return Current(self.open_library)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        from askdoc.library.vocabulary import load_vocabulary

        return load_vocabulary(self.settings.knowledge)
