"""What a message leads to: a command, a button, a consent, or a turn of the assistant.

Nothing here writes, sends or asks the time. What a reader would not guess: an emergency is answered
before anything else, even to somebody who agreed to nothing, and is not kept then.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from askdoc.assistant.context import Context
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import JsonObject, Transcript
from askdoc.assistant.triage.alarms import advice, triage
from askdoc.channels import Abilities, Inbound, Media, number_said
from askdoc.reception.chat import Chat, Offered, Person, Shown
from askdoc.reception.commands import Command, command_of
from askdoc.reception.draft import draft_of
from askdoc.reception.enrolment import Enrolment
from askdoc.reception.reaction import Reaction, Saying
from askdoc.reception.requests import (
    answer_command,
    choose_person,
    consent_asked,
    link,
    pressed,
    wanted_code,
)
from askdoc.reception.seen import Heard
from askdoc.reception.telling import said, told
from askdoc.wording import Lang, phrase

# What a button does that another room answers for.
ELSEWHERE = "elsewhere"
_GROUP_DECLINED_EVERY = timedelta(days=1)
_NUMBERS_COUNT_FOR = timedelta(days=7)


class Seen(Protocol):
    """What was found in a picture or a recording, as something to be confirmed."""

    def saying(self, lang: Lang) -> Saying:
        """What is read back to the person, with what they can answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a message is worked on with.

    `transcript` is one inside the transaction that keeps all of it, where a turn needs that.
    `states` holds the dialogue states of the chat's conversations, `enrolment` what the code in
    the message stands for (None: nothing, or used up), `shown` what a number chooses from.
    `look` reads a picture or a recording.
    """

    now: datetime
    abilities: Abilities
    context: Callable[[Person, Lang | None], Context]
    states: Mapping[str, JsonObject | None]
    enrolment: Enrolment | None = None
    transcript: Transcript | None = None
    shown: Shown | None = None
    look: Callable[[Media], Seen | None] | None = None


def react(message: Inbound, chat: Chat, around: Around) -> Reaction:
    """What the message leads to."""
    # Who writes to us is no longer one who blocked us.
    chat = replace(chat, heard_at=around.now, blocked_at=None)
    if message.choice is not None:
        return _button(message.choice, message, chat, around)
    if message.media is not None:
        return _medium(message.media, chat, around)
    text = message.text or ""
    command = command_of(text)
    if command is not None and command.name == "group":
        return _decline_group(chat, around.now)
    if not around.abilities.buttons and (chosen := _chosen(text, around.shown)) is not None:
        return _by_number(chosen, message, chat, around)
    if command is not None:
        return _commanded(command, chat, around)
    if chat.consented_at is None:
        return _without_consent(text, chat, around)
    return turn(text, chat, around)


def code_wanted(message: Inbound, chat: Chat, shown: Shown | None) -> str | None:
    """The digest of the code that the message would use up, to be looked up before `react`."""
    chosen = message.choice or _chosen(message.text or "", shown)
    if chosen is None:
        command = command_of(message.text) if message.text else None
        return wanted_code(command.rest) if command else None
    found = chat.pressed(chosen)
    return (found[1].does.partition("|")[2] or None) if found and _links(found[1]) else None


def _links(button: Offered) -> bool:
    return button.does.startswith("consent:yes|")


def turn(
    text: str, chat: Chat, around: Around, pressed_sets: Mapping[str, str] | None = None
) -> Reaction:
    """A turn of the assistant for the person that the chat asks for, as `askdoc chat` takes it.

    Raises NeedsTransaction, when it was not given a transcript in one.
    """
    person = chat.person or Person(id=chat.id, label="")
    if len(chat.people) > 1 and chat.acting is None:
        return choose_person(chat, text)
    draft = draft_of(person.conversation, around.states)
    if draft.before is None:
        draft.open_conversation(chat.channel, "resident", around.now)
    kept = around.transcript if around.transcript and draft.before is not None else draft
    context = around.context(person, chat.lang)
    session = Session(kept, draft.conversation)
    answer = session.say(text, context, around.now, pressed_sets)
    about = person.label if len(chat.people) > 1 else None
    after = chat.with_person(replace(person, conversation=draft.conversation))
    return Reaction(chat=after, draft=draft).saying(told(answer, about))


def _commanded(command: Command, chat: Chat, around: Around) -> Reaction:
    if command.name in ("link", "start") and command.rest:
        return link(command.rest, chat, around.enrolment, around.abilities, around.now)
    return answer_command(command, chat, around.abilities, around.now)


def _without_consent(text: str, chat: Chat, around: Around) -> Reaction:
    """What can be said to somebody who did not agree yet: advice in an emergency, and the ask."""
    context = around.context(Person(id=chat.id, label=""), chat.lang)
    # A bare number or a sign is in no language: then Chinese, as the reminder before it was.
    read = context.read(text).lang if any(map(str.isalpha, text)) else "zh"
    lang = chat.lang or read
    return Reaction(chat=chat).saying(
        _urgent(text, context, lang) or consent_asked(lang, around.abilities)
    )


def _urgent(text: str, context: Context, lang: Lang) -> Saying | None:
    """What to do in an emergency; None when the text tells of none."""
    alarm = triage(text, context.flags)
    if alarm is None or alarm.kind != "emergency":
        return None
    return Saying("\n".join(advice(alarm, lang)))


def _button(id: str, message: Inbound, chat: Chat, around: Around) -> Reaction:
    found = chat.pressed(id)
    if found is None or found[1].does == ELSEWHERE:
        # A button of another room's message, or one of long ago: who keeps it decides.
        return Reaction(chat=chat, passed_on=id)
    offers, button = found
    reaction = _does(button, chat, around)
    if message.pressed_on is None or not around.abilities.edits or reaction.forgets:
        return reaction
    shown = phrase("reception.pressed", chat.lang or "zh", text=offers.text, label=button.label)
    edit = Saying(shown, edit_of=message.pressed_on)
    return replace(reaction, says=(edit, *reaction.says))


def _does(button: Offered, chat: Chat, around: Around) -> Reaction:
    verb, _, rest = button.does.partition(":")
    if verb == "say":
        if chat.consented_at is None:
            return Reaction(chat=chat).saying(consent_asked(chat.lang or "zh", around.abilities))
        return turn(button.label, chat, around, button.sets)
    lang = chat.lang or "zh"
    if verb in ("ask", "heard") and chat.consented_at is not None:
        asked = phrase("reception.photo.asks", lang, name=rest) if verb == "ask" else rest
        return turn(asked, chat, around)
    if verb == "not_it":
        return Reaction(chat=chat).saying(said("not_it", lang))
    if verb == "for":
        person, _, text = rest.partition("|")
        chat = replace(chat, acting=person)
        return turn(text, chat, around) if text else pressed(button.does, chat, around.now)
    if button.does.startswith("consent:yes"):
        links = button.does.partition("|")[2]
        chat = replace(chat, consented_at=around.now)
        after = pressed("consent:yes", chat, around.now, around.abilities)
        if not links:
            return after
        linked = link(links, chat, around.enrolment, around.abilities, around.now, digested=True)
        return replace(linked, says=(*after.says, *linked.says), consents=after.consents)
    return pressed(button.does, chat, around.now, around.abilities)


def _chosen(text: str, shown: Shown | None) -> str | None:
    """The id of the choice that a bare number means; None when it means none."""
    number = number_said(text)
    return shown.numbered(number) if shown is not None and number is not None else None


def _by_number(id: str, message: Inbound, chat: Chat, around: Around) -> Reaction:
    """What a number leads to: as its button would, unless nobody can remember what it was for."""
    if around.shown is not None and around.now - around.shown.at > _NUMBERS_COUNT_FOR:
        return Reaction(chat=chat).saying(said("old_number", chat.lang or "zh"))
    return _button(id, message, chat, around)


def _medium(medium: Media, chat: Chat, around: Around) -> Reaction:
    lang = chat.lang or "zh"
    reaction = Reaction(chat=chat)
    if chat.consented_at is None:
        return reaction.saying(consent_asked(lang, around.abilities))
    seen = around.look(medium) if around.look is not None else None
    if seen is None:
        return reaction.saying(said(f"unread.{medium.kind}", lang))
    urgent = None
    if isinstance(seen, Heard):
        # Who is in need must not first be asked whether they were heard right.
        urgent = _urgent(seen.text, around.context(Person(id=chat.id, label=""), chat.lang), lang)
    return reaction.saying(urgent or seen.saying(lang))


def _decline_group(chat: Chat, now: datetime) -> Reaction:
    """Health is no matter for a group: said at most once a day, so that it is no noise."""
    lately = chat.declined_at is not None and now - chat.declined_at < _GROUP_DECLINED_EVERY
    if lately:
        return Reaction(chat=chat)
    return Reaction(chat=replace(chat, declined_at=now)).saying(said("group", chat.lang or "zh"))
