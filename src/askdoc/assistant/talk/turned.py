"""What a turn of a conversation comes to: the answer, the state after it, the calls made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askdoc.assistant.answer import Answer
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.planning.loop import Called
from askdoc.assistant.proposal import Waiting

if TYPE_CHECKING:
    from askdoc.assistant.outside.leading_in import Phrased


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn done.

    `order` is a change that the person has confirmed and that is still to be carried out; `phrased`
    what an outside model was asked for, and what of it was struck.
    """

    answer: Answer
    dialogue: Dialogue
    called: tuple[Called, ...] = ()
    order: Waiting | None = None
    phrased: "Phrased | None" = None
