"""Which sentences of a turn may stand behind a claim: those that a source in force says.

A sentence of a document counts where its passage was found in this turn and holds on the day, in
the place and for the scheme that the answer is for. That the search has filtered by them already
is not relied on: a person is shown the citation as a proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from askdoc.assistant.answer import Answer
from askdoc.library.document import IN_FORCE_KINDS, Passage
from askdoc.library.search import regions_above


@dataclass(frozen=True, slots=True)
class Standing:
    """For which day, place and scheme an answer is (None: not known)."""

    day: date
    region: str | None = None
    scheme: str | None = None


def citable(lines: Sequence[str], answers: Sequence[Answer], today: date) -> frozenset[int]:
    """The places of the lines that a source in force says."""
    return frozenset(
        at for at, line in enumerate(lines) if any(_says(one, line, today) for one in answers)
    )


def standing_of(answer: Answer, today: date) -> Standing:
    """The day, place and scheme that an answer understood."""
    facts = {one.fact: str(one.value) for one in answer.understood}
    day = date.fromisoformat(facts["day"]) if "day" in facts else today
    return Standing(day, facts.get("region"), facts.get("scheme"))


def is_in_force(passage: Passage, standing: Standing) -> bool:
    """Whether a passage holds there: its days, its place and who it speaks of."""
    return (
        passage.kind in (*IN_FORCE_KINDS, "term")
        and (passage.begins is None or passage.begins <= standing.day)
        and (passage.ends is None or standing.day <= passage.ends)
        and passage.region in regions_above(standing.region)
        and (standing.scheme is None or standing.scheme in passage.schemes)
    )


def _says(answer: Answer, line: str, today: date) -> bool:
    if line not in (*answer.lines, *answer.brief):
        return False
    standing = standing_of(answer, today)
    if answer.passages:
        return any(
            (line in one.text or one.path[-1] in line) and is_in_force(one, standing)
            for one in answer.passages
        )
    begun = [one.begins is None or one.begins <= standing.day for one in answer.sources]
    return bool(begun) and all(begun)
