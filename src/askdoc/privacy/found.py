"""Something found in a text, and which of two that overlap is believed."""

from collections.abc import Iterable
from dataclasses import dataclass

from askdoc.language.spans import Span
from askdoc.privacy.kinds import Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A value that tells who somebody is. Positions count in the normalised text."""

    kind: Kind
    start: int
    end: int
    value: str
    # What passed a checksum outweighs what stands behind a word, and that a mere shape.
    weight: int = 1

    @property
    def span(self) -> Span:
        return (self.start, self.end)


def settled(found: Iterable[Found]) -> list[Found]:
    """The finds in the order of the text, none overlapping: the weightiest, then the longest."""
    taken: list[Found] = []
    covered: set[int] = set()
    for one in sorted(found, key=lambda one: (-one.weight, one.start - one.end, one.start)):
        places = range(one.start, one.end)
        if covered.isdisjoint((places[0], places[-1])) and covered.isdisjoint(places):
            covered.update(places)
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)
