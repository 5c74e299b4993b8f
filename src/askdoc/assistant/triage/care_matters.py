"""Matters that need care and are no emergency: a side effect, a missed dose, a swindle …

Most of them give way to a plain question about insurance; `always` words do not.
"""

import re
from collections.abc import Iterator

from askdoc.assistant.triage.happening import Speaker
from askdoc.assistant.triage.message import Message
from askdoc.assistant.triage.red_flags import CareKind, CareMatter, RedFlags
from askdoc.assistant.triage.sightings import GroupSpans, combinations
from askdoc.language import Span

_DENIED = re.compile(r"(?:没有?|未|不是|不会|不用|不想|别)(?:想|要|再|有|过)?$|(?<![能要可])不$")


def care_matter(
    said: Message, flags: RedFlags, found: GroupSpans, speaker: Speaker
) -> tuple[CareKind, Span] | None:
    """The first matter of care and where it is said, or None."""
    for matter in flags.care:
        if not may_concern(matter.kind, said, speaker):
            continue
        for span in _spans(matter, said, found):
            if not _DENIED.search(said.text[max(0, span[0] - 6) : span[0]]):
                return matter.kind, span
    return None


def may_concern(kind: CareKind, said: Message, speaker: Speaker) -> bool:
    """Whether a matter of care can be the speaker's own.

    A doctor asks of a patient's medicine as their work; a swindle can reach anybody.
    """
    return speaker != "doctor" or kind == "scam" or _is_own(said)


def _spans(matter: CareMatter, said: Message, found: GroupSpans) -> Iterator[Span]:
    yield from said.spans(matter.always)
    for one in matter.always_together:
        yield from _hulls(combinations(said, one, found))
    if said.has("insurance", 0, len(said.text)):
        return
    yield from said.spans(matter.words)
    for one in matter.together:
        yield from _hulls(combinations(said, one, found))


def _hulls(combined: Iterator[tuple[Span, ...]]) -> Iterator[Span]:
    for parts in combined:
        yield min(part[0] for part in parts), max(part[1] for part in parts)


def _is_own(said: Message) -> bool:
    length = len(said.text)
    return said.has("mine", 0, length) and not said.has("patient", 0, length)
