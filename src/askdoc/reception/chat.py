"""A chat as it is kept: who speaks there, for whom, in which language, and what they agreed to.

A phone may be shared and a daughter may act for her mother, so a chat has people, and each has a
conversation of their own: what was said of one never answers for another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from askdoc.care.patients import Patient, Relation
from askdoc.wording import Lang

# How many messages with buttons still answer when one of their buttons is pressed.
MOST_OFFERS = 3
MOST_PEOPLE = 8
StopReason = Literal["not_me", "died", "opted_out", "deleted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone for whom a chat may ask: `resident` is the clinic's id, None before linking.

    `label` is what the chat calls them (我, 妈妈); `profile` what the clinic told of them.
    """

    id: str
    label: str
    relation: Relation = "self"
    resident: str | None = None
    conversation: str | None = None
    profile: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """A button that was shown: its opaque id, its label, and what pressing it does.

    `sets` is what a choice of the assistant sets; `does` is then `say`.
    """

    id: str
    label: str
    does: str
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offers:
    """The buttons of one message, with its text, so that it can be shown again without them."""

    text: str
    buttons: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The newest message with choices that reached a chat, whoever sent it: their ids, and when.

    On a channel without buttons a bare number chooses from these.
    """

    choices: tuple[str, ...]
    at: datetime

    def numbered(self, number: int) -> str | None:
        """The id of the choice of this number; None when there is none."""
        return self.choices[number - 1] if 1 <= number <= len(self.choices) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One chat of one channel. `chat` is the channel's own name of it, `id` ours.

    `names_medicines`: whether messages that we begin may name a medicine or a disease.
    """

    id: str
    channel: str
    chat: str
    lang: Lang | None = None
    people: tuple[Person, ...] = ()
    acting: str | None = None
    consented_at: datetime | None = None
    names_medicines: bool = False
    stopped_at: datetime | None = None
    blocked_at: datetime | None = None
    declined_at: datetime | None = None
    heard_at: datetime | None = None
    offers: tuple[Offers, ...] = ()
    wrong_codes: int = 0
    wrong_since: datetime | None = None

    @property
    def person(self) -> Person | None:
        """For whom the chat asks now."""
        for one in self.people:
            if one.id == self.acting:
                return one
        return self.people[0] if self.people else None

    def offering(self, offers: Offers) -> "Chat":
        """With one more message whose buttons answer."""
        return replace(self, offers=(*self.offers, offers)[-MOST_OFFERS:])

    def pressed(self, id: str) -> tuple[Offers, Offered] | None:
        """The message and the button with this id, if it was shown here and still answers."""
        for offers in self.offers:
            for button in offers.buttons:
                if button.id == id:
                    return offers, button
        return None

    def with_person(self, person: Person) -> "Chat":
        """With this person, in place of the one of the same id."""
        others = tuple(one for one in self.people if one.id != person.id)
        return replace(self, people=(*others, person))


def patients_in(chat: Chat, asked_for: Person) -> tuple[Patient, ...]:
    """For whom a chat may act, first the one whom it asks for now.

    To whom nobody else is oneself, "my medicine" is that one's: a daughter who asks for her mother.
    """
    linked = [one for one in chat.people if one.resident is not None]
    found = [
        Patient(one.resident or "", one.relation, "" if one.relation == "self" else one.label)
        for one in sorted(linked, key=lambda one: one.id != asked_for.id)
    ]
    if asked_for.resident is None or any(one.relation == "self" for one in found):
        return tuple(found)
    return (Patient(asked_for.resident, "self", asked_for.label), *found)
