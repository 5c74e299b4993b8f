"""A turn over HTTP: one reading before it is taken, one transaction that keeps all of it.

The entry in the audit and what is answered under the key are kept in the transaction of the turn
(docs/decisions/0030-a-turn-is-read-once-and-kept-once.md). So no key is claimed beforehand: of two
that say the same at the same moment both may be thought about; one is kept, and both get what it
was answered.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from askdoc.api.approvals import approvals
from askdoc.api.calls import Arrival, Call, Change
from askdoc.api.once import Done
from askdoc.api.talking import surroundings
from askdoc.assistant.talk.deciding import Pressed
from askdoc.assistant.talk.session import Session
from askdoc.assistant.talk.transcript import NewTurn
from askdoc.identity.roles import NotThere, may_talk_in
from askdoc.identity.tokens import Holder
from askdoc.storage import desk
from askdoc.storage.database import Kept
from askdoc.storage.entries import Entry, read_entry
from askdoc.storage.requests import AnsweredMeanwhile, Replied, keep_answered, reply_in, reply_of

_STATUS = 201


@dataclass(frozen=True, slots=True)
class Entered:
    """A message of somebody who may talk in the conversation."""

    conversation: str
    said: str
    entry: Entry = field(repr=False)
    change: Change

    @property
    def call(self) -> Call:
        return self.change.call

    def note(self, kept: Kept) -> None:
        """Write into the audit that the call talked in the conversation."""
        self.call.note(kept, "conversation.talk", self.conversation)


def enter(arrival: Arrival, conversation: str, said: str) -> Entered:
    """A message that came. Raises NotSignedIn, TooOften, NotAllowed and NotThere."""
    front = arrival.front
    with front.house.database.reading() as kept:
        holder = arrival.who.holder(kept)
        entry = read_entry(kept, holder, conversation, arrival.key)
    change = arrival.change(entry.caller, "talk")
    if not may_talk_in(entry.caller, entry.belonging):
        raise NotThere
    return Entered(conversation, said, entry, change)


def answered_before(entered: Entered) -> Replied | None:
    """What was answered when the message came before; that it is given out again is noted first.

    Raises OtherBody and StillRunning.
    """
    call, row = entered.call, entered.entry.request
    if row is None:
        return None
    reply = reply_in(row, entered.change.asked, call.now, entered.entry.sealing(call.wrapping))
    if reply is not None:
        with call.front.house.database.writing() as kept:
            entered.note(kept)
    return reply


def take(entered: Entered, pressed: Pressed | None) -> Done:
    """The turn, kept with its answer and its entry in the audit; `pressed` is a button's `sets`.

    After an error the key is free, and the audit has the entry all the same.
    """
    call = entered.call
    owner, sealing = entered.entry.opened(call.wrapping)
    context = surroundings(call, owner)
    replies: list[Replied] = []

    def beside(kept: Kept, number: int, turn: NewTurn) -> None:
        confirmed = desk.approved(kept, turn.answer["text"], call.today)
        told = _told(call, number, turn)
        reply = reply_of(_STATUS, told | {"approved": approvals(confirmed, turn, context)})
        entered.note(kept)
        call.front.sweep(kept)
        keep_answered(kept, entered.change.asked, reply, call.now, sealing)
        replies.append(reply)

    transcript = call.front.house.transcript_with(beside)
    session = Session(transcript, entered.conversation, (entered.entry.state,))
    try:
        answer = session.say(entered.said, context, call.now, pressed)
    except AnsweredMeanwhile:
        return _other_answer(entered)
    except Exception:
        with call.front.house.database.writing() as kept:
            entered.note(kept)
        raise
    call.front.metrics.answers.labels(answer.kind).inc()
    return Done(replies[-1], again=False)


def _other_answer(entered: Entered) -> Done:
    """What the same message was answered that came at the same moment and was kept first."""
    asked = entered.change.asked
    with entered.call.front.house.database.reading() as kept:
        holder = Holder(asked.person, entered.entry.caller.term)
        entry = read_entry(kept, holder, entered.conversation, asked.key)
    reply = answered_before(replace(entered, entry=entry))
    if reply is None:
        # Forgotten since, with the conversation.
        raise NotThere
    return Done(reply, again=True)


def _told(call: Call, number: int, turn: NewTurn) -> dict[str, Any]:
    return {
        "number": number,
        "at": call.now.isoformat(),
        "said": turn.said,
        "answer": turn.answer,
        "verdict": None,
    }
