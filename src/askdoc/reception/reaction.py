"""What a message leads to: messages that leave, and what is kept, all of it at once or nothing."""

from dataclasses import dataclass, replace

from askdoc.reception.chat import Chat, Offers, Person, StopReason
from askdoc.reception.consents import ConsentKind
from askdoc.reception.draft import Draft


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing is sent any more to this resident (None: to this chat), from now on."""

    resident: str | None
    reason: StopReason


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent that was given or withdrawn in the chat itself.

    `about` is the resident whose reminders are meant; None: what is said in the chat.
    """

    kind: ConsentKind
    given: bool
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A text for the person, with buttons; `edit_of` is the message it replaces."""

    text: str
    offers: Offers | None = None
    edit_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What a message leads to. `chat` is the chat afterwards.

    `redeems` is the digest of a code that is used up by this message. `passed_on` is the id of a
    button of a message that another room sent; `opts_in` are the residents who are to be written to
    again; `resumes`: so are those whom only the clinic's records name here; `forgets` removes all
    that is kept of the chat.
    """

    chat: Chat
    says: tuple[Saying, ...] = ()
    draft: Draft | None = None
    redeems: str | None = None
    stop: Stop | None = None
    consents: tuple[Consent, ...] = ()
    opts_in: tuple[str, ...] = ()
    resumes: bool = False
    passed_on: str | None = None
    forgets: bool = False

    def saying(self, *more: Saying) -> "Reaction":
        """With more texts; their buttons answer from now on."""
        chat = self.chat
        for one in more:
            if one.offers is not None:
                chat = chat.offering(one.offers)
        return replace(self, chat=chat, says=(*self.says, *more))

    def with_person(self, person: Person) -> "Reaction":
        """With a person of the chat added or changed."""
        return replace(self, chat=self.chat.with_person(person))
