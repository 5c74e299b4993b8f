"""`askdoc chat`: a conversation in the terminal, line by line as it is told."""

import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime

from askdoc.assistant.answer import Answer
from askdoc.assistant.talk.session import Session
from askdoc.assistant.triage.alarms import Speaker
from askdoc.bootstrap import House
from askdoc.cli.ask import open_session, print_answer, print_choices
from askdoc.cli.tables import lines
from askdoc.wording import Lang, phrase

_LEAVE = ("/quit", "/q", "/exit", "退出", "再见", "bye", "quit", "exit")
_FORGET = ("/forget", "/忘记")
# A pause a line, so that an old reader can follow; only on a terminal.
_PAUSE_SECONDS = 0.03


def chat(
    house: House, day: date | None, lang: Lang | None, speaker: Speaker, conversation: str | None
) -> None:
    """Talk until the person leaves; `conversation` goes on with an earlier one.

    Raises UnknownConversation.
    """
    shown: Lang = lang or house.settings.lang
    session = (
        open_session(house, "terminal", speaker)
        if conversation is None
        else Session(house.transcript, conversation)
    )
    if conversation is not None:
        session.transcript.state(conversation)
    lines([phrase("cli.chat.head", shown, conversation=session.conversation)])
    while (said := _line()) is not None and said.lower() not in _LEAVE:
        if not said:
            continue
        if said in _FORGET:
            session.transcript.forget(session.conversation)
            lines([phrase("cli.chat.forgotten", shown)])
            session = open_session(house, "terminal", speaker)
            continue
        today = day or date.today()  # noqa: DTZ011  the person's own calendar day
        context = house.context(today, {}, 0, lang, speaker)
        _tell(session.say(said, context, datetime.now(UTC)))
    lines([phrase("cli.chat.bye", shown)])


def _line() -> str | None:
    try:
        return input("> ").strip()
    except EOFError:
        return None


def _tell(answer: Answer) -> None:
    if not sys.stdout.isatty():
        print_answer(answer)
    else:
        for line in answer.lines:
            lines([line])
            time.sleep(_PAUSE_SECONDS)
        print_answer(replace(answer, lines=()))
    if answer.kind != "ask" and answer.choices:
        lines([phrase("cli.chat.more", answer.lang)])
        print_choices(answer)
