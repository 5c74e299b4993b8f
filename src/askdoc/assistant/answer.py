"""What a turn gives back, for every channel alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from askdoc.benefits.result import Range, Step
from askdoc.policy import Confidence, Value

if TYPE_CHECKING:
    from askdoc.assistant.proposal import Proposal
    from askdoc.library.document import Passage

# Said in the question, stored in the profile, answered to a question back, or assumed by us.
Origin = Literal["said", "profile", "asked", "assumed"]
Subject = Literal[
    "self", "parent", "mother", "father", "partner", "child", "grandparent", "other", "patient"
]
Kind = Literal["answer", "ask", "decline", "emergency", "nothing_found", "handed_over"]


@dataclass(frozen=True, slots=True)
class Understood:
    """A fact that the answer rests on: its name, how it is shown, where it came from."""

    fact: str
    value: str | int | bool
    shown: str
    origin: Origin
    subject: Subject
    change: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that the answer rests on, as far as it is verified, and what it says."""

    id: str
    title: str
    article: str | None
    begins: date | None
    begins_unknown: bool
    confidence: Confidence
    supports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a question back: what is shown, and the facts it sets."""

    label: str
    sets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one turn.

    `figures` are amounts as text with two decimals; `lines` are the sentences of `text`, `brief`
    those that say the essential. `values` are the policy values used,
    `passages` the passages told, `medicines` the names of the catalogue rows spoken of. `proposal`
    is a change that these lines read back and that waits for the person's yes.
    """

    kind: Kind
    lines: tuple[str, ...]
    outcome: str | None = None
    understood: tuple[Understood, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    sources: tuple[Cited, ...] = ()
    missing: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    confidence: Confidence | None = None
    range: Range | None = None
    values: tuple[Value, ...] = ()
    passages: "tuple[Passage, ...]" = ()
    medicines: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    lang: Literal["zh", "en"] = "zh"
    proposal: "Proposal | None" = None

    @property
    def text(self) -> str:
        """All sentences, one a line."""
        return "\n".join(self.lines)
