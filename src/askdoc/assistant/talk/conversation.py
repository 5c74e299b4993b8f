"""One turn of a conversation: what is said, with what was said before, becomes an answer.

Emergencies come first and alone. Then what the message does (choose, correct, cancel …), then what
it asks. Nothing here computes: frames choose tools, tools compute, leftovers are named.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from askdoc.assistant.answer import Answer, Choice
from askdoc.assistant.answers.bills_together import bills_together
from askdoc.assistant.answers.composing import together
from askdoc.assistant.answers.known import known_facts
from askdoc.assistant.answers.notes import day_note
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import Dialogue, Opened
from askdoc.assistant.errands.errands import ERRANDS
from askdoc.assistant.planning.choosing import is_asking, sure_frame
from askdoc.assistant.planning.frame import NO_TOOL, Frame
from askdoc.assistant.planning.loop import Called, Plan, run
from askdoc.assistant.planning.tools import Asked, arguments
from askdoc.assistant.reading.facts import Reading
from askdoc.assistant.talk.act_answers import (
    answer_act,
    calmed,
    chatted,
    nothing_understood,
    recipient_of,
    to_a_person,
)
from askdoc.assistant.talk.acts import Act, act_of
from askdoc.assistant.talk.after_emergency import (
    goes_on_urgently,
    is_in_good_hands,
    only_calms,
    with_interrupted,
)
from askdoc.assistant.talk.bills_again import bills_again
from askdoc.assistant.talk.bills_so_far import bill_before
from askdoc.assistant.talk.compound import chosen_for, question_parts
from askdoc.assistant.talk.consulting import chosen_outside, led_in, with_tools
from askdoc.assistant.talk.deciding import Pressed, decided, put_forward
from askdoc.assistant.talk.joining import with_given
from askdoc.assistant.talk.leftovers import is_unread, leftover_lines
from askdoc.assistant.talk.misprints import with_misprints
from askdoc.assistant.talk.no_alarm import compares, goes_on_with, is_errand
from askdoc.assistant.talk.pointing import with_pointed
from askdoc.assistant.talk.remembering import after, with_told
from askdoc.assistant.talk.small_talk import only_tells_of_medicine
from askdoc.assistant.talk.taking_up import Taken, take_up, with_next
from askdoc.assistant.talk.thought_of_cost import thinks_of_cost
from askdoc.assistant.talk.turned import Turned
from askdoc.assistant.talk.whom import named_in
from askdoc.assistant.talk.wishes import gives_up, with_wishes
from askdoc.assistant.triage.alarms import Alarm, advice, triage
from askdoc.wording import Lang, phrase

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

# Acts that a message may begin with, and ask something.
_COURTESIES = ("thanks", "hello")
# Acts about the last answer, where no other one is named.
_OF_LAST = ("repeat", "simpler", "what")
# What looks a question up that no frame fits.
_SEARCH = "policy"
# A tool whose two bills have days of their own; it says itself which were not exact.
_OF_TWO_DAYS = "explain_bill"
# What may be meant by the name of a medicine in a sentence that asks nothing.
_OF_A_MEDICINE = ("medicine", "alternatives")


def converse(
    said: str, dialogue: Dialogue, context: Context, pressed: Pressed | None = None
) -> Turned:
    """The answer to a message, the state after it, and the tool calls that were made.

    `pressed` are the facts of the button behind the message, where one was pressed.
    """
    now = context.read(said)
    lang: Lang = context.lang or _spoken(said, now, dialogue)
    dialogue = replace(dialogue, turn=dialogue.turn + 1, lang=lang)
    alarm = triage(said, context.flags, context.speaker)
    if alarm is not None and is_in_good_hands(alarm, said, dialogue):
        alarm = None
    if alarm is not None and goes_on_with(alarm, now, dialogue):
        alarm = None
    if alarm is None and dialogue.told and goes_on_urgently(said, dialogue):
        answer = Answer("emergency", dialogue.told.lines, lang=lang)
        return Turned(answer, dialogue)
    if alarm is None and only_calms(now, said, dialogue) and not _is_act(said, dialogue, context):
        return calmed(dialogue, lang)
    found = None if alarm else decided(said, pressed, dialogue, context, lang)
    if found is not None:
        return found
    free = replace(dialogue, waiting=None)
    return put_forward(_replied(said, now, alarm, free, context), said, dialogue.waiting, context)


def _is_act(said: str, dialogue: Dialogue, context: Context) -> bool:
    """Whether a message does something of its own: 没事了，接着算."""
    latest = dialogue.latest
    return act_of(said, context.lexicon, latest.choices if latest else ()) is not None


def _replied(
    said: str, now: Reading, alarm: Alarm | None, dialogue: Dialogue, context: Context
) -> Turned:
    """The turn without what was proposed before it."""
    around = context.surroundings()
    lang: Lang = dialogue.lang or now.lang
    if alarm is None and thinks_of_cost(now):
        alarm = Alarm("wants_to_stop", "wants_to_stop", said, 0, len(said))
    beside = compares(now) or (
        alarm is not None and alarm.kind == "wants_to_stop" and thinks_of_cost(now)
    )
    if alarm is not None and alarm.kind != "emergency" and beside:
        turned = _asked(now, None, dialogue, context, lang)
        lines = (*turned.answer.lines, *advice(alarm, lang))
        return replace(turned, answer=replace(turned.answer, lines=lines))
    if alarm is not None and not is_errand(alarm, now, context):
        return _alarmed(alarm, said, now, dialogue, lang)
    dialogue = with_interrupted(now, dialogue, context)
    latest = dialogue.latest
    act = act_of(said, around.lexicon, latest.choices if latest else ())
    if act is not None and act.kind in _COURTESIES and _says_more(now):
        act = None
    if act is not None and act.kind == "repeat" and now.facts.keys() & {"tier", "setting"}:
        # 三级那张再说一次 asks for that one, not for the last.
        act = None
    if act is not None and act.kind in _OF_LAST and bills_again(now, dialogue):
        act = None
    if act is not None and act.kind == "resume" and dialogue.set_aside is not None:
        back = replace(dialogue, set_aside=None)
        again = context.read(dialogue.set_aside)
        head = phrase("assistant.resumed", lang)
        context.tell(head)
        return _with_head(_asked(again, None, back, context, lang), head)
    given_up = gives_up(now, latest, context) if act is not None and act.kind == "cancel" else None
    if given_up is not None:
        return _asked(given_up, None, dialogue, context, lang)
    if act is not None:
        found = answer_act(act, dialogue, context, lang, bool(now.persons))
        if found is not None:
            return found
    return _asked(now, act, dialogue, context, lang)


def _says_more(now: Reading) -> bool:
    """Whether a message thanks or greets and goes on: 谢谢，那我妈呢."""
    asks = now.asks or (now.persons and is_asking(now.text))
    return bool(asks or now.mentions or now.amounts or now.facts)


def _spoken(said: str, now: Reading, dialogue: Dialogue) -> Lang:
    """The language of a message; a bare number is in the language of the talk."""
    return now.lang if any(map(str.isalpha, said)) else dialogue.lang or "zh"


def _alarmed(alarm: Alarm, said: str, now: Reading, dialogue: Dialogue, lang: Lang) -> Turned:
    """Advice alone; a question in the same message waits until it is taken up again."""
    if alarm.kind == "emergency":
        waits = said if now.asks or now.amounts or now.mentions else dialogue.set_aside
        answer = Answer("emergency", advice(alarm, lang), lang=lang)
        return Turned(answer, with_told(replace(dialogue, set_aside=waits), answer), ())
    whom = recipient_of(alarm.kind)
    ways = (Choice(phrase(f"assistant.offer.{whom}", lang), {"hand_over": whom}),)
    answer = Answer("decline", advice(alarm, lang), choices=ways, lang=lang)
    opened = Opened("policy", now, choices=ways)
    return Turned(answer, with_told(dialogue.opened(opened), answer), ())


def _asked(
    now: Reading,
    act: Act | None,
    dialogue: Dialogue,
    context: Context,
    lang: Lang,
) -> Turned:
    dialogue = with_next(now, dialogue, context)
    now = with_pointed(now, dialogue, context)
    now = with_misprints(now, dialogue)
    now = with_wishes(now, _under_way(dialogue, context), context)
    taken = take_up(now, _read_on(now, act, context), dialogue, context)
    taken = replace(taken, reading=with_given(taken.reading, context.given))
    if taken.hand_over is not None:
        return to_a_person(taken.hand_over, dialogue, context, lang)
    if taken.idle:
        return chatted(now, dialogue, lang)
    frames, readings, band = _frames(taken, context)
    called: list[Called] = []
    refused: tuple[Called, ...] = ()
    if context.outside is not None and (band == "offer" or not frames):
        own = {
            frame.tool: (frame, _plan(frame, taken.reading, taken, dialogue, context, lang))
            for frame in with_tools(context.frames.by_id.values())
        }
        chosen, refused = chosen_outside(now.text, own, context, lang)
        called = [one for _, one in chosen]
        if chosen:
            frames, band = tuple(frame for frame, _ in chosen), "act"
            readings = [taken.reading] * len(frames)
    if band == "offer":
        return replace(_offered(frames, taken, dialogue, context, lang), called=refused)
    if not frames:
        frames, readings = (context.frames.by_id[_SEARCH],), [taken.reading]
    without = [frame for frame in frames if frame.tool == NO_TOOL]
    if without:
        answer = Answer(
            "decline",
            tuple(phrase(f"assistant.not_yet.{frame.id}", lang) for frame in without),
            lang=lang,
        )
        opened = Opened(frames[0].id, taken.reading, taken.asked)
        return Turned(answer, with_told(dialogue.opened(opened), answer), ())
    plans = [
        _plan(frame, reading, taken, dialogue, context, lang)
        for frame, reading in zip(frames, readings, strict=True)
    ]
    called = called or run(_planner(), now.text, plans)[0]
    answers = [one.answer for one in called if one.answer is not None]
    answer = _as_one(answers, taken, lang)
    if band == "nothing" and answer.kind not in ("answer", "ask"):
        answer = nothing_understood(lang)
        return Turned(answer, with_told(dialogue, answer), refused)
    answer = _finished(answer, frames, now, taken, plans[0].asked, lang)
    phrased = None
    # Errands tell of the patient's own records, which are nobody else's to read.
    if not any(frame.tool in ERRANDS for frame in frames):
        answer, phrased = led_in(answer, now, called, context, dialogue.deeds)
    looked_up = answer.passages or answer.kind == "nothing_found"
    unread = is_unread(now) and not taken.in_form and taken.again is None
    if act is None and answer.kind != "ask" and not looked_up and unread:
        line = phrase("assistant.left_over.not_understood", lang, words=now.text)
        answer = replace(answer, lines=(*answer.lines, line))
    state = after(answer, frames[0], taken, dialogue)
    state = replace(state, named={**state.named, **named_in(now, context)})
    return Turned(answer, state, (*refused, *called), None, phrased)


def _under_way(dialogue: Dialogue, context: Context) -> Frame | None:
    latest = dialogue.latest
    return None if latest is None else context.frames.by_id[latest.frame]


def _read_on(now: Reading, act: Act | None, context: Context) -> Act | None:
    """The act, unless its words belong to an errand: 改成早上提醒 corrects nothing."""
    own = sure_frame(now, context.frames)
    is_errand = own is not None and own.tool in ERRANDS
    return None if act is not None and act.kind == "correct" and is_errand else act


def _planner() -> BaseChatModel:
    from askdoc.assistant.planning.planner import Planner

    return Planner()


def _frames(taken: Taken, context: Context) -> tuple[tuple[Frame, ...], list[Reading], str]:
    """The frames to act on with the reading of each; or those to offer."""
    if taken.again is not None:
        bills = list(taken.again.bills)
        return (context.frames.by_id[str(taken.frame)],) * len(bills), bills, "act"
    if taken.frame is not None:
        return (context.frames.by_id[taken.frame],), [taken.reading], "act"
    split = question_parts(taken, context)
    if split:
        return tuple(frame for frame, _ in split), [reading for _, reading in split], "act"
    chosen = chosen_for(taken.reading, context)
    if chosen.band == "act" and only_tells_of_medicine(taken.reading, context):
        return tuple(context.frames.by_id[one] for one in _OF_A_MEDICINE), [], "offer"
    return chosen.frames, [taken.reading] * len(chosen.frames), chosen.band


def _plan(
    frame: Frame,
    reading: Reading,
    taken: Taken,
    dialogue: Dialogue,
    context: Context,
    lang: Lang,
) -> Plan:
    asking = replace(context, questions_asked=max(taken.asked, context.questions_asked))
    known = known_facts(reading, asking)
    day = date.fromisoformat(str(known["day"].value)) if "day" in known else context.today
    before = bill_before(reading, dialogue)
    asked = Asked(reading, known, replace(asking, today=day), lang, before)
    return Plan(frame.tool, arguments(frame.uses, asked), asked)


def _as_one(answers: list[Answer], taken: Taken, lang: Lang) -> Answer:
    if not answers:
        return nothing_understood(lang)
    if taken.again is not None and taken.again.are_several:
        return bills_together(answers, taken.again.way == "added", lang)
    return together(answers, lang)


def _finished(
    answer: Answer,
    frames: tuple[Frame, ...],
    now: Reading,
    taken: Taken,
    asked: Asked,
    lang: Lang,
) -> Answer:
    """The answer with what it passed over, what day it is for, and whose matter it is."""
    context = asked.context
    lines = list(answer.lines)
    if taken.corrected:
        lines.insert(0, phrase("assistant.act.corrected", lang))
    dated = any(frame.tool == _OF_TWO_DAYS or frame.tool in ERRANDS for frame in frames)
    if answer.kind in ("answer", "nothing_found") and not dated:
        lines += day_note(taken.reading.vague_days, context.today, _today(context), lang)
    if answer.kind != "ask" or answer.missing != ("amount",):
        lines += leftover_lines(now, frames, answer, context, lang)
    subject = taken.reading.subject
    of_one = subject != "self" and not (taken.again and taken.again.are_several)
    about = phrase(f"assistant.subject.{subject}", lang) if of_one else ""
    named = phrase(f"assistant.who.{subject}", lang)
    if about and not any(about in line or line.startswith(named) for line in lines):
        lines.insert(1 if taken.corrected else 0, about)
    if context.speaker == "doctor" and answer.brief:
        lines = [*answer.brief, *(line for line in lines if line not in answer.brief)]
    return replace(answer, lines=tuple(dict.fromkeys(lines)))


def _today(context: Context) -> date:
    return context.now_day or context.today


def _offered(
    frames: tuple[Frame, ...], taken: Taken, dialogue: Dialogue, context: Context, lang: Lang
) -> Turned:
    """Two to four things that may be meant, as choices."""
    ways = tuple(
        Choice(phrase(f"assistant.frame.{frame.id}", lang), {"frame": frame.id}) for frame in frames
    )
    answer = Answer("ask", (phrase("assistant.offer.head", lang),), choices=ways, lang=lang)
    opened = Opened(frames[0].id, taken.reading, taken.asked, None, ways)
    return Turned(answer, with_told(dialogue.opened(opened), answer), ())


def _with_head(turned: Turned, head: str) -> Turned:
    answer = replace(turned.answer, lines=(head, *turned.answer.lines))
    return Turned(answer, turned.dialogue, turned.called)
