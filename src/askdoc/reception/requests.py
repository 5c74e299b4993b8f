"""What a chat can ask for itself: linking, family, language, stopping, deletion.

Each answer is one short message. Whoever says that a reminder came to the wrong person, or that
somebody died, is believed at once and asked nothing.
"""

import secrets
from dataclasses import replace
from datetime import datetime

from askdoc.channels import Abilities
from askdoc.reception.chat import MOST_PEOPLE, Chat, Person, StopReason
from askdoc.reception.commands import Command
from askdoc.reception.consents import ConsentKind
from askdoc.reception.enrolment import WRONG_WITHIN, Enrolment, code_in, digest, may_try
from askdoc.reception.reaction import Consent, Reaction, Saying, Stop
from askdoc.reception.telling import said, saying
from askdoc.wording import Lang, phrase

_REASONS: dict[str, StopReason] = {"stop": "opted_out", "not_me": "not_me", "died": "died"}


def answer_command(command: Command, chat: Chat, abilities: Abilities, now: datetime) -> Reaction:
    """What a command leads to."""
    lang = chat.lang or "zh"
    name = command.name
    if name == "start" and chat.consented_at is None:
        return Reaction(chat=chat).saying(consent_asked(lang, abilities, None))
    if name == "language":
        return _language(command.rest, chat, lang)
    if name == "family":
        return _family(chat, lang)
    if name == "details":
        return _details(command.rest, chat, lang)
    if name in ("not_me", "died", "stop"):
        return _stopped(name, chat, lang, now)
    if name == "resume":
        return _resumed(chat, lang)
    if name == "delete":
        return Reaction(chat=chat).saying(said("delete", lang, ("delete:yes", "delete:no")))
    if name == "link":
        return Reaction(chat=chat).saying(said("link.how", lang))
    return Reaction(chat=chat).saying(said("start" if name == "start" else "help", lang))


def pressed(does: str, chat: Chat, now: datetime, abilities: Abilities | None = None) -> Reaction:
    """What a button of the reception leads to."""
    lang = chat.lang or "zh"
    crosses = abilities is not None and abilities.crosses_border
    kind: ConsentKind = "cross_border" if crosses else "domestic"
    if does == "consent:yes":
        after = Reaction(chat=replace(chat, consented_at=now), consents=(Consent(kind, True),))
        return after.saying(said("consent.given", lang))
    if does == "consent:no":
        after = Reaction(chat=replace(chat, consented_at=None), consents=(Consent(kind, False),))
        return after.saying(said("consent.refused", lang))
    if does == "delete:yes":
        stop = Stop(None, "deleted")
        return Reaction(chat=chat, forgets=True, stop=stop).saying(said("deleted", lang))
    if does == "delete:no":
        return Reaction(chat=chat).saying(said("not_deleted", lang))
    verb, _, rest = does.partition(":")
    if verb == "remind":
        return _reminded(rest, chat, lang)
    if verb == "for":
        label = next((one.label for one in chat.people if one.id == rest), "")
        return Reaction(chat=chat).saying(said("acting", lang, who=label))
    if verb == "lang":
        return _language(rest, chat, lang)
    return Reaction(chat=chat).saying(said("old_button", lang))


def wanted_code(text: str | None) -> str | None:
    """The digest of the code that a text or the doing of a button asks to use."""
    if text is None:
        return None
    code = code_in(text)
    return digest(code) if code else None


def link(
    said_code: str,
    chat: Chat,
    enrolment: Enrolment | None,
    abilities: Abilities,
    now: datetime,
    digested: bool = False,
) -> Reaction:
    """Link the chat to the resident of a code; without a consent it is asked for first."""
    lang = chat.lang or "zh"
    if not may_try(chat.wrong_codes, chat.wrong_since, now):
        return Reaction(chat=chat).saying(said("link.too_many", lang))
    code = said_code if digested else wanted_code(said_code)
    if code is None or enrolment is None:
        return _wrong_code(chat, lang, now)
    if chat.consented_at is None:
        return Reaction(chat=chat).saying(consent_asked(lang, abilities, code))
    known = [one for one in chat.people if one.resident == enrolment.resident]
    if len(chat.people) >= MOST_PEOPLE and not known:
        return Reaction(chat=chat).saying(said("link.too_many_people", lang))
    person = _linked(chat, enrolment)
    after = replace(chat.with_person(person), acting=person.id, wrong_codes=0, stopped_at=None)
    name = "link.self" if enrolment.relation == "self" else "link.family"
    reaction = Reaction(chat=after, redeems=code)
    buttons = (f"remind:yes|{person.id}", f"remind:no|{person.id}")
    return reaction.saying(said(name, lang, buttons, who=enrolment.label))


def _reminded(asked: str, chat: Chat, lang: Lang) -> Reaction:
    """What a yes or a no to reminders of one person of the chat leads to."""
    word, _, id = asked.partition("|")
    person = next((one for one in chat.people if one.id == id), None)
    if person is None or person.resident is None:
        return Reaction(chat=chat).saying(said("old_button", lang))
    consent = Consent("reminders", word == "yes", person.resident)
    back = (person.resident,) if consent.given else ()
    answer = said(f"reminders.{word}", lang, who=person.label)
    return Reaction(chat=chat, consents=(consent,), opts_in=back).saying(answer)


def _resumed(chat: Chat, lang: Lang) -> Reaction:
    """Whoever asks for reminders agrees to them, for everybody of the chat."""
    who = tuple(one.resident for one in chat.people if one.resident is not None)
    consents = tuple(Consent("reminders", True, one) for one in who)
    again = replace(chat, stopped_at=None)
    after = Reaction(chat=again, consents=consents, opts_in=who, resumes=True)
    return after.saying(said("resumed", lang))


def consent_asked(lang: Lang, abilities: Abilities, links: str | None = None) -> Saying:
    """The question whether what is said may be kept; one of its own where it leaves the country.

    `links` is the digest of a code that is used when the person agrees.
    """
    name = "consent.cross_border" if abilities.crosses_border else "consent.domestic"
    behind = f"|{links}" if links else ""
    return said(name, lang, (f"consent:yes{behind}", "consent:no"))


def choose_person(chat: Chat, text: str) -> Reaction:
    """Ask for whom a question is; it is answered when that is chosen."""
    lang = chat.lang or "zh"
    ways = [(one.label, f"for:{one.id}|{text}") for one in chat.people]
    return Reaction(chat=chat).saying(saying(phrase("reception.for_whom", lang), ways))


def _linked(chat: Chat, enrolment: Enrolment) -> Person:
    """The person of the chat that a code is about: one there is already, or a new one."""
    for one in chat.people:
        is_same = one.resident == enrolment.resident
        is_self = one.resident is None and enrolment.relation == "self"
        if is_same or is_self:
            break
    else:
        one = Person(id=secrets.token_hex(16), label="")
    return replace(
        one,
        label=enrolment.label,
        relation=enrolment.relation,
        resident=enrolment.resident,
        profile=dict(enrolment.profile),
    )


def _wrong_code(chat: Chat, lang: Lang, now: datetime) -> Reaction:
    fresh = chat.wrong_since is None or now - chat.wrong_since >= WRONG_WITHIN
    after = replace(
        chat,
        wrong_codes=1 if fresh else chat.wrong_codes + 1,
        wrong_since=now if fresh else chat.wrong_since,
    )
    return Reaction(chat=after).saying(said("link.wrong", lang))


def _language(asked: str, chat: Chat, lang: Lang) -> Reaction:
    word = asked.lower()
    if word in ("zh", "中文", "chinese"):
        chosen: Lang = "zh"
    elif word in ("en", "english", "英文", "英语"):
        chosen = "en"
    else:
        return Reaction(chat=chat).saying(said("language", lang, ("lang:zh", "lang:en")))
    return Reaction(chat=replace(chat, lang=chosen)).saying(said("language_set", chosen))


def _family(chat: Chat, lang: Lang) -> Reaction:
    if len(chat.people) < 2:
        return Reaction(chat=chat).saying(said("family.none", lang))
    ways = [(one.label, f"for:{one.id}") for one in chat.people]
    return Reaction(chat=chat).saying(saying(phrase("reception.for_whom", lang), ways))


def _details(asked: str, chat: Chat, lang: Lang) -> Reaction:
    word = asked.lower()
    if word not in ("on", "off"):
        return Reaction(chat=chat).saying(said("details.how", lang))
    after = replace(chat, names_medicines=word == "on")
    return Reaction(chat=after).saying(said(f"details.{word}", lang))


def _stopped(name: str, chat: Chat, lang: Lang, now: datetime) -> Reaction:
    reason = _REASONS[name]
    people = chat.people
    if name != "stop":
        # The link ends as well: what is asked here from now on is nobody's but the asker's own.
        people = tuple(one for one in people if one.resident is None)
    after = replace(chat, stopped_at=now, people=people, acting=None)
    stop = Stop(None, reason)
    ends = tuple(
        Consent("reminders", False, one.resident) for one in chat.people if one.resident is not None
    )
    return Reaction(chat=after, stop=stop, consents=ends).saying(said(f"stopped.{reason}", lang))
