"""Where a flag's words stand in a message, whatever the sentence says of them.

Whether a sighting is an emergency that happens now is judged in `happening`.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from askdoc.assistant.triage.gapped_words import GappedWords
from askdoc.assistant.triage.message import Message, marks_of
from askdoc.assistant.triage.red_flags import Age, Amount, AnyOf, Flag, Measure, RedFlags, Together
from askdoc.language import Span, find_counts, read_numeral

# A sign is seen or felt; a name is an illness that people also ask about.
Strength = Literal["sign", "name"]

_DAYS = {"天": 1, "周": 7, "个月": 30, "年": 365, "岁": 365}
# So many words of any groups are looked at from each on.
_CHAIN = 12
_AGE_AHEAD = re.compile(r" ?(?:多|左右)?(?:大|old)?的? ?$")
_READING = re.compile(
    r"[^0-9。!?;,]{0,8}?(\d{1,3}(?:\.\d{1,2})?|[一二两三四五六七八九十百点零]{2,7})"
    r"(?![0-9.]*(?:元|块|年|岁|盒|片| ?(?:mg|ml|g|days?|weeks?|months?|years?|yuan|%|hours?)\b))"
)
_PERSON_AGE = re.compile(r"(?:才|刚|只有|刚刚|出生|生下来|刚满|今年|满|还不到|不到)*$")
_SINCE_BIRTH = re.compile(r"(?:出生|生下来|生后|刚生)(?:才|刚|不到|第|了)?$")
_AGO = re.compile(r" ?(?:前|以前|之前|没|里|内|来)")
# A child that is said to be a few days old may as well have had fever that long.
_DAYS_OF_FEVER = 7
_BORN = re.compile(r"(?:才|刚|只有|出生|生下来|刚满|满|不到)$")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A flag's words in a message; the parts span `start` to `end` of the normalised text."""

    flag: Flag
    strength: Strength
    parts: tuple[Span, ...]

    @property
    def start(self) -> int:
        return min(part[0] for part in self.parts)

    @property
    def end(self) -> int:
        return max(part[1] for part in self.parts)


class GroupSpans:
    """The spans of word groups in one message, each found when first asked for."""

    def __init__(self, said: Message, groups: Mapping[str, GappedWords]) -> None:
        self._said = said
        self._groups = groups
        self.of = lru_cache(maxsize=None)(self._find)

    def _find(self, name: str) -> tuple[Span, ...]:
        return tuple(self._said.spans(self._groups[name]))


def without_exaggerations(said: Message, flags: RedFlags) -> Message:
    """The message in which 涨价涨得我心口疼 is no pain, and what a doctor explained is no sign."""
    found = GroupSpans(said, flags.groups)
    hulls = {
        _hull(parts)
        for one in flags.exaggerated
        for parts in combinations(said, one, found)
        if one.unless is None or not _between(found.of(one.unless), *said.clause(*_hull(parts)))
    }
    for row in flags.explained:
        if all(found.of(name) for name in row.because) and not found.of(row.unless):
            hulls |= {_hull(parts) for parts in combinations(said, row.sign, found)}
    return replace(said, exaggerated=marks_of(sorted(hulls)))


def _hull(parts: Collection[Span]) -> Span:
    return min(start for start, _ in parts), max(end for _, end in parts)


def sightings(said: Message, flag: Flag, found: GroupSpans) -> Iterator[Sighting]:
    """All sightings of one flag, signs before names."""
    for span in said.spans(flag.signs):
        yield Sighting(flag, "sign", (span,))
    for one in flag.together:
        for parts in combinations(said, one, found):
            yield Sighting(flag, "sign", parts)
    for any_of in flag.any_of:
        for parts in _several(said, any_of, found):
            yield Sighting(flag, "sign", parts)
    for amount in flag.amounts:
        for parts in _amounts(said, amount, found):
            yield Sighting(flag, "sign", parts)
    for age in flag.ages:
        for parts in _ages(said, age, found):
            yield Sighting(flag, "sign", parts)
    for measure in flag.measures:
        for parts in _measures(said, measure, found):
            yield Sighting(flag, "sign", parts)
    for span in said.spans(flag.names):
        yield Sighting(flag, "name", (span,))


def combinations(
    said: Message, together: Together, found: GroupSpans
) -> Iterator[tuple[Span, ...]]:
    """Where words of all the groups stand near each other in one sentence."""
    first, *others = (found.of(name) for name in together.groups)
    for anchor in first:
        parts = [anchor]
        for spans in others:
            near = _nearest(said, spans, parts, together)
            if near is None:
                break
            parts.append(near)
        else:
            low, high = _hull(parts)
            unless = found.of(together.unless) if together.unless else ()
            if not _between(unless, low, high):
                yield tuple(parts)


def _several(said: Message, any_of: AnyOf, found: GroupSpans) -> Iterator[tuple[Span, ...]]:
    """Words of different groups, each near the one before, across sentences too."""
    spans = sorted((span, name) for name in any_of.groups for span in found.of(name))
    for at in range(len(spans)):
        parts: dict[str, Span] = {}
        end = spans[at][0][0]
        for span, name in spans[at : at + _CHAIN]:
            if span[0] > end + any_of.within:
                break
            if name not in parts and span[0] >= end:
                parts[name] = span
                end = span[1]
        if len(parts) >= any_of.at_least and not _is_mild(said, any_of, found, parts.values()):
            yield tuple(parts.values())


def _is_mild(said: Message, any_of: AnyOf, found: GroupSpans, parts: Collection[Span]) -> bool:
    if any_of.unless is None:
        return False
    low, high = _hull(parts)
    return bool(_between(found.of(any_of.unless), *said.sentence(low, high)))


def _nearest(
    said: Message, spans: tuple[Span, ...], parts: list[Span], together: Together
) -> Span | None:
    """The nearest span to the last anchor that overlaps no part."""
    start, end = min(part[0] for part in parts), max(part[1] for part in parts)
    low, high = said.sentence(start, end)
    if together.in_order:
        low = end
    low, high = max(low, start - together.within - 12), min(high, end + together.within + 12)
    best: tuple[int, Span] | None = None
    at = bisect_left(spans, (low, 0))
    while at < len(spans) and spans[at][0] < high:
        span = spans[at]
        at += 1
        gap = max(span[0] - end, start - span[1], 0)
        overlaps = any(span[0] < part[1] and part[0] < span[1] for part in parts)
        if span[1] <= high and gap <= together.within and not overlaps:
            best = min(best, (gap, span)) if best else (gap, span)
    return best[1] if best else None


def _amounts(said: Message, amount: Amount, found: GroupSpans) -> Iterator[tuple[Span, ...]]:
    for count in find_counts(said.source):
        if count.unit not in amount.units or count.value < amount.at_least:
            continue
        span = _in_text(said, count.span)
        low, high = said.sentence(*span)
        if amount.unless and _between(found.of(amount.unless), low, high):
            continue
        parts = [span]
        near = Together(amount.groups, amount.within)
        for name in amount.groups:
            one = _nearest(said, found.of(name), parts, near)
            if one is None:
                break
            parts.append(one)
        else:
            yield tuple(parts)


def _ages(said: Message, age: Age, found: GroupSpans) -> Iterator[tuple[Span, ...]]:
    children = found.of("child")
    for span, is_short in _young(said, age):
        child = _child_beside(said, span, children, is_short)
        low, high = said.sentence(*span)
        signs = [one for name in age.groups for one in _between(found.of(name), low, high)]
        if child and signs:
            yield (span, child, signs[0])


def _young(said: Message, age: Age) -> Iterator[tuple[Span, bool]]:
    """Times that may be such an age; True for one short enough to be that of a fever."""
    for span in said.spans(age.words):
        yield span, False
    for count in find_counts(said.source):
        if 0 < _DAYS.get(count.unit, 0) * count.value < age.below_days:
            is_short = count.unit == "天" and count.value <= _DAYS_OF_FEVER
            yield _in_text(said, count.span), is_short


def _child_beside(
    said: Message, span: Span, children: tuple[Span, ...], is_short: bool
) -> Span | None:
    """The child whose age it is: 两个月的宝宝, 宝宝才20天; 宝宝发烧两天 is none."""
    start, end = span
    if _SINCE_BIRTH.search(said.text[max(0, start - 6) : start]):
        return span
    for child in _between(children, start - 12, end + 8):
        behind = said.text[end : child[0]] if child[0] >= end else None
        if behind is not None and len(behind) <= 4 and _AGE_AHEAD.match(behind):
            return child
        between = said.text[child[1] : start] if child[1] <= start else None
        if between is None or len(between) > 6 or not _PERSON_AGE.match(between):
            continue
        if _AGO.match(said.text, end):
            continue
        if not is_short or _BORN.search(between) or said.text[end : end + 1] == "大":
            return child
    return None


def _measures(said: Message, measure: Measure, found: GroupSpans) -> Iterator[tuple[Span, ...]]:
    for start, end in said.spans(measure.words):
        read = _READING.match(said.text, end)
        value = read_numeral(read[1]) if read else None
        if read is None or value is None or not _alarms(value, measure):
            continue
        span = (start, read.end())
        if measure.sign is None:
            yield (span,)
            continue
        low, high = said.sentence(*span)
        signs = _between(found.of(measure.sign), low, high)
        if signs:
            yield (span, signs[0])


def _alarms(value: Decimal, measure: Measure) -> bool:
    if not measure.over < value <= measure.up_to:
        return False
    if measure.below is not None:
        return value < measure.below
    return measure.at_least is not None and value >= measure.at_least


def _between(spans: tuple[Span, ...], low: int, high: int) -> tuple[Span, ...]:
    """The spans that begin within the bounds."""
    return spans[bisect_left(spans, (low, 0)) : bisect_left(spans, (high, 0))]


def _in_text(said: Message, span: Span) -> Span:
    """A span of the original in the normalised text."""
    starts = said.source.starts
    return bisect_left(starts, span[0]), bisect_left(starts, span[1])


def group_spans(said: Message, flags: RedFlags) -> GroupSpans:
    """The group spans of one message."""
    return GroupSpans(said, flags.groups)
