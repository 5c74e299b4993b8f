"""The book of policy values: what every region says of every parameter.

A region's pages are read when that region is first asked for, so that one sum for one city
reads the files of that city and what stands above it, and nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from askdoc.policy.dimensions import Band
from askdoc.policy.sources import Source
from askdoc.policy.values import Entry, Parameter, Region, Table
from askdoc.wording import AskdocError

NATION = "cn"


class UnknownRegion(AskdocError):
    """No region of that path or name is in the book."""

    code = "policy.unknown_region"


class UnknownParameter(AskdocError):
    """No parameter of that name is declared."""

    code = "policy.unknown_parameter"


@dataclass(frozen=True, slots=True)
class Pages:
    """What one region says: entries by parameter, oldest first."""

    region: Region
    entries: dict[str, tuple[Entry, ...]]


@dataclass(slots=True, repr=False)
class Book:
    """All parameters, sources and regions; the pages of a region on demand."""

    first_day: date
    parameters: dict[str, Parameter]
    sources: dict[str, Source]
    regions: dict[str, Region]
    read_pages: Callable[[str], Pages]
    # Kept by Policy.breakpoints: region, day, dimension and scheme to the first numbers of bands.
    known_breakpoints: dict[tuple[str, date, str, str], tuple[int, ...]] = field(
        default_factory=dict
    )
    _read: dict[str, Pages] = field(default_factory=dict)

    def pages(self, path: str) -> Pages:
        """What the region at `path` says. Raises UnknownRegion."""
        if path not in self._read:
            if path not in self.regions:
                raise UnknownRegion(region=path, known=", ".join(sorted(self.regions)))
            self._read[path] = self.read_pages(path)
        return self._read[path]

    def chain(self, path: str) -> tuple[Pages, ...]:
        """The pages that hold for a region, widest first. Norms stand on the nation."""
        self.pages(path)
        parts = path.split("/")
        steps = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        if parts[0] != NATION:
            steps = [NATION, *steps]
        return tuple(self.pages(step) for step in steps if step in self.regions)

    def pool(self, path: str) -> str:
        """The pooling area of a region: the city that a district lies in, else itself."""
        while self.regions[path].level == "district":
            path = path.rpartition("/")[0]
        return path

    def load_all(self) -> None:
        """Read every region, so that every mistake in the book is found."""
        for path in self.regions:
            self.pages(path)


def band_starts(entry: Entry, dimension: str) -> Iterator[int]:
    """The first number of every band that a table of the entry cuts a dimension into."""
    waiting = [entry.held]
    while waiting:
        held = waiting.pop()
        if not isinstance(held, Table):
            continue
        for key, branch in held.branches:
            waiting.append(branch)
            if held.dimension == dimension and isinstance(key, Band):
                yield key.low
