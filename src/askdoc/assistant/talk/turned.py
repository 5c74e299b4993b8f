"""What a turn of a conversation comes to: the answer, the state after it, the calls made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askdoc.assistant.answer import Answer
from askdoc.assistant.dialogue import Dialogue
from askdoc.assistant.planning.loop import Called

if TYPE_CHECKING:
    from askdoc.assistant.outside.outside_model import Phrased


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn done.

    `hand_over` is what a person should read, when somebody is to take over; `phrased` what an
    outside model was asked for, and what of it was struck.
    """

    answer: Answer
    dialogue: Dialogue
    called: tuple[Called, ...] = ()
    hand_over: str | None = None
    phrased: "Phrased | None" = None
