"""Answers to what a message does: cancel, repeat, simpler, sources, a person, hello, thanks."""

from dataclasses import replace

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Opened, Told
from askdoc.assistant.planning.choosing import is_asking
from askdoc.assistant.proposal import Proposal
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.acts import Act
from askdoc.assistant.talk.turned import Turned
from askdoc.wording import Lang, phrase

_EXAMPLES = ("example_cost", "example_medicine", "example_place")
_NOT_FOR_DOCTORS = ("scam",)
_SHOWN = ("region", "scheme", "status", "tier", "setting", "age", "medicine")


def answer_act(
    act: Act, dialogue: Dialogue, context: Context, lang: Lang, others: bool = False
) -> Turned | None:
    """The answer to an act that needs no tool; None when the message is to be read on.

    `others`: it names a person, so that it is not about the last answer.
    """
    if act.kind == "person":
        return to_a_person("staff", dialogue, context, lang)
    if act.kind == "cancel":
        stack = dialogue.stack[:-1]
        return _said(
            replace(dialogue, stack=stack), [phrase("assistant.act.cancelled", lang)], lang
        )
    if act.kind in ("hello", "help"):
        return _said(dialogue, [phrase("assistant.act.hello", lang), *_examples(lang)], lang)
    if act.kind in ("thanks", "ok"):
        return _said(dialogue, [phrase("assistant.act.thanks", lang)], lang)
    if act.kind == "how" and not (dialogue.told and dialogue.told.steps):
        return None
    if act.kind in ("repeat", "simpler", "what", "sources", "how") and not others:
        return _of_last(act, dialogue, lang)
    if act.kind == "resume" and dialogue.latest is None:
        return _said(dialogue, [phrase("assistant.act.resume_nothing", lang)], lang)
    return None


def nothing_understood(lang: Lang) -> Answer:
    """That it was not understood, with three examples and a person to turn to."""
    head, person = (phrase(f"assistant.nothing.{key}", lang) for key in ("head", "person"))
    return Answer("nothing_found", (head, *_examples(lang), person), lang=lang)


def chatted(now: Reading, dialogue: Dialogue, lang: Lang) -> Turned:
    """The answer to small talk: the question under way stands, and one back is put again."""
    if is_asking(now.text) or dialogue.latest is None:
        return Turned(nothing_understood(lang), dialogue)
    latest, told = dialogue.latest, dialogue.told
    heard = phrase("assistant.act.chatted", lang)
    if latest is None or latest.wants is None or told is None:
        return _said(dialogue, [heard], lang)
    answer = Answer(
        "ask", (heard, *told.lines), missing=(latest.wants,), choices=latest.choices, lang=lang
    )
    return Turned(answer, dialogue)


def calmed(dialogue: Dialogue, lang: Lang) -> Turned:
    """The answer to whoever tells that an emergency is cared for: the question still stands."""
    waits = dialogue.latest is not None or dialogue.set_aside is not None
    name = "chatted" if waits else "resume_nothing"
    return _said(dialogue, [phrase(f"assistant.act.{name}", lang)], lang)


def _examples(lang: Lang) -> list[str]:
    return [phrase(f"assistant.nothing.{key}", lang) for key in _EXAMPLES]


def _said(dialogue: Dialogue, lines: list[str], lang: Lang) -> Turned:
    return Turned(Answer("answer", tuple(lines), lang=lang), dialogue)


def _of_last(act: Act, dialogue: Dialogue, lang: Lang) -> Turned:
    told = dialogue.told
    if told is None:
        return _said(
            dialogue, [phrase("assistant.act.nothing_before", lang), *_examples(lang)], lang
        )
    choices = dialogue.latest.choices if dialogue.latest else ()
    lines = list(_lines(act, told, lang))
    return Turned(Answer("answer", tuple(lines), choices=choices, lang=lang), dialogue)


def _lines(act: Act, told: Told, lang: Lang) -> tuple[str, ...]:
    if act.kind == "repeat":
        return told.lines
    if act.kind in ("simpler", "what"):
        return (phrase("assistant.act.simpler", lang), *told.brief)
    if act.kind == "how":
        return (phrase("assistant.act.how", lang), *told.steps, *told.brief)
    if not told.sources:
        return (phrase("assistant.act.no_sources", lang),)
    head, sure = (phrase(f"assistant.act.{key}", lang) for key in ("sources", "still_sure"))
    return (head, *(f"· {one}" for one in told.sources), sure)


def recipient_of(matter: str) -> str:
    """Who should see a matter of care: the person's own doctor, unless it is no doctor's."""
    return "staff" if matter in _NOT_FOR_DOCTORS else "doctor"


def to_a_person(recipient: str, dialogue: Dialogue, context: Context, lang: Lang) -> Turned:
    """The question put together for a person, to be left to them once the speaker agrees."""
    latest = dialogue.latest
    if latest is None:
        answer = Answer("ask", (phrase("assistant.hand_over.which", lang),), lang=lang)
        return Turned(answer, dialogue)
    summary = _summary(latest, context, lang)
    lines = (phrase(f"assistant.hand_over.{recipient}", lang), summary)
    proposal = Proposal(
        doer="hand_over",
        details={"recipient": recipient, "summary": summary},
        done=f"assistant.hand_over.done_{recipient}",
        kind="handed_over",
    )
    return Turned(Answer("ask", lines, lang=lang, proposal=proposal), dialogue)


def _summary(latest: Opened, context: Context, lang: Lang) -> str:
    known = known_facts(latest.reading, context)
    shown = [
        telling.fact(name, known[name].value, lang, context.book)
        for name in _SHOWN
        if name in known
    ]
    question = latest.reading.text
    if not shown:
        return phrase("assistant.hand_over.plain", lang, question=question)
    facts = phrase("assistant.comma", lang).join(shown)
    return phrase("assistant.hand_over.summary", lang, facts=facts, question=question)
