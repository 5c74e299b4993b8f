"""Learns the second opinion and chooses its limits (`make flags`); nobody's question waits for it.

Validation never learns from the batch that it judges, and only fresh batches judge: the rules were
made with the others in view. Further files given are questions on insurance, read as harmless.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from askdoc.assistant.planning.frame import load_frames
from askdoc.assistant.planning.tools import TOOLS
from askdoc.assistant.triage.learning.lesson import FOLDS, Lesson, Verdicts, lesson_of, part_of
from askdoc.assistant.triage.learning.opinion_limits import choose_limits, report
from askdoc.assistant.triage.learning.softmax import Learnt, Table, learn, letter_sums
from askdoc.assistant.triage.red_flag_messages import FILE as MESSAGES
from askdoc.assistant.triage.red_flag_messages import (
    LabelledMessage,
    messages_digest,
    read_messages,
)
from askdoc.assistant.triage.red_flags import load_red_flags
from askdoc.assistant.triage.second_opinion import (
    CLASSES,
    FILE,
    Floats,
    Weights,
    log_chances,
    odds,
    write_weights,
)
from askdoc.library.embedding import DEFAULT, load_embedding
from askdoc.library.shipped import load_shipped
from askdoc.library.vocabulary import FILE as LEXICON
from askdoc.medicines import load_catalogue
from askdoc.policy import load_book
from askdoc.policy.strict_yaml import read_sheet


def main() -> None:
    """Learn from the messages of a knowledge folder and keep the weights there."""
    knowledge, *more = (Path(one) for one in sys.argv[1:])
    flags = replace(load_red_flags(knowledge), opinion=None)
    messages = (*read_messages(knowledge / MESSAGES), *_harmless(knowledge, more))
    embedding = load_embedding(DEFAULT)
    lesson = lesson_of(messages, flags, embedding)
    judged = validate(lesson)
    limits = (choose_limits(lesson, judged[0]), choose_limits(lesson, judged[1]))
    learnt = learn(lesson.table, len(CLASSES))
    weights = Weights(
        letters=learnt.letters.astype(np.float32),
        meaning=learnt.meaning.astype(np.float32),
        centre=lesson.centre,
        bias=(learnt.bias[0].astype(np.float32), learnt.bias[1].astype(np.float32)),
        limits=limits,
        embedding=embedding.id,
        digest=messages_digest(knowledge / MESSAGES),
    )
    write_weights(knowledge / FILE, weights)
    for name, verdicts, limit in zip(("pieces", "embedding"), judged, limits, strict=True):
        sys.stdout.write(f"{name}: {limit}\n{report(lesson, verdicts, limit)}")


def _harmless(knowledge: Path, more: Sequence[Path]) -> list[LabelledMessage]:
    """What is said to askdoc without alarm: questions, what frames are asked by, acts, names."""
    passages = load_shipped(knowledge, load_book(knowledge, shown=True)).passages
    said = [asked for passage in passages for asked in passage.asked]
    for frame in load_frames(knowledge, tuple(TOOLS)).by_id.values():
        said += frame.say
    for row in read_sheet(knowledge / LEXICON).rows("acts").maps():
        said += row.texts("words")
    for shelf in load_catalogue(knowledge / "medicines").shelves.values():
        for medicine in shelf.medicines:
            said += [medicine.name, *medicine.brands, *medicine.codes]
    for file in more:
        said += [row.scalar("ask").text() for row in read_sheet(file).rows("questions").maps()]
    return [
        LabelledMessage(text, "none", "resident", f"questions {at % FOLDS}")
        for at, text in enumerate(dict.fromkeys(said))
    ]


def validate(lesson: Lesson) -> tuple[Verdicts, Verdicts]:
    """Verdicts without the embedding and with it."""
    chances = np.zeros((2, len(lesson.messages), len(CLASSES)))
    for fold in range(FOLDS):
        judged = lesson.folds == fold
        learnt = learn(part_of(lesson, ~judged).table, len(CLASSES))
        for way, found in enumerate(_chances(part_of(lesson, judged).table, learnt)):
            chances[way, judged] = found
    return Verdicts(*odds(chances[0])), Verdicts(*odds(chances[1]))


def _chances(table: Table, learnt: Learnt) -> tuple[Floats, Floats]:
    sums = letter_sums(table, learnt.letters)
    return (
        log_chances(sums + learnt.bias[0]),
        log_chances(sums + table.rows @ learnt.meaning + learnt.bias[1]),
    )


if __name__ == "__main__":
    main()
