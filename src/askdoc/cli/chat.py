"""`askdoc chat`: a conversation in the terminal, each line as soon as it is certain."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from askdoc.assistant.answer import Answer
from askdoc.assistant.talk.session import Session
from askdoc.assistant.triage.alarms import Speaker
from askdoc.bootstrap import House
from askdoc.care.patients import RELATIONS, Patient, relation_from
from askdoc.cli.ask import open_session, print_answer, print_choices
from askdoc.cli.tables import lines
from askdoc.cli.words import BadOption
from askdoc.wording import Lang, phrase

ME = Patient("me", "self")
_LEAVE = ("/quit", "/q", "/exit", "退出", "再见", "bye", "quit", "exit")
_FORGET = ("/forget", "/忘记")
# A pause a line, so that an old reader can follow; only on a terminal.
_PAUSE_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks at this terminal, and for whom they act: `me` first, as in `askdoc slots`."""

    speaker: Speaker
    patients: tuple[Patient, ...] = (ME,)


def speaking(speaker: Speaker, others: list[str]) -> Speaking:
    """Who speaks, with those named as relation:id:label. Raises BadOption."""
    found = []
    for one in others:
        relation, _, rest = one.partition(":")
        resident, _, label = rest.partition(":")
        if relation not in RELATIONS or not resident:
            raise BadOption(option="--for", said=one, allowed=f"{', '.join(RELATIONS)}:ID:…")
        found.append(Patient(resident, relation_from(relation), label))
    # Whoever says which record is their own is no longer "me".
    own = () if any(one.relation == "self" for one in found) else (ME,)
    return Speaking(speaker, (*own, *found))


def chat(
    house: House, day: date | None, lang: Lang | None, who: Speaking, conversation: str | None
) -> None:
    """Talk until the person leaves; `conversation` goes on with an earlier one.

    Raises UnknownConversation.
    """
    shown: Lang = lang or house.settings.lang
    session = _session(house, who.speaker, conversation)
    notice: str | None = None
    lines([phrase("cli.chat.head", shown, conversation=session.conversation)])
    while (said := _line()) is not None and said.lower() not in _LEAVE:
        if not said:
            continue
        if said in _FORGET:
            session.transcript.forget(session.conversation)
            lines([phrase("cli.chat.forgotten", shown)])
            session = open_session(house, "terminal", who.speaker)
            continue
        today = day or date.today()  # noqa: DTZ011  the person's own calendar day
        context = house.context(today, {}, 0, lang, who.speaker, lambda _: who.patients)
        told: list[str] = []
        answer = session.say(said, replace(context, tell=_telling(told)), datetime.now(UTC))
        _tell(answer, told)
        notice, before = house.by_words(answer.lang), notice
        lines([notice] if notice and notice != before else [])
    lines([phrase("cli.chat.bye", shown)])


def _session(house: House, speaker: Speaker, conversation: str | None) -> Session:
    if conversation is None:
        return open_session(house, "terminal", speaker)
    house.transcript.state(conversation)
    return Session(house.transcript, conversation)


def _line() -> str | None:
    try:
        return input("> ").strip()
    except EOFError:
        return None


def _telling(told: list[str]) -> Callable[[str], None]:
    """Prints a line of the answer as soon as it is certain, and notes that it is told."""

    def tell(line: str) -> None:
        lines([line])
        sys.stdout.flush()
        told.append(line)

    return tell


def _tell(answer: Answer, told: Sequence[str]) -> None:
    """What of an answer was not told yet, line by line."""
    rest = [line for line in answer.lines if line not in told]
    for line in rest if sys.stdout.isatty() else ():
        lines([line])
        time.sleep(_PAUSE_SECONDS)
    print_answer(replace(answer, lines=() if sys.stdout.isatty() else tuple(rest)))
    if answer.kind != "ask" and answer.choices:
        lines([phrase("cli.chat.more", answer.lang)])
        print_choices(answer)
