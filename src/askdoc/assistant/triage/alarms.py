"""Triage: what must be said before any insurance question is answered. No language model helps.

A message either raises one alarm or none. An emergency goes before everything else; then come
the matters that need care (a side effect, a missed dose, a swindle …). In doubt between an
emergency that is happening and something harmless, it is an emergency. The rules speak first; a
second opinion, learnt from labelled messages, adds what they miss and overrules only the weakest
(docs/decisions/0012-triage-asks-twice.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from askdoc.assistant.triage.care_matters import care_matter, may_concern
from askdoc.assistant.triage.happening import Speaker, happens
from askdoc.assistant.triage.message import Message, read_message
from askdoc.assistant.triage.red_flags import Flag, RedFlags, load_red_flags
from askdoc.assistant.triage.sightings import (
    GroupSpans,
    group_spans,
    sightings,
    without_exaggerations,
)
from askdoc.language import Span
from askdoc.wording import Lang
from askdoc.wording.phrases import catalogue

__all__ = [
    "SOUNDS_URGENT",
    "Alarm",
    "AlarmKind",
    "RedFlags",
    "Speaker",
    "advice",
    "load_red_flags",
    "triage",
]

AlarmKind = Literal[
    "emergency",
    "scam",
    "side_effect",
    "missed_dose",
    "wants_to_stop",
    "wants_dose_change",
    "wants_prescription",
    "wants_diagnosis",
]
# The flag of an emergency that no rule names and the second opinion does.
SOUNDS_URGENT = "sounds_urgent"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What was found: its kind, the flag's id, and the person's own words with their span.

    `start` and `end` count in the text as it was typed. For a matter of care, `flag` is `kind`.
    """

    kind: AlarmKind
    flag: str
    words: str
    start: int
    end: int


def triage(text: str, flags: RedFlags, speaker: Speaker = "resident") -> Alarm | None:
    """The alarm that this message raises, or None. Never raises; reads the whole message."""
    said = without_exaggerations(read_message(text, flags), flags)
    found = group_spans(said, flags)
    first = _emergency(said, [one for one in flags.flags if not one.last], found, speaker)
    if first is not None:
        return first
    opinion = flags.opinion.of(said, speaker) if flags.opinion else None
    matter = care_matter(said, flags, found, speaker)
    if opinion is not None and opinion.is_emergency(beside_care=matter is not None):
        return _alarm(said, "emergency", SOUNDS_URGENT, opinion.reason)
    if matter is not None:
        return _alarm(said, matter[0], matter[0], matter[1])
    if opinion is None or not opinion.is_surely_none:
        last = _emergency(said, [one for one in flags.flags if one.last], found, speaker)
        if last is not None:
            return last
    if opinion is not None and opinion.is_care and may_concern(opinion.care_kind, said, speaker):
        return _alarm(said, opinion.care_kind, opinion.care_kind, opinion.care_reason)
    return None


def _emergency(
    said: Message, flags: Iterable[Flag], found: GroupSpans, speaker: Speaker
) -> Alarm | None:
    for flag in flags:
        for seen in sightings(said, flag, found):
            if happens(seen, said, speaker):
                return _alarm(said, "emergency", flag.id, (seen.start, seen.end))
    return None


def _alarm(said: Message, kind: AlarmKind, flag: str, span: Span) -> Alarm:
    start, end = said.source.original_span(*span)
    return Alarm(kind, flag, said.source.original[start:end], start, end)


def advice(alarm: Alarm, lang: Lang) -> tuple[str, ...]:
    """What to tell the person, line by line, most urgent first."""
    said = catalogue("triage", lang)
    if alarm.kind != "emergency":
        return tuple(said["care"][alarm.kind].values())
    lines: dict[str, str] = said["emergency"][alarm.flag]
    # A crisis has a call and a farewell of its own; everywhere else 120 comes first.
    if "call" in lines:
        return tuple(lines.values())
    return (said["call"], *lines.values(), said["back"])
