"""`askdoc ask`: one question in free words, with at most two questions back."""

import sys
from collections.abc import Mapping
from datetime import date

from askdoc.assistant import telling
from askdoc.assistant.answer import Answer
from askdoc.assistant.context import MOST_QUESTIONS, Context
from askdoc.assistant.notes import range_so_far
from askdoc.assistant.turn import take_turn
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
) -> None:
    """Answer a question; on a terminal, ask back and go on with what is answered."""
    given = read_facts(flags, house.book)
    asked = 0 if questions else MOST_QUESTIONS
    today = day or date.today()  # noqa: DTZ011  the person's own calendar day
    answer = take_turn(question, house.context(today, given, asked, lang))
    while answer.kind == "ask" and answer.missing and not json and sys.stdin.isatty():
        _print_question(answer)
        said = _typed(phrase("cli.ask.choose", answer.lang))
        asked += 1
        if said.isdigit() and 1 <= int(said) <= len(answer.choices):
            given |= dict(answer.choices[int(said) - 1].sets)
        elif said:
            question = f"{question}，{said}"
        else:
            asked = MOST_QUESTIONS
        answer = take_turn(question, house.context(today, given, asked, lang))
        if not said and answer.kind == "ask":
            break
    if json:
        print_json(as_json(answer, house.context(today, given, asked, lang)))
        return
    print_answer(answer)


def _typed(prompt: str) -> str:
    """What is typed; the end of the input counts as nothing."""
    try:
        return input(prompt).strip()
    except EOFError:
        return ""


def as_json(answer: Answer, context: Context) -> dict[str, object]:
    """An answer under the names of the contract."""
    return {
        "kind": answer.kind,
        "outcome": answer.outcome,
        "text": answer.text,
        "understood": answer.understood,
        "figures": answer.figures,
        "steps": [
            {
                "name": one.name,
                "figure": f"{one.figure:.2f}",
                "text": telling.step(one, answer.lang),
            }
            for one in answer.steps
        ],
        "sources": answer.sources,
        "missing": answer.missing,
        "choices": answer.choices,
        "confidence": answer.confidence,
        "range": answer.range,
        "day": context.today,
    }


def _hint(answer: Answer) -> str:
    """How to go on; a range is only offered where there can be one without the answer."""
    needed = {"region", "amount", "form", "bills"} & set(answer.missing)
    return "say_again" if needed else "non_interactive"


def _print_question(answer: Answer) -> None:
    lines(answer.lines)
    lines(range_so_far(answer.range, answer.lang) if answer.range else [])
    lines(f"  {number}. {choice.label}" for number, choice in enumerate(answer.choices, 1))


def print_answer(answer: Answer) -> None:
    """An answer for a person: its sentences, the sum, what it rests on."""
    if answer.kind == "ask":
        _print_question(answer)
        if answer.missing:
            lines([phrase(f"cli.ask.{_hint(answer)}", answer.lang)])
        return
    lines(answer.lines)
    if answer.steps:
        steps_table(answer.steps, answer.figures, answer.outcome, answer.lang)
    if answer.sources:
        lines([phrase("cli.sources", answer.lang)])
        lines(f"  · {telling.source_line(one, answer.lang)}" for one in answer.sources)
