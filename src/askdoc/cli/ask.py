"""`askdoc ask`: one question in free words, with at most two questions back."""

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.notes import range_so_far
from askdoc.assistant.as_plain import answer_record
from askdoc.assistant.context import MOST_QUESTIONS
from askdoc.assistant.talk.session import Session
from askdoc.assistant.triage.alarms import Speaker
from askdoc.bootstrap import House
from askdoc.cli.tables import lines, steps_table
from askdoc.cli.words import print_json
from askdoc.profile import read_facts
from askdoc.wording import Lang, phrase


def ask_question(
    house: House,
    question: str,
    flags: Mapping[str, str | None],
    day: date | None,
    lang: Lang | None,
    questions: bool,
    json: bool,
    speaker: Speaker = "resident",
) -> None:
    """Answer a question; on a terminal, ask back and go on with what is answered."""
    given = read_facts(flags, house.book)
    asked = 0 if questions else MOST_QUESTIONS
    today = day or date.today()  # noqa: DTZ011  the person's own calendar day
    context = house.context(today, given, asked, lang, speaker)
    session = open_session(house, "ask", speaker)
    answer = session.say(question, context, datetime.now(UTC))
    while answer.kind == "ask" and not json and sys.stdin.isatty():
        print_answer(answer)
        said = typed(phrase("cli.ask.choose", answer.lang))
        if not said:
            context = house.context(today, given, MOST_QUESTIONS, lang, speaker)
            said = phrase("cli.ask.unsure", answer.lang)
        before = answer
        answer = session.say(said, context, datetime.now(UTC))
        if answer.kind == "ask" and answer.lines == before.lines:
            break
    notice = house.by_words(answer.lang)
    if json:
        print_json(answer_record(answer, context.today) | ({"notice": notice} if notice else {}))
        return
    print_last(answer)
    lines([notice] if notice else [])


def open_session(house: House, channel: str, speaker: Speaker) -> Session:
    """A new conversation. Raises what opening the database raises."""
    transcript = house.transcript
    return Session(transcript, transcript.open_conversation(channel, speaker, datetime.now(UTC)))


def typed(prompt: str) -> str:
    """What is typed; the end of the input counts as nothing."""
    try:
        return input(prompt).strip()
    except EOFError:
        return ""


def _hint(answer: Answer) -> str:
    """How to go on; a range is only offered where there can be one without the answer."""
    needed = {"region", "amount", "form", "bills", "medicine"} & set(answer.missing)
    return "say_again" if needed else "non_interactive"


def _print_question(answer: Answer) -> None:
    lines(answer.lines)
    lines(range_so_far(answer.range, answer.lang) if answer.range else [])
    print_choices(answer)


def print_choices(answer: Answer) -> None:
    """The ways to go on, numbered as they can be answered."""
    lines(f"  {number}. {choice.label}" for number, choice in enumerate(answer.choices, 1))


def print_answer(answer: Answer) -> None:
    """An answer for a person: its sentences, the sum, what it rests on."""
    if answer.kind == "ask":
        _print_question(answer)
        return
    lines(answer.lines)
    if answer.steps:
        steps_table(answer.steps, answer.figures, answer.outcome, answer.lang)
    if answer.sources:
        lines([phrase("cli.sources", answer.lang)])
        lines(f"  · {telling.source_line(one, answer.lang)}" for one in answer.sources)


def print_last(answer: Answer) -> None:
    """An answer after which the program ends: a question back also says how to ask again."""
    print_answer(answer)
    if answer.kind == "ask" and answer.missing:
        lines([phrase(f"cli.ask.{_hint(answer)}", answer.lang)])
