"""What a conversation keeps after an answer: the question, its person, what was told."""

from dataclasses import replace

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.assistant.dialogue import Dialogue, Opened, Told
from askdoc.assistant.planning.frame import Frame
from askdoc.assistant.reading.asked_medicines import asked_mentions
from askdoc.assistant.talk.bills_so_far import with_bill
from askdoc.assistant.talk.joining import of_person, with_assumed
from askdoc.assistant.talk.pointing import named_together
from askdoc.assistant.talk.taking_up import Taken
from askdoc.assistant.talk.wishes import without_chosen


def after(answer: Answer, frame: Frame, taken: Taken, dialogue: Dialogue) -> Dialogue:
    """The state after an answer: the question as it stands, and what is known of its person."""
    asks = answer.kind == "ask"
    wants = answer.missing[0] if asks and answer.missing else None
    reading = taken.reading if wants else without_chosen(taken.reading)
    reading = with_assumed(reading, answer.understood)
    narrows = answer.range.narrowed_by if answer.range and not asks else None
    asked = taken.asked + (1 if asks else 0)
    opened = Opened(frame.id, reading, asked, wants, answer.choices, narrows)
    subject = taken.reading.subject
    person = {**dialogue.people.get(subject, {}), **of_person(taken.reading)}
    people = {**dialogue.people, subject: person}
    bills = with_bill(dialogue, frame, reading, taken.corrected)
    among = named_together(reading, frame, dialogue)
    if frame.family == "medicine" and frame.core == "medicine":
        # What was only taken before is not asked about by the next message either.
        asked_of = asked_mentions(reading.text, reading.mentions)
        opened = replace(opened, reading=replace(reading, mentions=asked_of))
    state = replace(dialogue.opened(opened), people=people, subject=subject, bills=bills)
    state = replace(state, among=among)
    return with_told(state, answer)


def with_told(dialogue: Dialogue, answer: Answer) -> Dialogue:
    """The state with what was told last, for whoever asks to hear it again or how it comes."""
    sources = tuple(telling.source_line(one, answer.lang) for one in answer.sources)
    steps = tuple(telling.step_line(one, answer.lang) for one in telling.shown_steps(answer.steps))
    brief = answer.brief or answer.lines[:2]
    return replace(dialogue, told=Told(answer.lines, brief, sources, steps))
