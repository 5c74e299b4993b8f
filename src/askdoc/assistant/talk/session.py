"""A conversation that is kept: read its state, take the turn, keep both together.

Between two messages nothing of a conversation lives in the process, so that any process may take
the next one. A turn that decides on a proposal is one transaction with what it has carried out; if
another turn came first, it is taken anew from the newer state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from askdoc.assistant.answer import Answer
from askdoc.assistant.as_plain import answer_record, plain, values_record
from askdoc.assistant.context import Context, Earlier, untold
from askdoc.assistant.dialogue import Dialogue, dialogue_record, read_dialogue, with_deed
from askdoc.assistant.outside.window import MOST_TURNS
from askdoc.assistant.planning.loop import Called
from askdoc.assistant.proposal import Order, deed_answer
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.deciding import Pressed, ask_to_confirm, pressed_key
from askdoc.assistant.talk.transcript import JsonObject, NewTurn, Overtaken, Settling, Transcript
from askdoc.assistant.talk.turned import Turned
from askdoc.wording import AskdocError, phrase

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation in a transcript; `just_read` is its state, where somebody has read it."""

    transcript: Transcript
    conversation: str
    just_read: tuple[JsonObject | None] | tuple[()] = ()

    def say(
        self, said: str, context: Context, now: datetime, pressed: Pressed | None = None
    ) -> Answer:
        """The answer to a message; turn, state and deed are kept before it is given out.

        `pressed` is `sets` of the choice whose button was pressed, whichever message it stood
        under; `said` is then its label. Raises UnknownConversation, Overtaken, and what the
        transcript raises when it cannot be reached.
        """
        return self.take_turn(said, context, now, pressed)[1]

    def take_turn(
        self, said: str, context: Context, now: datetime, pressed: Pressed | None = None
    ) -> tuple[int, Answer]:
        """The number of the turn and its answer; as `say`."""
        here = replace(context, conversation=self.conversation, now=now, earlier=self._earlier)
        for before in islice(self._states(), _TRIES):
            dialogue = self._recalled(read_dialogue(before, context.on_day), pressed)
            if before is not None and dialogue.waiting is not None:
                # It may have to be taken anew, so it is told when it is kept.
                here = replace(here, tell=untold)
            turned = converse(said, dialogue, here, pressed)
            if turned.order is None and (before is None or dialogue.waiting is None):
                turn, state = _kept(said, turned, here, now)
                return self.transcript.append(self.conversation, turn, state), turned.answer
            try:
                return self._settled(said, turned, before, here, now)
            except Overtaken:
                continue
        raise Overtaken

    def _states(self) -> Iterator[JsonObject | None]:
        """The state before each try: what was read already, then what it is by then."""
        yield from self.just_read
        while True:
            yield self.transcript.state(self.conversation)

    def _settled(
        self, said: str, turned: Turned, before: JsonObject | None, context: Context, now: datetime
    ) -> tuple[int, Answer]:
        """The number and answer of a message that finds a proposal waiting, or orders something."""
        with self.transcript.settling(self.conversation, before) as settling:
            done, tool = turned, None
            if turned.order is not None:
                order = Order(self.conversation, turned.order, now)
                done, tool = _carried_out(turned, order, settling, context)
            turn, state = _kept(said, done, context, now)
            if tool is not None:
                turn = replace(turn, tools=(*turn.tools, tool))
            number = settling.append(turn, state)
        return number, done.answer

    def _earlier(self) -> list[Earlier]:
        """The turns before this one, for an outside model."""
        turns = self.transcript.window(self.conversation, MOST_TURNS)
        return [Earlier(one.said, one.answer["text"]) for one in turns]

    def _recalled(self, dialogue: Dialogue, pressed: Pressed | None) -> Dialogue:
        """The state with the deed of the button that was pressed, however long ago it was done."""
        key = pressed_key(pressed)
        if key is None or any(one.key == key for one in dialogue.deeds):
            return dialogue
        deed = self.transcript.deed(self.conversation, key)
        return dialogue if deed is None else replace(dialogue, deeds=(deed, *dialogue.deeds))


def _carried_out(
    turned: Turned, order: Order, settling: Settling, context: Context
) -> tuple[Turned, dict[str, object]]:
    """The turn with what its order came to, and the order as a call like any other."""
    proposal, lang = order.waiting.proposal, turned.answer.lang
    tool = {"name": proposal.doer, "arguments": plain(proposal.details)}
    try:
        deed = settling.carry_out(order)
    # Whatever a doer says of why it could not be done is told; its work is undone already.
    except AskdocError as refused:
        lines = (phrase("deed.refused", lang, why=refused.sentence(lang)),)
        answer = replace(turned.answer, kind="answer", lines=lines, brief=lines, proposal=None)
        return replace(turned, answer=answer), {**tool, "outcome": refused.code}
    done = replace(turned, answer=deed_answer(deed, lang))
    told = replace(done, dialogue=with_deed(turned.dialogue, deed))
    if deed.receipt.then is not None:
        told = ask_to_confirm(told, deed.receipt.then, context)
    return told, {**tool, "outcome": "done"}


def _kept(said: str, turned: Turned, context: Context, now: datetime) -> tuple[NewTurn, JsonObject]:
    """The turn as it is kept, and the state after it."""
    answer = turned.answer
    turn = NewTurn(
        at=now,
        said=said,
        lang=answer.lang,
        answer=answer_record(answer, context.today),
        understood=tuple(plain(one) for one in answer.understood),
        tools=(*(_called(one) for one in turned.called), *_phrased(turned)),
        values=values_record(answer),
        passages=tuple(one.id for one in answer.passages),
    )
    return turn, dialogue_record(turned.dialogue)


def _called(one: Called) -> dict[str, object]:
    refused = f"refused: {one.refused}"
    outcome = one.answer.outcome or one.answer.kind if one.answer else refused
    return {"name": one.tool, "arguments": plain(one.arguments), "outcome": outcome}


def _phrased(turned: Turned) -> list[dict[str, object]]:
    """What an outside model was asked for, as a call like any other, with all that was struck."""
    found = turned.phrased
    if found is None:
        return []
    ended = f"template: {found.failed}"
    if found.lines is not None:
        ended = f"in part: {found.failed}" if found.failed else "shown"
    struck = [plain(one) for one in found.struck]
    return [{"name": "outside_model", "arguments": {"struck": struck}, "outcome": ended}]
