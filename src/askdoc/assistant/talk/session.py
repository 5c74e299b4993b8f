"""A conversation that is kept: read its state, take the turn, keep both together.

Between two messages nothing of a conversation lives in the process, so that any process may take
the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from askdoc.assistant.answer import Answer
from askdoc.assistant.as_plain import answer_record, plain, values_record
from askdoc.assistant.context import Context
from askdoc.assistant.dialogue import dialogue_record, read_dialogue
from askdoc.assistant.planning.loop import Called
from askdoc.assistant.talk.conversation import converse
from askdoc.assistant.talk.transcript import NewTurn, Transcript
from askdoc.assistant.talk.turned import Turned
from askdoc.wording import phrase


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation in a transcript."""

    transcript: Transcript
    conversation: str

    def say(self, said: str, context: Context, now: datetime) -> Answer:
        """The answer to a message; turn and state are kept before it is given out.

        Raises UnknownConversation and what the transcript raises when it cannot be reached.
        """
        dialogue = read_dialogue(self.transcript.state(self.conversation), context.on_day)
        turned = converse(said, dialogue, context)
        answer = turned.answer
        if turned.hand_over is not None:
            task = self.transcript.hand_over(self.conversation, turned.hand_over, now)
            line = phrase("assistant.hand_over.number", answer.lang, number=task)
            answer = replace(answer, lines=(*answer.lines, line))
        turn = NewTurn(
            at=now,
            said=said,
            lang=answer.lang,
            answer=answer_record(answer, context.today),
            understood=tuple(plain(one) for one in answer.understood),
            tools=(*(_called(one) for one in turned.called), *_phrased(turned)),
            values=values_record(answer),
            passages=answer.passages,
        )
        self.transcript.append(self.conversation, turn, dialogue_record(turned.dialogue))
        return answer


def _called(one: Called) -> dict[str, object]:
    outcome = one.answer.outcome or one.answer.kind if one.answer else "refused"
    return {"name": one.tool, "arguments": plain(one.arguments), "outcome": outcome}


def _phrased(turned: Turned) -> list[dict[str, object]]:
    """What an outside model was asked for, as a call like any other, with all that was struck."""
    found = turned.phrased
    if found is None:
        return []
    outcome = "shown" if found.lines is not None else f"template: {found.failed}"
    struck = [plain(one) for one in found.struck]
    return [{"name": "outside_model", "arguments": {"struck": struck}, "outcome": outcome}]
