"""What the second opinion is learnt from and judged by: messages in pieces, and the rules' word.

Each message is read exactly as triage reads it, so that learning and use can't drift apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from askdoc.assistant.triage.alarms import triage
from askdoc.assistant.triage.learning.softmax import Table, table_of
from askdoc.assistant.triage.message import Message, read_message
from askdoc.assistant.triage.pieces import Pieces, pieces_of
from askdoc.assistant.triage.red_flag_messages import LabelledMessage
from askdoc.assistant.triage.red_flags import RedFlags
from askdoc.assistant.triage.second_opinion import (
    CLASSES,
    Floats,
    centred,
    embedded_text,
    is_about_insurance,
)
from askdoc.assistant.triage.sightings import without_exaggerations
from askdoc.library.embedding import Embedding

FOLDS = 7
# There are few matters of care beside thousands of plain questions.
_CARE_COUNT = 4.0

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Messages, and what the rules alone say of each.

    `rows` are embedded and centred; `insured` ones speak of insurance; `strong` and `weak` ones
    raise an emergency by a rule, the weak ones by a flag that counts `last`.
    """

    messages: tuple[LabelledMessage, ...]
    pieces: tuple[Pieces, ...]
    rows: NDArray[np.float32]
    centre: NDArray[np.float32]
    insured: Mask
    strong: Mask
    weak: Mask
    rule_kinds: tuple[str, ...]

    def those(self, *labels: str, fresh: bool = False) -> Mask:
        """Which messages have one of these labels."""
        return np.array(
            [one.label in labels and (one.is_fresh or not fresh) for one in self.messages]
        )

    @property
    def care(self) -> Mask:
        return np.array([one.is_care and one.is_fresh for one in self.messages])

    @property
    def classes(self) -> list[int]:
        return [CLASSES.index(one.label) if one.label in CLASSES else 0 for one in self.messages]

    @property
    def folds(self) -> NDArray[np.intp]:
        """The part of validation that judges each message; a batch is never divided."""
        return np.array([int(one.batch.split()[-1]) % FOLDS for one in self.messages])

    @property
    def table(self) -> Table:
        care = np.array([one.is_care for one in self.messages])
        return table_of(self.pieces, self.rows, self.classes, np.where(care, _CARE_COUNT, 1.0))


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Log odds of every message, from weights that never saw its batch."""

    emergency: Floats
    over_care: Floats
    kind: NDArray[np.intp]
    care: Floats


def lesson_of(messages: Sequence[LabelledMessage], flags: RedFlags, embedding: Embedding) -> Lesson:
    """The lesson of these messages."""
    read = [_read_as_triage_does(one.text, flags) for one in messages]
    raw = np.stack([embedding.question(embedded_text(said)) for said in read])
    centre = raw.mean(axis=0)
    alarms = [triage(one.text, flags, one.speaker) for one in messages]
    weak_flags = {flag.id for flag in flags.flags if flag.last}
    raised = [alarm.flag if alarm and alarm.kind == "emergency" else None for alarm in alarms]
    return Lesson(
        messages=tuple(messages),
        pieces=tuple(
            pieces_of(said, one.speaker) for said, one in zip(read, messages, strict=True)
        ),
        rows=np.stack([centred(row, centre) for row in raw]),
        centre=centre,
        insured=np.array([is_about_insurance(said) for said in read]),
        strong=np.array([flag is not None and flag not in weak_flags for flag in raised]),
        weak=np.array([flag in weak_flags for flag in raised]),
        rule_kinds=tuple(alarm.kind if alarm else "none" for alarm in alarms),
    )


def _read_as_triage_does(text: str, flags: RedFlags) -> Message:
    """The message as the rules and the opinion see it."""
    return without_exaggerations(read_message(text, flags), flags)


def part_of(lesson: Lesson, which: Mask) -> Lesson:
    """The lesson of some of its messages."""
    at = np.flatnonzero(which)
    return replace(
        lesson,
        messages=tuple(lesson.messages[one] for one in at),
        pieces=tuple(lesson.pieces[one] for one in at),
        rows=lesson.rows[at],
        insured=lesson.insured[at],
        strong=lesson.strong[at],
        weak=lesson.weak[at],
        rule_kinds=tuple(lesson.rule_kinds[one] for one in at),
    )
