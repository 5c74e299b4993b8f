"""Takes messages out of the inbox one after another and answers them.

What a message leads to and its answers are kept in one transaction with the message being done:
a receptionist that dies in between leaves the message to the next one, which answers it as if for
the first time. A message that breaks three of them is ended with an apology.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from askdoc.assistant.context import Context
from askdoc.assistant.talk.transcript import Transcript
from askdoc.bootstrap import House
from askdoc.channels import Abilities, Inbound, Media, split
from askdoc.channels.letters import Letter, Route
from askdoc.channels.port import Choice
from askdoc.china_days import today_of
from askdoc.reception.chat import Chat, Person, patients_in
from askdoc.reception.draft import NeedsTransaction
from askdoc.reception.reacting import Around, Seen, code_wanted, react
from askdoc.reception.reaction import Reaction, Saying
from askdoc.reception.telling import said
from askdoc.storage.inbox import Claim, CodeUsed, LeaseLost, SqlInbox
from askdoc.wording import Lang

_LOG = logging.getLogger(__name__)
REPLY = "reply"
_MOST_ATTEMPTS = 3
# An answer that could not be delivered for a day would only puzzle.
_ANSWER_HOLDS = timedelta(days=1)
# Room for the mark of a possible repeat.
_MARK_UNITS = 80
Clock = Callable[[], datetime]
Look = Callable[[str, Media, datetime], Seen | None]


class PressedElsewhere(Protocol):
    """Whoever sends messages with buttons of their own: what pressing one of them says."""

    def __call__(self, chat: Chat, choice: str, now: datetime) -> Saying | None:
        """What the person is told; None when this button is none of theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receptionist:
    """What messages are answered with.

    `abilities` says for each channel what it can do; `look` reads a picture or a recording of a
    channel; `elsewhere` are asked in turn about a button that the reception does not know.
    """

    inbox: SqlInbox
    house: House
    abilities: Mapping[str, Abilities]
    clock: Clock
    lease: timedelta = timedelta(minutes=2)
    look: Look | None = None
    elsewhere: tuple[PressedElsewhere, ...] = ()

    def answer_next(self) -> bool:
        """Work on one message; False when none waits."""
        claim = self.inbox.claim(self.clock(), self.lease)
        if claim is None:
            return False
        if claim.attempts > _MOST_ATTEMPTS:
            self._give_up(claim)
            return True
        try:
            self._answer(claim)
        except LeaseLost:
            _LOG.warning("inbox.lease_lost")
        except CodeUsed:
            self.inbox.let_go(claim)
        except Exception as failed:  # noqa: BLE001  one bad message must not stop the others
            _LOG.warning("inbox.defect", extra={"error": type(failed).__name__})
            self.inbox.let_go(claim)
        return True

    def answer_waiting(self, most: int = 1000) -> int:
        """Work on what waits, at most so many; how many were worked on."""
        for count in range(most):
            if not self.answer_next():
                return count
        return most

    def _answer(self, claim: Claim) -> None:
        now = self.clock()
        try:
            reaction, letters = self._led_to(claim, now, None)
        except NeedsTransaction:
            self.inbox.settle_inside(claim, lambda kept: self._led_to(claim, now, kept), now)
        else:
            self.inbox.settle(claim, reaction, letters, now)

    def _led_to(
        self, claim: Claim, now: datetime, transcript: Transcript | None
    ) -> tuple[Reaction, Sequence[Letter]]:
        """What the message leads to, and its answers."""
        message, chat = claim.message, claim.chat
        wanted = code_wanted(message, chat, claim.shown)
        around = Around(
            now=now,
            abilities=self.abilities[message.channel],
            context=lambda person, lang: self._context(claim.chat, person, lang, now),
            states=claim.states,
            transcript=transcript,
            shown=claim.shown,
            enrolment=self.inbox.enrolment(wanted, now) if wanted else None,
            look=(lambda media: self._look(message, media, now)) if self.look else None,
        )
        reaction = react(message, chat, around)
        if reaction.passed_on is not None:
            reaction = self._passed_on(reaction, reaction.passed_on, now)
        return reaction, letters_of(message, reaction, around.abilities, now)

    def _context(self, chat: Chat, person: Person, lang: Lang | None, now: datetime) -> Context:
        today = today_of(now)
        context = self.house.context_of(today, dict(person.profile), {}, lang)
        # Told from the chat: its first conversation is kept only after this message.
        patients = patients_in(chat, person)
        return replace(context, patients_of=lambda _: patients)

    def _look(self, message: Inbound, media: Media, now: datetime) -> Seen | None:
        return self.look(message.channel, media, now) if self.look else None

    def _passed_on(self, reaction: Reaction, choice: str, now: datetime) -> Reaction:
        for ask in self.elsewhere:
            answer = ask(reaction.chat, choice, now)
            if answer is not None:
                return reaction.saying(answer)
        return reaction.saying(said("old_button", reaction.chat.lang or "zh"))

    def _give_up(self, claim: Claim) -> None:
        now = self.clock()
        sorry = Reaction(chat=claim.chat).saying(said("defect", claim.chat.lang or "zh"))
        can = self.abilities[claim.message.channel]
        try:
            self.inbox.give_up(claim, letters_of(claim.message, sorry, can, now), now)
        except LeaseLost:
            _LOG.warning("inbox.lease_lost")


def letters_of(
    message: Inbound, reaction: Reaction, abilities: Abilities, now: datetime
) -> Sequence[Letter]:
    """The answers to a message as letters: short enough each, in their order.

    They are named after the message, so that no message is answered twice.
    """
    found: list[Letter] = []
    chat = reaction.chat
    person = chat.person
    for saying in reaction.says:
        pieces = split(saying.text, abilities.longest_text - _MARK_UNITS)
        for at, text in enumerate(pieces):
            is_last = at == len(pieces) - 1
            buttons = saying.offers.buttons if saying.offers and is_last else ()
            letter = Letter(
                topic=REPLY,
                subject=f"{message.channel}:{message.message_id}",
                cycle=str(len(found)),
                kind="answer",
                recipient=person.resident if person and person.resident else chat.id,
                routes=(Route(message.channel, message.chat),),
                text=text,
                lang=chat.lang or "zh",
                not_before=now,
                not_after=now + _ANSWER_HOLDS,
                choices=tuple(Choice(one.id, one.label) for one in buttons),
                unasked=False,
                edit_of=saying.edit_of if at == 0 else None,
            )
            found.append(letter)
    return found
