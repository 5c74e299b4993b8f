"""A change that was proposed, and what the person's next act decides about it.

Strict on purpose: a yes counts only where the message says nothing else, and only right after the
change was read back. Whatever else is said, nothing is done, and the answer says so.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Told, with_deed
from askdoc.assistant.proposal import CONFIRM, DECLINE, Proposal, Waiting, deed_answer, new_key
from askdoc.assistant.talk.acts import act_of, number_said
from askdoc.assistant.talk.turned import Turned
from askdoc.language import normalise
from askdoc.wording import Lang, phrase

Decision = Literal["yes", "no"]
# The facts that a pressed button sets, whichever message it stood under.
Pressed = Mapping[str, str]

_BUTTONS: dict[str, Decision] = {CONFIRM: "yes", DECLINE: "no"}
_NUMBERS: dict[int, Decision] = {1: "yes", 2: "no"}
_MEANINGS: dict[str, Decision] = {"yes": "yes", "no": "no"}
_QUESTION = re.compile(r"[?？]|吗|么|呢")
_BETWEEN = re.compile(r"[\s，。；、！,.;!~…：:\"“”‘’（）()]+")
_SMALL = (
    *(
        "吧",
        "啊",
        "呀",
        "哦",
        "噢",
        "喔",
        "哈",
        "嗯",
        "的",
        "请",
        "您",
        "你",
        "帮我",
        "那就",
        "谢谢",
    ),
    *("多谢", "麻烦", "辛苦", "please", "thanks", "thank you", "then", "and"),
)
# Acts about the last answer leave what was proposed where it is.
_LEAVING = ("repeat", "simpler", "what", "sources", "thanks", "hello", "help")


def decision_of(said: str, decisions: Mapping[str, str]) -> Decision | None:
    """What a message decides; None where it asks, or says anything beside a yes or a no."""
    text = normalise(said).text.lower()
    if _QUESTION.search(text):
        return None
    core = _BETWEEN.sub(" ", text).strip()
    number = number_said(core)
    if number is not None:
        return _NUMBERS.get(number)
    words = re.compile(
        "|".join(map(re.escape, sorted((*decisions, *_SMALL), key=len, reverse=True)))
    )
    if words.sub("", core).strip():
        return None
    meant = {decisions[word] for word in words.findall(core) if word in decisions}
    return _MEANINGS[meant.pop()] if len(meant) == 1 else None


def decided(
    said: str, pressed: Pressed | None, dialogue: Dialogue, context: Context, lang: Lang
) -> Turned | None:
    """The turn of a message that decides; None when it is to be read on.

    A yes to what waits comes back as an order, with the answer for when nobody carries it out.
    """
    after = replace(dialogue, waiting=None)
    waiting = dialogue.waiting
    button = _button(pressed)
    if button is not None and (waiting is None or button[0] != waiting.key):
        return _late(button[0], after, lang, waiting is not None)
    decision = button[1] if button else decision_of(said, context.lexicon.decisions)
    if decision is None:
        return None
    if waiting is None:
        return _told_again(after, lang) if decision == "yes" else None
    if decision == "no":
        return replace(_said("declined", after, lang), order=_undone(waiting, context))
    if context.now is None or context.now > waiting.until:
        return _said("expired", after, lang)
    return replace(_said("not_done", after, lang), order=waiting)


def put_forward(turned: Turned, said: str, waiting: Waiting | None, context: Context) -> Turned:
    """The turn with its proposal to confirm; one that waited before goes on waiting, or is dropped.

    `turned` holds a state in which nothing waits.
    """
    answer = turned.answer
    if answer.proposal is not None:
        return ask_to_confirm(turned, answer.proposal, context)
    if waiting is None or answer.kind == "emergency":
        return turned
    act = act_of(said, context.lexicon, ())
    if act is not None and act.kind in _LEAVING:
        answer = replace(answer, choices=_buttons(waiting, answer.lang))
        return replace(turned, answer=answer, dialogue=replace(turned.dialogue, waiting=waiting))
    dropped = phrase("deed.dropped", answer.lang)
    return replace(turned, answer=replace(answer, lines=(*answer.lines, dropped)))


def pressed_key(pressed: Pressed | None) -> str | None:
    """The key of the proposal that a button decides on; None for a button that sets facts."""
    button = _button(pressed)
    return None if button is None else button[0]


def _button(pressed: Pressed | None) -> tuple[str, Decision] | None:
    name = next((one for one in _BUTTONS if one in (pressed or {})), None)
    return None if pressed is None or name is None else (pressed[name], _BUTTONS[name])


def ask_to_confirm(turned: Turned, proposal: Proposal, context: Context) -> Turned:
    """The turn with a proposal that waits; one that was chosen already is an order."""
    answer = replace(turned.answer, kind="ask", missing=(), brief=turned.answer.lines)
    lang = answer.lang
    if context.now is None:
        lines = (*answer.lines, phrase("deed.only_in_conversation", lang))
        return replace(turned, answer=replace(answer, lines=lines, choices=()))
    minutes = int(str(context.defaults["proposal_minutes"]))
    until = context.now + timedelta(minutes=minutes)
    if proposal.until is not None:
        until = min(until, proposal.until)
    waiting = Waiting(proposal, new_key(context.conversation, proposal, context.now), until)
    if proposal.at_once:
        return replace(turned, order=waiting)
    lines = (*answer.lines, phrase("deed.how", lang))
    told = Told(lines, answer.lines, ())
    return replace(
        turned,
        answer=replace(answer, lines=lines, choices=_buttons(waiting, lang)),
        dialogue=replace(turned.dialogue, waiting=waiting, told=told),
    )


def _undone(waiting: Waiting, context: Context) -> Waiting | None:
    """The order that undoes what was prepared for a proposal which was declined."""
    proposal = waiting.proposal
    if proposal.declined is None or context.now is None:
        return None
    undo = replace(proposal, doer=proposal.declined, done="deed.declined", declined=None)
    return Waiting(undo, new_key(context.conversation, undo, context.now), waiting.until)


def _buttons(waiting: Waiting, lang: Lang) -> tuple[Choice, ...]:
    return (
        Choice(phrase("deed.confirm", lang), {CONFIRM: waiting.key}),
        Choice(phrase("deed.decline", lang), {DECLINE: waiting.key}),
    )


def _late(key: str, dialogue: Dialogue, lang: Lang, drops: bool) -> Turned:
    """A button of something that no longer waits: its receipt, where it was done."""
    deed = next((one for one in dialogue.deeds if one.key == key), None)
    if deed is None:
        turned = _said("not_open", dialogue, lang)
    else:
        turned = Turned(deed_answer(deed, lang), with_deed(dialogue, deed))
    if not drops:
        return turned
    lines = (*turned.answer.lines, phrase("deed.dropped_open", lang))
    return replace(turned, answer=replace(turned.answer, lines=lines))


def _told_again(dialogue: Dialogue, lang: Lang) -> Turned | None:
    """The newest receipt once more, where the same yes is said again right after it."""
    if not dialogue.deeds or dialogue.deed_turn != dialogue.turn - 1:
        return None
    deed = dialogue.deeds[-1]
    return Turned(deed_answer(deed, lang), with_deed(dialogue, deed))


def _said(name: str, dialogue: Dialogue, lang: Lang) -> Turned:
    lines = (phrase(f"deed.{name}", lang),)
    return Turned(Answer("answer", lines, brief=lines, lang=lang), dialogue)
