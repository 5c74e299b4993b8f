"""The labelled messages of `knowledge/red_flag_messages.yaml`: what the second opinion learns from.

Nothing reads them while somebody asks: they only serve `make flags` and the tests.
"""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal, get_args

from askdoc.assistant.triage.happening import Speaker
from askdoc.assistant.triage.red_flags import CARE_KINDS, CareKind
from askdoc.policy.strict_yaml import Map, read_sheet

FILE = "red_flag_messages.yaml"
Label = Literal["emergency", "look_alike", "none"] | CareKind
_PLAIN_LABELS = ("emergency", "look_alike", "none")
_SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message and what it is. `flags` are the flags that would be right, where that was said."""

    text: str
    label: str
    speaker: Speaker
    batch: str
    flags: tuple[str, ...] = ()

    @property
    def is_emergency(self) -> bool:
        return self.label == "emergency"

    @property
    def is_care(self) -> bool:
        return self.label in CARE_KINDS

    @property
    def is_fresh(self) -> bool:
        """Whether the rules were made without sight of it, so that it may judge them."""
        return self.batch.startswith("fresh")


def read_messages(file: Path) -> tuple[LabelledMessage, ...]:
    """All messages of a file in its order. Raises SheetError naming file and line."""
    found: list[LabelledMessage] = []
    taken: set[tuple[str, str]] = set()
    for group in read_sheet(file).only("messages").rows("messages").maps():
        found += _group(group, taken)
    return tuple(found)


def _group(group: Map, taken: set[tuple[str, str]]) -> list[LabelledMessage]:
    group.only("batch", "label", "speaker", "flags", "says")
    label = group.scalar("label").one_of((*_PLAIN_LABELS, *CARE_KINDS))
    speaker: Speaker = "resident"
    if "speaker" in group and group.scalar("speaker").one_of(_SPEAKERS) == "doctor":
        speaker = "doctor"
    flags = group.texts("flags") if "flags" in group else ()
    batch = group.scalar("batch").text()
    for one in group.rows("says").scalars():
        if (one.text(), speaker) in taken:
            raise one.wrong("listed_twice")
        taken.add((one.text(), speaker))
    return [
        LabelledMessage(text, label, speaker, batch, flags) for text in group.rows("says").texts()
    ]


def messages_digest(file: Path) -> str:
    """What tells whether the messages changed since the opinion was learnt."""
    return blake2b(file.read_bytes(), digest_size=16).hexdigest()
